"""What becomes of answers that come late, twice, or in the wrong order."""

from dataclasses import replace
from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.quizzes.models import AnswerEvent, Attempt, AttemptItem
from apps.quizzes.services.answers import IncomingAnswer, Outcome, record_answers
from apps.quizzes.services.marking import submit
from tests.factories import NOW
from tests.quizzes.conftest import after, answer, item_of


@pytest.fixture
def item(mock_exam: Attempt) -> AttemptItem:
    return item_of(mock_exam, "single")


def record(attempt: Attempt, *events: IncomingAnswer, at: float = 0) -> Outcome:
    """Send the events so many seconds after the start."""
    return record_answers(attempt=attempt, events=events, now=after(seconds=at))


def codes(outcome: Outcome) -> list[str]:
    return [rejection.code for rejection in outcome.rejected]


def test_an_answer_and_a_flag_are_saved(mock_exam: Attempt, item: AttemptItem) -> None:
    sent = answer(item, ["o2"], flagged=True)
    outcome = record(mock_exam, sent, at=30)
    item.refresh_from_db()
    assert outcome.acked == [sent.id]
    assert (item.response, item.flagged) == (["o2"], True)
    assert outcome.remaining_ms == (20 * 60 - 30) * 1000


def test_the_last_of_several_answers_counts(mock_exam: Attempt, item: AttemptItem) -> None:
    record(mock_exam, answer(item, ["o1"]), answer(item, ["o2"]))
    record(mock_exam, answer(item, ["o3"]))
    item.refresh_from_db()
    assert item.response == ["o3"]


def test_the_order_of_arrival_does_not_matter(mock_exam: Attempt, item: AttemptItem) -> None:
    sent = [answer(item, [option]) for option in ("o1", "o2", "o3")]
    for order in permutations(sent):
        AnswerEvent.objects.all().delete()
        for each in order:
            record(mock_exam, each)
        item.refresh_from_db()
        assert item.response == ["o3"]


def test_two_answers_of_the_same_number_end_the_same_way_in_any_order(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    sent = [answer(item, [option], seq=5) for option in ("o1", "o2")]
    ends = []
    for order in permutations(sent):
        AnswerEvent.objects.all().delete()
        for each in order:
            record(mock_exam, each)
        item.refresh_from_db()
        ends.append(item.response)
    assert ends[0] == ends[1]


def test_sending_twice_stores_once_and_is_confirmed_twice(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    sent = answer(item, ["o1"])
    assert record(mock_exam, sent, sent).acked == [sent.id, sent.id]
    assert record(mock_exam, sent).acked == [sent.id]
    assert AnswerEvent.objects.count() == 1


def test_a_late_copy_of_an_old_answer_does_not_bring_it_back(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    old, new = answer(item, ["o1"]), answer(item, ["o2"])
    record(mock_exam, old, new)
    record(mock_exam, old)
    item.refresh_from_db()
    assert item.response == ["o2"]


def test_an_answer_can_be_taken_back(mock_exam: Attempt, item: AttemptItem) -> None:
    record(mock_exam, answer(item, ["o1"]), answer(item, []))
    item.refresh_from_db()
    assert item.response == []


def test_answers_kept_during_a_broken_connection_count_for_a_minute_after_the_end(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    in_time, too_late = answer(item, ["o1"]), answer(item, ["o2"])
    assert record(mock_exam, in_time, at=20 * 60 + 60).acked == [in_time.id]
    assert codes(record(mock_exam, too_late, at=20 * 60 + 61)) == ["closed"]
    item.refresh_from_db()
    assert item.response == ["o1"]


def test_the_clock_of_the_device_does_not_extend_the_time(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    sent = answer(item, ["o1"], client_at=NOW)
    assert codes(record(mock_exam, sent, at=3600)) == ["closed"]


def test_after_handing_in_nothing_changes_but_stored_answers_are_confirmed(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    stored, new = answer(item, ["o1"]), answer(item, ["o2"])
    record(mock_exam, stored)
    submit(attempt=mock_exam, now=NOW)
    outcome = record(mock_exam, stored, new)
    item.refresh_from_db()
    assert (outcome.acked, codes(outcome), outcome.is_submitted) == ([stored.id], ["closed"], True)
    assert item.response == ["o1"]


def test_one_bad_answer_does_not_hold_up_the_others(mock_exam: Attempt, item: AttemptItem) -> None:
    good = answer(item, ["o1"])
    outcome = record(
        mock_exam,
        answer(item, ["o9"]),
        answer(item, ["o1", "o2"]),
        answer(item, [], index=99),
        good,
    )
    assert outcome.acked == [good.id]
    assert codes(outcome) == ["bad_response", "bad_response", "no_item"]


def test_an_id_that_names_somebody_elses_answer_is_refused_not_overwritten(
    mock_exam: Attempt, item: AttemptItem
) -> None:
    other = Attempt.objects.create(
        user=mock_exam.user,
        exam=mock_exam.exam,
        kind="quick",
        seed="s",
        question_count=1,
        pass_mark=70,
        started_at=NOW,
    )
    taken = uuid4()
    AnswerEvent.objects.create(
        id=taken, attempt=other, index=1, response=["o3"], seq=1, client_at=NOW, received_at=NOW
    )
    assert codes(record(mock_exam, answer(item, ["o1"], id=taken))) == ["used_id"]
    item.refresh_from_db()
    assert item.response == []


def test_typed_answers_are_kept_as_typed(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "typed")
    record(mock_exam, answer(item, ["the SA node "]))
    item.refresh_from_db()
    assert item.response == ["the SA node "]
    record(mock_exam, answer(item, ["  "]))
    item.refresh_from_db()
    assert item.response == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_however_batches_are_cut_mixed_and_repeated_the_newest_answer_counts(
    mock_exam: Attempt, item: AttemptItem, data: st.DataObject
) -> None:
    AnswerEvent.objects.all().delete()
    numbers = data.draw(st.lists(st.integers(1, 50), min_size=1, max_size=6, unique=True))
    sent = [answer(item, [f"o{1 + number % 3}"], seq=number) for number in numbers]
    arrivals = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent)))))
    for each in arrivals:
        record(mock_exam, each)
    item.refresh_from_db()
    assert item.response == [f"o{1 + max(numbers) % 3}"]
    assert AnswerEvent.objects.count() == len(numbers)


def test_time_in_view_only_grows_whatever_the_order_of_arrival(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "single")
    for spent in (9000, 4000, 12000):
        record_answers(
            attempt=mock_exam, events=[answer(item, ["o1"], spent_ms=spent)], now=after(minutes=1)
        )
    item.refresh_from_db()
    assert item.spent_ms == 12000


def test_a_mere_look_tells_its_time_and_changes_no_answer(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "single")
    record_answers(
        attempt=mock_exam, events=[answer(item, ["o1"], flagged=True)], now=after(minutes=1)
    )
    look = replace(answer(item, []), response=None, spent_ms=30_000)
    outcome = record_answers(attempt=mock_exam, events=[look], now=after(minutes=2))
    item.refresh_from_db()
    assert outcome.acked == [look.id]
    assert (item.response, item.flagged, item.spent_ms) == (["o1"], True, 30_000)
    assert item.answered_at == after(minutes=1)


def test_no_question_was_in_view_for_longer_than_the_quiz_has_run(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "single")
    late = answer(item, ["o1"], spent_ms=10**9)
    record_answers(attempt=mock_exam, events=[late], now=after(seconds=90))
    item.refresh_from_db()
    assert item.spent_ms == 90_000
