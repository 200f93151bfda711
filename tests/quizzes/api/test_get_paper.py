"""GET /api/v1/attempts/{id}/: the paper, on any device, without a word on what is right."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.quizzes.models import Attempt
from apps.quizzes.services.answers import record_answers
from tests.factories import NOW
from tests.quizzes.conftest import after, answer, item_of, right

# The names under which a right answer could hide, and the words only a result may show.
MARKERS = (
    "correct",
    "key",
    "explanation",
    "why",
    "fraction",
    "accepted",
    "score",
    "seed",
    'points":',
)
SECRETS = ("It is so.", "It is not.", "Neither is this.", "Because the notes", "Sinoatrial")


@pytest.fixture
def url(mock_exam: Attempt) -> str:
    return f"/api/v1/attempts/{mock_exam.pk}/"


def test_it_works(carol_api: APIClient, url: str) -> None:
    paper = carol_api.get(url).json()
    assert [item["index"] for item in paper["items"]] == list(range(1, 11))
    assert {item["kind"] for item in paper["items"]} == {
        "single",
        "multiple",
        "true_false",
        "typed",
    }


def test_it_holds_no_key(carol_api: APIClient, url: str) -> None:
    items = json.dumps(carol_api.get(url).json()["items"])
    assert not [marker for marker in MARKERS if marker in items.casefold()]
    assert not [secret for secret in SECRETS if secret in items]


def test_options_are_named_by_their_place_only(carol_api: APIClient, url: str) -> None:
    for item in carol_api.get(url).json()["items"]:
        assert [option["id"] for option in item["options"]] == [
            f"o{place}" for place in range(1, len(item["options"]) + 1)
        ]
        assert all(set(option) == {"id", "text"} for option in item["options"])


def test_it_says_how_many_choices_to_make(carol_api: APIClient, url: str) -> None:
    choose = {item["kind"]: item["choose"] for item in carol_api.get(url).json()["items"]}
    assert choose == {"single": 1, "multiple": 2, "true_false": 1, "typed": 0}


def test_another_device_goes_on_where_the_first_one_stopped(
    carol_api: APIClient, mock_exam: Attempt, url: str, now: Any
) -> None:
    item = item_of(mock_exam, "single")
    sent = answer(item, right(item), flagged=True, seq=41)
    record_answers(attempt=mock_exam, events=[sent], now=NOW)
    now.move_to(after(minutes=7))
    paper = carol_api.get(url).json()
    resumed = paper["items"][item.index - 1]
    assert (resumed["response"], resumed["flagged"], resumed["seq"]) == (right(item), True, 41)
    assert paper["remaining_ms"] == 13 * 60 * 1000


def test_a_running_attempt_tells_no_score(carol_api: APIClient, url: str) -> None:
    attempt = carol_api.get(url).json()["attempt"]
    assert (attempt["points"], attempt["percent"], attempt["passed"]) == (None, None, None)


def test_after_the_end_the_paper_is_handed_in_without_any_worker(
    carol_api: APIClient, url: str, now: Any
) -> None:
    now.move_to(after(minutes=25))
    paper = carol_api.get(url).json()
    assert paper["attempt"]["is_submitted"] is True
    assert paper["remaining_ms"] == 0


def test_other_people_are_told_it_does_not_exist(
    api_of: Callable[[User | None], APIClient], alice: User, mallory: User, url: str
) -> None:
    for user in (alice, mallory):
        for address, call in (
            (url, "get"),
            (f"{url}results/", "get"),
            (f"{url}answers/", "post"),
            (f"{url}submit/", "post"),
        ):
            body: dict[str, list[str]] | None = {"events": []} if call == "post" else None
            assert getattr(api_of(user), call)(address, body).status_code == 404
    assert not Attempt.objects.submitted().exists()


def test_an_address_that_is_no_attempt_is_not_found(carol_api: APIClient) -> None:
    assert carol_api.get("/api/v1/attempts/nothing/").status_code == 404
