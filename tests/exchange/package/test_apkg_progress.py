"""A learner's own progress, carried over into Anki."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.exchange.anki.package.contents import (
    NoteKind,
    Preset,
    Progress,
    ReviewKind,
    RevlogEntry,
    StudyState,
)
from tests.exchange.anki_gate import AnkiCard, Report, assert_clean, import_into_anki
from tests.exchange.package.samples import NOW, TODAY, guid, note, package, uuid

DECAY = 0.1542
LAST_REVIEW = NOW - timedelta(days=3, hours=5)
NEW, LEARNING, REVIEW, SUSPENDED = 0, 1, 2, -1
WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, DECAY),
)
MEMORIES = ((0.3, 9.9), (2.3065, 5.0), (12.5, 4.2), (134.3738, 2.0975), (1776.5, 1.0))


def reviewed(stability: float, difficulty: float, **values: object) -> Progress:
    """A prompt with the history behind it: one answer a day, the last at `LAST_REVIEW`."""
    given: dict[str, object] = {
        "state": StudyState.REVIEW,
        "due_day": TODAY + timedelta(days=4),
        "reps": 2,
        "interval_days": 7,
        "last_review": LAST_REVIEW,
        **values,
    }
    answers = tuple(
        RevlogEntry(
            reviewed_at=LAST_REVIEW - timedelta(days=back),
            rating=3,
            interval_days=7,
            last_interval_days=1,
            difficulty=difficulty,
            duration_ms=4200,
            kind=ReviewKind.REVIEW,
        )
        for back in reversed(range(int(str(given["reps"]))))
    )
    given = {"answers": answers, **given}
    return Progress(stability=stability, difficulty=difficulty, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def report() -> Report:
    given = {f"memory {stability}": reviewed(stability, hard) for stability, hard in MEMORIES}
    given |= {
        "overdue": reviewed(3, 7.5, due_day=TODAY - timedelta(days=2), lapses=1),
        "undated": reviewed(3, 5, due_day=None),
        "suspended": reviewed(3, 5, suspended=True),
        "learning": reviewed(
            1.2, 9.1, state=StudyState.LEARNING, due_day=TODAY, reps=1, interval_days=0
        ),
        "put away": Progress(state=StudyState.NEW, suspended=True),
        "new": Progress(state=StudyState.NEW),
    }
    notes = [
        note(name, f"Front of {name}", "Back", position=place, prompts=(progress,))
        for place, (name, progress) in enumerate(given.items(), 1)
    ]
    second = reviewed(20, 6)
    notes.append(
        note(
            "cloze",
            "{{c1::one}} {{c2::two}}",
            kind=NoteKind.CLOZE,
            position=50,
            prompts=(None, second, None, second),
        )
    )
    preset = Preset(
        preset_id=uuid("preset"),
        name="Passnotes (exam)",
        parameters=WEIGHTS,
        desired_retention=0.92,
    )
    return import_into_anki(package(notes, preset=preset))


def card(report: Report, name: str, ordinal: int = 0) -> AnkiCard:
    return report.with_progress.cards[guid(name), ordinal]


def retrievability(stability: float, elapsed: timedelta) -> float:
    """FSRS-6: R(t, S) = (1 + factor * t / S) ** -decay, with R(S, S) = 0.9; t in days."""
    factor = 0.9 ** (-1 / DECAY) - 1
    days = elapsed / timedelta(days=1)
    return float((1 + factor * days / stability) ** -DECAY)


def test_anki_finds_nothing_to_repair_in_a_deck_with_progress(report: Report) -> None:
    assert_clean(report)


@pytest.mark.parametrize(("stability", "difficulty"), MEMORIES)
def test_anki_expects_the_same_recall_as_we_do(
    report: Report, stability: float, difficulty: float
) -> None:
    found = card(report, f"memory {stability}")
    ours = retrievability(stability, datetime.now(UTC) - LAST_REVIEW)
    assert found.retrievability == pytest.approx(ours, abs=0.001)
    assert found.stability == pytest.approx(stability, abs=0.001)
    assert found.difficulty == pytest.approx(difficulty, abs=0.001)
    assert found.desired_retention == pytest.approx(0.9)


def test_a_review_is_due_on_the_same_day_in_anki(report: Report) -> None:
    found = card(report, "memory 12.5")
    assert (found.type, found.queue, found.due, found.interval) == (REVIEW, 2, 4, 7)
    assert card(report, "overdue").due == -2
    assert card(report, "undated").due == 0


def test_counts_of_answers_and_lapses_arrive(report: Report) -> None:
    assert (card(report, "overdue").reps, card(report, "overdue").lapses) == (2, 1)


def test_a_learner_without_fsrs_gets_an_ease_that_fits_the_difficulty(report: Report) -> None:
    eases = [card(report, f"memory {stability}").ease for stability, _ in MEMORIES]
    assert eases == [1324, 2500, 2500, 2500, 2500]
    assert card(report, "overdue").ease == 1900


def test_a_card_in_learning_waits_for_its_day(report: Report) -> None:
    found = card(report, "learning")
    assert (found.type, found.queue, found.due) == (LEARNING, 3, 0)


def test_what_was_suspended_stays_suspended(report: Report) -> None:
    assert (card(report, "suspended").type, card(report, "suspended").queue) == (REVIEW, SUSPENDED)
    assert (card(report, "put away").type, card(report, "put away").queue) == (NEW, SUSPENDED)
    assert card(report, "new").queue == NEW


def test_each_prompt_of_a_cloze_keeps_its_own_progress(report: Report) -> None:
    assert card(report, "cloze", 0).type == NEW
    assert card(report, "cloze", 1).stability == pytest.approx(20)


def test_history_arrives_but_for_prompts_that_are_gone(report: Report) -> None:
    reviewed_cards = [found for found in report.with_progress.cards.values() if found.reps]
    assert report.with_progress.revlog == sum(found.reps for found in reviewed_cards)


def test_the_learners_options_arrive_with_the_progress(report: Report) -> None:
    assert report.with_progress.decks["Cloud exam"] == "Passnotes (exam)"


def test_someone_who_declines_the_progress_gets_new_cards(report: Report) -> None:
    assert {found.type for found in report.deck_only.cards.values()} == {NEW}
    assert report.deck_only.revlog == 0


def test_answers_of_the_same_millisecond_are_all_kept() -> None:
    at_once = reviewed(5, 5, reps=1)
    names = [f"simultaneous {number}" for number in range(20)]
    notes = [note(name, name, "Back", prompts=(at_once,)) for name in names]
    report = import_into_anki(package(notes))
    assert_clean(report)
    assert report.with_progress.revlog == 20
