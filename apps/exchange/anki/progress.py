"""A learner's memory and answers, in the form in which they travel to Anki."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID, uuid5

from django.db.models import Q

from apps.exchange.anki.package.contents import (
    Preset,
    Progress,
    ReviewKind,
    RevlogEntry,
    StudyState,
)
from apps.study.memory.replay import Answer, Step, steps
from apps.study.models import Enrolment, Memory
from apps.study.services.memories import answers_that_count

# Presets are known to Anki by an id of their own, made from the enrolment they belong to.
PRESETS = UUID("5b1f0a4e-6c3b-5c0e-9a53-0c1f6f1d7a10")

Prompts = tuple[Progress | None, ...]


def progress_of(cards: Collection[UUID], enrolment: Enrolment) -> dict[UUID, Prompts]:
    """The progress of each ordinal of these cards, None where a prompt is as new as any."""
    touched = Q(last_day__isnull=False) | Q(is_suspended=True)
    known = Memory.objects.filter(touched, enrolment=enrolment, card__in=cards)
    memories = {(enrolment.pk, memory.card_id, memory.ordinal): memory for memory in known}
    answers = answers_that_count(memories) if memories else {}
    found: dict[UUID, dict[int, Progress]] = defaultdict(dict)
    for key, memory in memories.items():
        entries = revlog_of(answers.get(key, ()), enrolment)
        found[memory.card_id][memory.ordinal] = progress(memory, enrolment, entries)
    return {
        card: tuple(by_ordinal.get(ordinal) for ordinal in range(max(by_ordinal) + 1))
        for card, by_ordinal in found.items()
    }


def progress(memory: Memory, enrolment: Enrolment, answers: tuple[RevlogEntry, ...]) -> Progress:
    if memory.stability is None:
        return Progress(state=StudyState.NEW, suspended=memory.is_suspended)
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
        suspended=memory.is_suspended,
        answers=answers,
    )


def revlog_of(answers: Iterable[Answer], enrolment: Enrolment) -> tuple[RevlogEntry, ...]:
    """A prompt's whole history, undone answers left out, the oldest first."""
    entries: list[RevlogEntry] = []
    for step in steps(
        answers,
        calendar=enrolment.calendar,
        desired_retention=enrolment.desired_retention,
        parameters=enrolment.parameters,
    ):
        before = entries[-1].interval_days if entries else 0
        entries.append(revlog_entry(step, before))
    return tuple(entries)


def revlog_entry(step: Step, before: int) -> RevlogEntry:
    return RevlogEntry(
        reviewed_at=step.answer.reviewed_at,
        rating=step.answer.rating,
        interval_days=step.interval,
        last_interval_days=before,
        difficulty=step.memory.difficulty,
        duration_ms=step.answer.duration_ms,
        kind=ReviewKind.REVIEW if step.elapsed_days else ReviewKind.LEARN,
    )


def preset_of(enrolment: Enrolment) -> Preset:
    return Preset(
        preset_id=uuid5(PRESETS, str(enrolment.pk)),
        name=f"Passnotes: {enrolment.exam.title}",
        parameters=enrolment.parameters,
        desired_retention=enrolment.desired_retention,
    )
