"""Closing an account: what is somebody's own goes, what others study stays without their name."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import User
from apps.bank.models import Card, Question
from apps.courses.models import Exam, Membership, Role, Topic, Visibility
from apps.exchange.models import Export, ImportRun
from apps.notes.models import Note
from apps.quizzes.models import Attempt


def exams_alone(user: User) -> QuerySet[Exam]:
    """Exams that are the person's alone: their own, private, with nobody else in them."""
    others = Membership.objects.filter(exam=OuterRef("pk")).exclude(user=user)
    own = user.memberships.filter(role=Role.OWNER).values("exam")
    return Exam.objects.filter(pk__in=own, visibility=Visibility.PRIVATE).exclude(Exists(others))


@transaction.atomic
def close_account(*, user: User) -> None:
    """Delete somebody with all that is theirs alone.

    Exams that others study stay, with what the person wrote for everybody, but no longer with
    their name; where they were the only owner, the editor of longest standing becomes it.
    """
    hand_over_exams(user)
    files = [
        (run.file.storage, str(run.file.name))
        for model in (Export, ImportRun)
        for run in model._default_manager.filter(user=user).exclude(file="")
    ]
    # In this order nothing that is to go is held by something that goes later.
    alone = list(exams_alone(user).values_list("pk", flat=True))
    theirs = Q(owner=user) | Q(exam__in=alone)
    Attempt.objects.filter(user=user).delete()
    for model in (Card, Question, Note, Topic):
        model._default_manager.filter(theirs).delete()
    Exam.objects.filter(pk__in=alone).delete()
    person = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=person, object_id=str(user.pk)).delete()
    end_sessions(user)
    user.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))


def end_sessions(user: User) -> None:
    """Sign the person out everywhere."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


def hand_over_exams(user: User) -> None:
    """Give every exam that others are in another owner, if it has an editor who can be it."""
    owned = user.memberships.filter(role=Role.OWNER).values("exam")
    others = Membership.objects.filter(exam__in=owned).exclude(user=user)
    led = set(others.filter(role=Role.OWNER).values_list("exam", flat=True))
    editors = others.filter(role=Role.EDITOR).exclude(exam__in=led).order_by("exam", "created_at")
    for heir in {editor.exam_id: editor for editor in reversed(editors)}.values():
        heir.role = Role.OWNER
        heir.save(update_fields=["role", "updated_at"])
