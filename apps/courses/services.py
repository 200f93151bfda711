"""How exams, topics and memberships come to be."""

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.common.errors import DomainError, NotAllowed
from apps.courses.models import Exam, Membership, Role, Topic


@transaction.atomic
def create_exam(*, owner: User | None, code: str, title: str, **rules: object) -> Exam:
    """Make an exam with `owner` as its first member."""
    exam = Exam(code=code, title=title, **rules)
    exam.full_clean()
    exam.save()
    if owner is not None:
        Membership.objects.create(exam=exam, user=owner, role=Role.OWNER)
    return exam


@transaction.atomic
def join_exam(*, exam: Exam, user: User) -> Membership:
    """Make the person a learner of an open exam; a role they have stays."""
    if not Exam.objects.visible_to(user).filter(pk=exam.pk).exists():
        raise NotAllowed("This exam is for its members only.")
    membership, _ = Membership.objects.get_or_create(
        exam=exam, user=user, defaults={"role": Role.LEARNER}
    )
    return membership


@transaction.atomic
def create_topic(
    *,
    exam: Exam,
    title: str,
    parent: Topic | None = None,
    owner: User | None = None,
    weight: int | None = None,
    position: int | None = None,
) -> Topic:
    """Put a topic below `parent`, after its siblings unless `position` says where."""
    if parent is not None and parent.exam_id != exam.pk:
        raise DomainError("A topic and its parent belong to the same exam.")
    if position is None:
        siblings = Topic.objects.filter(exam=exam, parent=parent)
        last = siblings.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    topic = Topic.objects.create(
        exam=exam, title=title[:300], parent=parent, owner=owner, weight=weight, position=position
    )
    topic.path = f"{parent.path if parent else '/'}{topic.pk}/"
    topic.save(update_fields=["path"])
    return topic


def find_or_create_topic(
    *, exam: Exam, title: str, parent: Topic | None, owner: User | None
) -> Topic:
    """The topic of this title below `parent`, made if there is none.

    A course's own topic serves a learner's notes too, so that their cards stand beside its.
    """
    known = Topic.objects.filter(exam=exam, parent=parent, title__iexact=title[:300])
    for candidate in known.filter(owner=None), known.filter(owner=owner):
        found = candidate.first()
        if found is not None:
            return found
    return create_topic(exam=exam, title=title, parent=parent, owner=owner)


@transaction.atomic
def move_topic(*, topic: Topic, parent: Topic | None) -> None:
    """Hang a topic, with all below it, under another parent of the same exam."""
    if parent is not None and parent.exam_id != topic.exam_id:
        raise DomainError("A topic can only move within its exam.")
    if parent is not None and parent.path.startswith(topic.path):
        raise DomainError("A topic cannot move below itself.")
    old = topic.path
    new = f"{parent.path if parent else '/'}{topic.pk}/"
    branch = list(Topic.objects.branch(topic))
    for each in branch:
        each.path = new + each.path.removeprefix(old)
        if each.pk == topic.pk:
            each.parent = parent
    Topic.objects.bulk_update(branch, ["path", "parent"])
    topic.path, topic.parent = new, parent
