"""What instructors may do in the authoring pages."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam, Membership, Role

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


@transaction.atomic
def give_exam(*, exam: Exam, email: str) -> User:
    """Make somebody who is signed up the owner of an exam, and let them author it."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise DomainError(f"Nobody is signed up as {email}.")
    make_instructor(user)
    Membership.objects.update_or_create(exam=exam, user=user, defaults={"role": Role.OWNER})
    return user
