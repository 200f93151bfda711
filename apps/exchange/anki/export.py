"""From our cards and reviews to what goes into an Anki package."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from apps.accounts.models import User
from apps.bank.models import LISTED, Card, CardKind, CardVersion
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.exchange.anki.package.contents import (
    DeckNote,
    NoteKind,
    Preset,
    Progress,
    ReviewKind,
    RevlogEntry,
    StudyState,
)
from apps.exchange.anki.package.writer import asked_ordinals, write_package
from apps.study.memory.replay import Step, steps
from apps.study.models import Enrolment, Memory
from apps.study.services.sync import PromptKey, answers_that_count

# Presets are known to Anki by an id of their own, made from the enrolment they belong to.
PRESETS = UUID("5b1f0a4e-6c3b-5c0e-9a53-0c1f6f1d7a10")
SPAN_OF_A_LINE = 300


@dataclass(frozen=True)
class Deck:
    """All that is written into one package."""

    exam: Exam
    today: date
    notes: list[DeckNote]
    revlog: list[RevlogEntry]
    preset: Preset | None


def write_deck(out: BinaryIO, deck: Deck) -> None:
    """Write the package; nothing is written of an empty deck but its notetypes."""
    write_package(
        out,
        deck.exam.title,
        deck.notes,
        today=deck.today,
        revlog=deck.revlog,
        preset=deck.preset,
    )


def gather_deck(*, exam: Exam, learner: User | None, with_progress: bool, now: datetime) -> Deck:
    """The published course and, for a learner, their own cards; with progress, their reviews."""
    if learner is None:
        cards = Card.objects.filter(exam=exam, owner=None, status="published")
    else:
        cards = Card.objects.studied_by(learner, exam)
    enrolment = None
    if with_progress and learner is not None:
        mine = Enrolment.objects.filter(user=learner, exam=exam).select_related("user", "exam")
        enrolment = mine.first()
    notes = deck_notes(exam, list(cards.with_sources().order_by("position", "pk")), enrolment)
    return Deck(
        exam=exam,
        today=enrolment.calendar.day(now) if enrolment else now.date(),
        notes=notes,
        revlog=revlog_of(enrolment) if enrolment else [],
        preset=preset_of(enrolment) if enrolment else None,
    )


def deck_notes(exam: Exam, cards: list[Card], enrolment: Enrolment | None) -> list[DeckNote]:
    """One note for each card that asks something, in the course's order."""
    tree = TopicTree(Topic.objects.filter(exam=exam))
    modified = written_at(exam)
    known = memories_by_card(enrolment) if enrolment else {}
    notes = []
    for position, card in enumerate(cards, start=1):
        note = DeckNote(
            card_id=card.pk,
            kind=note_kind(card),
            front=card.front,
            back=card.back,
            items=tuple(card.items),
            explanation=card.explanation,
            source=source_text(card),
            source_url=source_url(card),
            path=tree.titles(card.topic_id),
            tags=(f"exam::{slugify(exam.code)}",),
            position=position,
            modified=modified.get(card.pk, card.created_at),
            prompts=progress_of(known.get(card.pk, ()), enrolment),
        )
        if asked_ordinals(note):
            notes.append(note)
    return notes


def written_at(exam: Exam) -> dict[UUID, datetime]:
    """When each card's words last changed: Anki takes an edit only where this is newer."""
    versions = CardVersion.objects.filter(card__exam=exam).order_by("number")
    return dict(versions.values_list("card_id", "created_at"))


def note_kind(card: Card) -> NoteKind:
    if card.kind in LISTED:
        return NoteKind.LIST
    if card.kind == CardKind.REVERSED:
        return NoteKind.REVERSED
    return NoteKind.CLOZE if card.kind == CardKind.CLOZE else NoteKind.BASIC


def source_text(card: Card) -> str:
    """Where the card can be checked: note, line and the line's words."""
    return "\n".join(f"{p}: {p.quote[:SPAN_OF_A_LINE].strip()}" for p in card.passages.all())


def source_url(card: Card) -> str:
    passage = next(iter(card.passages.all()), None)
    if passage is None:
        return ""
    page = reverse("note", args=[passage.version.note_id])
    return f"{settings.SITE_URL.rstrip('/')}{page}?line={passage.first_line}"


def memories_by_card(enrolment: Enrolment) -> Mapping[UUID, list[Memory]]:
    known: dict[UUID, list[Memory]] = defaultdict(list)
    for memory in Memory.objects.filter(enrolment=enrolment, last_day__isnull=False):
        known[memory.card_id].append(memory)
    return known


def progress_of(
    memories: Iterable[Memory], enrolment: Enrolment | None
) -> tuple[Progress | None, ...]:
    """The progress of each ordinal, None where a prompt was never answered."""
    by_ordinal = {memory.ordinal: memory for memory in memories}
    if enrolment is None or not by_ordinal:
        return ()
    return tuple(
        progress(by_ordinal[ordinal], enrolment) if ordinal in by_ordinal else None
        for ordinal in range(max(by_ordinal) + 1)
    )


def progress(memory: Memory, enrolment: Enrolment) -> Progress:
    return Progress(
        state=StudyState.REVIEW,
        due_day=memory.due_day,
        stability=memory.stability,
        difficulty=memory.difficulty,
        desired_retention=enrolment.desired_retention,
        decay=enrolment.parameters[-1],
        reps=memory.reps,
        lapses=memory.lapses,
        interval_days=max(memory.interval, 1),
        last_review=memory.last_reviewed_at,
    )


def revlog_of(enrolment: Enrolment) -> list[RevlogEntry]:
    """The learner's whole history for the exam, undone answers left out."""
    prompts: set[PromptKey] = {
        (enrolment.pk, card, ordinal)
        for card, ordinal in Memory.objects.filter(
            enrolment=enrolment, last_day__isnull=False
        ).values_list("card_id", "ordinal")
    }
    entries = []
    for (_, card, ordinal), answers in answers_that_count(prompts).items():
        taken = steps(
            answers,
            calendar=enrolment.calendar,
            desired_retention=enrolment.desired_retention,
            parameters=enrolment.parameters,
        )
        before = 0
        for step in taken:
            entries.append(revlog_entry(card, ordinal, step, before))
            before = step.interval
    return entries


def revlog_entry(card: UUID, ordinal: int, step: Step, before: int) -> RevlogEntry:
    kind = ReviewKind.REVIEW if step.elapsed_days else ReviewKind.LEARN
    return RevlogEntry(
        card_id=card,
        ordinal=ordinal,
        reviewed_at=step.answer.reviewed_at,
        rating=step.answer.rating,
        interval_days=step.interval,
        last_interval_days=before,
        difficulty=step.memory.difficulty,
        duration_ms=step.answer.duration_ms,
        kind=kind,
    )


def preset_of(enrolment: Enrolment) -> Preset:
    return Preset(
        preset_id=uuid5(PRESETS, str(enrolment.pk)),
        name=f"Passnotes: {enrolment.exam.title}",
        parameters=enrolment.parameters,
        desired_retention=enrolment.desired_retention,
    )
