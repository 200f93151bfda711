"""What instructors may do in the authoring pages."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from apps.accounts.models import User

INSTRUCTORS = "Instructors"
APPS = ("bank", "courses", "notes", "ingest", "quizzes")
# Nobody but an administrator deletes: learners' reviews and attempts would go along.
VERBS = ("view", "add", "change")


@transaction.atomic
def make_instructor(user: User) -> None:
    """Let somebody into the authoring pages; their memberships say for which exams."""
    group, _ = Group.objects.get_or_create(name=INSTRUCTORS)
    known = Permission.objects.filter(content_type__app_label__in=APPS)
    group.permissions.set(
        permission for permission in known if permission.codename.startswith(VERBS)
    )
    user.groups.add(group)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
