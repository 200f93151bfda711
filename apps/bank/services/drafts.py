"""The drafts of a note all at once: kept for those who study, or put away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.bank.models import Card, Dispute, Question, Status
from apps.bank.querysets import ItemQuerySet
from apps.bank.services.items import check_card, check_question, choices_of
from apps.common.errors import DomainError
from apps.notes.models import Note


@dataclass(frozen=True)
class Kept:
    """How many drafts are published now, and how many no learner could be asked yet."""

    kept: int
    unfit: int


def drafts_of(note: Note, user: User) -> tuple["ItemQuerySet[Card]", "ItemQuerySet[Question]"]:
    """The drafts of a note that the person may decide about."""
    return (
        Card.objects.editable_by(user).filter(note=note, status=Status.DRAFT),
        Question.objects.editable_by(user).filter(note=note, status=Status.DRAFT),
    )


@dataclass(frozen=True)
class DraftCount:
    """How many drafts a note has, and how many of them no other line contradicts."""

    every: int
    undisputed: int

    @property
    def disputed(self) -> int:
        return self.every - self.undisputed


def count_drafts(note: Note, user: User) -> DraftCount:
    """How many of a note's drafts the person may decide about."""
    drafts = drafts_of(note, user)
    return DraftCount(
        every=sum(each.count() for each in drafts),
        undisputed=sum(undisputed(each, note).count() for each in drafts),
    )


def undisputed(drafts: QuerySet[Any], note: Note) -> QuerySet[Any]:
    """Drafts of a note without those that cite a line which another one contradicts."""
    open_ones = Dispute.objects.filter(exam=note.exam_id, is_settled=False)
    return drafts.exclude(
        Q(passages__in=open_ones.values("one")) | Q(passages__in=open_ones.values("other"))
    )


@transaction.atomic
def keep_all(*, note: Note, user: User, now: datetime) -> Kept:
    """Publish a note's drafts that no line contradicts; what is not fit stays a draft."""
    cards, questions = (undisputed(drafts, note) for drafts in drafts_of(note, user))
    looked_at = [*cards, *questions.prefetch_related("choices")]
    fit = [item for item in looked_at if is_fit(item)]
    for model in (Card, Question):
        move(model, [item.pk for item in fit if isinstance(item, model)], Status.PUBLISHED, now)
    return Kept(len(fit), len(looked_at) - len(fit))


@transaction.atomic
def discard_all(*, note: Note, user: User, now: datetime) -> int:
    """Retire all drafts of a note; returns how many. Their lines and history stay."""
    return sum(
        move(drafts.model, drafts.values_list("pk", flat=True), Status.RETIRED, now)
        for drafts in drafts_of(note, user)
    )


def is_fit(item: Card | Question) -> bool:
    """Whether learners could be asked it."""
    try:
        if isinstance(item, Card):
            check_card(item)
        else:
            check_question(item, choices_of(item))
    except DomainError:
        return False
    return True


def move(model: Any, pks: Iterable[Any], status: Status, now: datetime) -> int:
    """Give rows a status; returns how many."""
    moved: int = model.objects.filter(pk__in=list(pks)).update(
        status=status, is_orphan=False, updated_at=now
    )
    return moved
