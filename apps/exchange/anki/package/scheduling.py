"""Progress and answers as the numbers that Anki keeps on cards and in its review log."""

import json
from collections.abc import Iterator
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


def card_columns(progress: Progress | None, *, position: int, today: date) -> tuple[int | str, ...]:
    """The columns of Anki's `cards` table from `type` to `data`."""
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
        _memory(progress, position),
    )


def _memory(progress: Progress, position: int) -> str:
    """Anki's JSON of the memory state, with the digits Anki keeps: s 4, d 3, dr 2, decay 4.

    `lrt` must be the second of the last answer in the log, or Anki's database check repairs it.
    """
    memory: dict[str, float] = {"pos": position}
    if progress.stability is not None and progress.difficulty is not None:
        memory |= {"s": round(progress.stability, 4), "d": round(progress.difficulty, 3)}
    memory |= {"dr": round(progress.desired_retention, 2), "decay": round(progress.decay, 4)}
    last_review = progress.answers[-1].reviewed_at if progress.answers else progress.last_review
    if last_review is not None:
        memory["lrt"] = epoch_ms(last_review) // 1000
    return json.dumps(memory, separators=(",", ":"))


def _ease(difficulty: float | None) -> int:
    """An ease in permille for learners who leave FSRS off.

    Anki's starting ease of 250 % up to the middle of the scale, falling to its floor of 130 % at
    difficulty 10.
    """
    return 2500 - round(240 * max(0.0, (difficulty or 0.0) - 5))


def revlog_columns(entry: RevlogEntry, card: int) -> tuple[int, ...]:
    """A row of Anki's `revlog` but for its id; under FSRS its factor is the difficulty, scaled.

    From 1..10 to 100..1100.
    """
    factor = round(((entry.difficulty - 1) / 9 + 0.1) * 1000)
    return (
        *(card, -1, entry.rating, entry.interval_days, entry.last_interval_days),
        *(factor, entry.duration_ms, _REVLOG_TYPE[entry.kind]),
    )


def revlog_ids(entry: RevlogEntry) -> Iterator[int]:
    """The ids an answer may take: its millisecond, then others of the same second.

    The second must stay: the card names it as that of its last answer.
    """
    second, millisecond = divmod(epoch_ms(entry.reviewed_at), 1000)
    return (second * 1000 + (millisecond + step) % 1000 for step in range(1000))
