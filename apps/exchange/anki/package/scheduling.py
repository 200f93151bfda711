"""Progress and answers as the numbers that Anki keeps on cards and in its review log."""

import json
from datetime import UTC, date, datetime

from apps.exchange.anki.package.contents import Progress, ReviewKind, RevlogEntry, StudyState

# Day 0 of the file. Anki shifts due days by the distance between its own day 0 and this one, so
# that they arrive as the learner's local dates.
FIRST_DAY = date(2020, 1, 1)
CREATED = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())

_TYPE = {StudyState.NEW: 0, StudyState.LEARNING: 1, StudyState.REVIEW: 2}
# Learning cards wait for a day, not for a minute: Anki's queue 3.
_QUEUE = {StudyState.NEW: 0, StudyState.LEARNING: 3, StudyState.REVIEW: 2}
_SUSPENDED = -1
_ONE_STEP_LEFT = 1001
# odue, odid (filtered decks) and flags.
_UNUSED = (0, 0, 0)
_REVLOG_TYPE = {ReviewKind.LEARN: 0, ReviewKind.REVIEW: 1, ReviewKind.RELEARN: 2}


def epoch_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970; a moment without a time zone is refused."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone.")
    return round(moment.timestamp() * 1000)


def card_columns(
    progress: Progress | None, *, position: int, today: date, last_answer_ms: int | None
) -> tuple[int | str, ...]:
    """The columns of Anki's `cards` table from `type` to `data`.

    `last_answer_ms` is when the card was last answered by the review log, if it was.
    """
    if progress is None or progress.state is StudyState.NEW:
        queue = _SUSPENDED if progress and progress.suspended else _QUEUE[StudyState.NEW]
        return (_TYPE[StudyState.NEW], queue, position, 0, 0, 0, 0, 0, *_UNUSED, "{}")
    return (
        _TYPE[progress.state],
        _SUSPENDED if progress.suspended else _QUEUE[progress.state],
        ((progress.due_day or today) - FIRST_DAY).days,
        progress.interval_days,
        _ease(progress.difficulty),
        progress.reps,
        progress.lapses,
        _ONE_STEP_LEFT if progress.state is StudyState.LEARNING else 0,
        *_UNUSED,
        _memory(progress, position, last_answer_ms),
    )


def _memory(progress: Progress, position: int, last_answer_ms: int | None) -> str:
    """Anki's JSON of the memory state, with the digits Anki keeps: s 4, d 3, dr 2, decay 4.

    `lrt` must be the second of the last answer in the log, or Anki's database check repairs it.
    """
    memory: dict[str, float] = {"pos": position}
    if progress.stability is not None and progress.difficulty is not None:
        memory |= {"s": round(progress.stability, 4), "d": round(progress.difficulty, 3)}
    memory |= {"dr": round(progress.desired_retention, 2), "decay": round(progress.decay, 4)}
    if last_answer_ms is None and progress.last_review is not None:
        last_answer_ms = epoch_ms(progress.last_review)
    if last_answer_ms is not None:
        memory["lrt"] = last_answer_ms // 1000
    return json.dumps(memory, separators=(",", ":"))


def _ease(difficulty: float | None) -> int:
    """An ease in permille for learners who leave FSRS off.

    Anki's starting ease of 250 % up to the middle of the scale, falling to its floor of 130 % at
    difficulty 10.
    """
    return 2500 - round(240 * max(0.0, (difficulty or 0.0) - 5))


def revlog_row(entry: RevlogEntry, row_id: int, card: int) -> tuple[int, ...]:
    """One row of Anki's `revlog`; under FSRS its factor is the difficulty scaled to 100..1100."""
    factor = round(((entry.difficulty - 1) / 9 + 0.1) * 1000)
    return (
        *(row_id, card, -1, entry.rating, entry.interval_days, entry.last_interval_days),
        *(factor, entry.duration_ms, _REVLOG_TYPE[entry.kind]),
    )
