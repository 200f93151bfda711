"""What instructors may open in the authoring pages."""

from django.contrib.auth.models import Group, Permission

from apps.accounts.models import User

INSTRUCTORS = "Instructors"
# Which rows they see is decided by their memberships; see the admins.
APPS = ("bank", "courses", "notes", "ingest", "quizzes")


def make_instructor(user: User) -> None:
    """Let somebody into the authoring pages; their memberships say for which exams."""
    group, _ = Group.objects.get_or_create(name=INSTRUCTORS)
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=APPS))
    user.groups.add(group)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
