"""POST /api/v1/attempts/{id}/answers/: a device sends what it has kept."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.quizzes.models import AnswerEvent, Attempt
from tests.quizzes.conftest import after, event, item_of


@pytest.fixture
def url(mock_exam: Attempt) -> str:
    return f"/api/v1/attempts/{mock_exam.pk}/answers/"


def test_it_works(carol_api: APIClient, mock_exam: Attempt, url: str) -> None:
    item = item_of(mock_exam, "single")
    sent = event(item, ["o1"], flagged=True)
    answer = carol_api.post(url, {"events": [sent]})
    assert answer.status_code == 200
    assert answer.json() == {
        "acked": [sent["id"]],
        "rejected": [],
        "remaining_ms": 20 * 60 * 1000,
        "is_submitted": False,
    }
    stored = AnswerEvent.objects.get()
    assert (stored.response, stored.flagged, stored.seq) == (["o1"], True, sent["seq"])


def test_each_event_is_confirmed_or_refused_by_itself(
    carol_api: APIClient, mock_exam: Attempt, url: str
) -> None:
    item = item_of(mock_exam, "single")
    good, bad = event(item, ["o1"]), event(item, ["o7"])
    outcome = carol_api.post(url, {"events": [bad, good]}).json()
    assert outcome["acked"] == [good["id"]]
    assert [(each["id"], each["code"]) for each in outcome["rejected"]] == [
        (bad["id"], "bad_response")
    ]


def test_after_the_end_the_device_learns_that_the_paper_is_handed_in(
    carol_api: APIClient, mock_exam: Attempt, url: str, now: Any
) -> None:
    now.move_to(after(minutes=25))
    outcome = carol_api.post(url, {"events": [event(item_of(mock_exam, "single"), ["o1"])]}).json()
    assert outcome["acked"] == []
    assert [each["code"] for each in outcome["rejected"]] == ["closed"]
    assert outcome["is_submitted"] is True


@pytest.mark.parametrize(
    "change",
    [
        {"id": "no-uuid"},
        {"index": 0},
        {"seq": -1},
        {"response": "o1"},
        {"response": ["x" * 501]},
        {"response": ["nul\0"]},
        {"client_at": "yesterday"},
    ],
)
def test_what_is_no_event_is_refused_and_nothing_is_stored(
    carol_api: APIClient, mock_exam: Attempt, url: str, change: dict[str, Any]
) -> None:
    sent = event(item_of(mock_exam, "typed"), ["o1"]) | change
    assert carol_api.post(url, {"events": [sent]}).status_code == 400
    assert not AnswerEvent.objects.exists()


def test_more_events_do_not_cost_more_queries(
    carol_api: APIClient, mock_exam: Attempt, url: str, django_assert_max_num_queries: Any
) -> None:
    item = item_of(mock_exam, "single")
    events = [event(item, ["o1"]) for _ in range(100)]
    with django_assert_max_num_queries(14):
        assert len(carol_api.post(url, {"events": events}).json()["acked"]) == 100
