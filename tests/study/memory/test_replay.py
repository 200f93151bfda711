"""The log of answers is the truth, in whatever order it arrives."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.fsrs import DEFAULT_PARAMETERS
from apps.study.memory.replay import Answer, Calendar, Replayed, replay

CALENDAR = Calendar(ZoneInfo("Europe/Paris"), 4)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

answers = st.lists(
    st.builds(
        Answer,
        id=st.uuids().map(str),
        rating=st.integers(1, 4),
        reviewed_at=st.integers(0, 500).map(lambda hours: MORNING + timedelta(hours=hours)),
        seq=st.integers(0, 50),
    ),
    max_size=12,
    unique_by=lambda answer: answer.id,
)


def stand(log: list[Answer]) -> Replayed | None:
    return replay(log, calendar=CALENDAR, desired_retention=0.9, parameters=DEFAULT_PARAMETERS)


@given(answers, st.randoms())
def test_the_order_of_arrival_does_not_matter(log: list[Answer], random: object) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stand(shuffled) == stand(log)


def test_no_answer_is_no_memory() -> None:
    assert stand([]) is None


def test_what_was_forgotten_is_asked_again_the_same_day() -> None:
    standing = stand([Answer("a", 1, MORNING, 1)])
    assert standing is not None
    assert standing.due_day == standing.last_day


def test_a_first_good_answer_is_due_in_two_days() -> None:
    standing = stand([Answer("a", 3, MORNING, 1)])
    assert standing is not None
    assert (standing.due_day - standing.last_day).days == 2


def test_forgetting_counts_as_a_lapse_only_on_a_later_day() -> None:
    same_day = [Answer("a", 3, MORNING, 1), Answer("b", 1, MORNING + timedelta(minutes=5), 2)]
    later = [Answer("a", 3, MORNING, 1), Answer("b", 1, MORNING + timedelta(days=2), 2)]
    assert (stand(same_day).lapses, stand(later).lapses) == (0, 1)  # type: ignore[union-attr]
