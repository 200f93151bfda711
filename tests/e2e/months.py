"""Two months of study by the demo learner, sent to a running site as a device would."""

import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Page

from tests.e2e.reference import Prompted, answer, noon, recall

EXAM = "aws-saa"
FIRST_DAY = datetime(2025, 1, 6, 12, tzinfo=UTC)
DAYS = 60
TODAY = FIRST_DAY + timedelta(days=DAYS)
NEW_A_DAY, BATCH = 2, 50
FORGETFUL = 0.6
"""How much of the usual stability this learner's memory has."""


class Api:
    """The API, used by the person who is signed in on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def get(self, path: str) -> Any:
        answer = self.page.request.get(f"/api/v1/{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def send(self, method: str, path: str, data: object = None) -> Any:
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies()}
        answer = self.page.request.fetch(
            f"/api/v1/{path}",
            method=method,
            data=data,
            headers={"X-CSRFToken": cookies["csrftoken"], "Referer": self.page.url},
        )
        assert answer.ok, answer.text()
        return answer.json()

    def all(self, path: str) -> list[Any]:
        """Every row of a list, page by page."""
        rows, following = [], f"/api/v1/{path}"
        while following:
            found = self.page.request.get(following).json()
            rows += found["results"]
            following = found["next"]
        return rows


def key_of(question: dict[str, Any]) -> set[str]:
    """The texts that are right to choose."""
    return {each["text"] for each in question["choices"] if each["is_correct"]}


def sit_a_mock(api: Api, keys: dict[str, set[str]]) -> None:
    """Choose what is right, but in every fourth question; leave what is not chosen from empty."""
    paper = api.send("POST", "attempts/", {"exam": EXAM, "kind": "mock"})
    attempt, at = paper["attempt"]["id"], paper["attempt"]["started_at"]
    events = [
        {
            "id": str(uuid4()),
            "index": item["index"],
            "response": [
                each["id"]
                for each in item["options"]
                if (each["text"] in keys[item["stem"]]) == bool(item["index"] % 4)
            ][: item["choose"]],
            "flagged": False,
            "seq": 1,
            "client_at": at,
            "spent_ms": 1000,
        }
        for item in paper["items"]
        if item["choose"]
    ]
    api.send("POST", f"attempts/{attempt}/answers/", {"events": events})
    api.send("POST", f"attempts/{attempt}/submit/")


def ways_to_ask(card: dict[str, Any]) -> range | list[int]:
    """The ordinals of a card: one for each way there is to ask it."""
    if card["kind"] == "cloze":
        return sorted({int(gap) - 1 for gap in re.findall(r"\{\{c(\d+)::", card["front"])})
    return range(2 if card["kind"] == "reversed" else 1)


def two_months(prompts: list[tuple[str, int]], enrolment: int) -> list[dict[str, Any]]:
    """What a device would send that was offline for sixty days: two new prompts a day, and all
    that is due, some of it forgotten, asked again at once, and once taken back.
    """
    dice = random.Random(12)  # noqa: S311 - a made-up learner
    known: dict[tuple[str, int], Prompted] = {}
    events: list[dict[str, Any]] = []

    def happened(prompt: tuple[str, int], at: datetime, **fields: object) -> dict[str, Any]:
        events.append(
            {
                "id": str(UUID(int=dice.getrandbits(128), version=4)),
                "kind": "answer",
                "enrolment": enrolment,
                "card": prompt[0],
                "ordinal": prompt[1],
                "reviewed_at": at.isoformat(),
                "seq": len(events) + 1,
                "duration_ms": dice.randrange(2_000, 20_000),
                "device": "long offline",
                **fields,
            }
        )
        return events[-1]

    for number in range(1, DAYS):
        day = (FIRST_DAY + timedelta(days=number)).date()
        due = [each for each, standing in known.items() if standing.due <= day]
        new = prompts[(number - 1) * NEW_A_DAY : number * NEW_A_DAY]
        for place, prompt in enumerate([*due, *new]):
            at = noon(day) + timedelta(seconds=30 * place)
            standing = known.get(prompt)
            if standing is None:
                rating = dice.choice((1, 2, 3, 3, 4))
            else:
                kept = dice.random() < recall(standing.memory, day, FORGETFUL)
                rating = dice.choice((2, 3, 3, 3, 4)) if kept else 1
            if number == DAYS // 2 and place == 0:
                slip = happened(prompt, at - timedelta(seconds=20), rating=1)
                happened(prompt, at - timedelta(seconds=10), kind="undo", target=slip["id"])
            for given in (1, 3) if rating == 1 else (rating,):
                happened(prompt, at, rating=given)
                known[prompt] = answer(known.get(prompt), given, day)
                at += timedelta(minutes=30)
    return events


def send_two_months(api: Api) -> None:
    """Study the exam's cards for two months, and tell the server of it in one go."""
    enrolment = next(each for each in api.all("enrolments/") if each["exam"] == EXAM)
    cards = sorted(api.all(f"cards/?exam={EXAM}"), key=lambda card: str(card["id"]))
    prompts = [(card["id"], ordinal) for card in cards for ordinal in ways_to_ask(card)]
    events = two_months(prompts, enrolment["id"])
    user = api.get("me/")["id"]
    for first in range(0, len(events), BATCH):
        batch = events[first : first + BATCH]
        told = api.send("POST", "reviews/", {"user": user, "events": batch})
        assert len(told["acked"]) == len(batch), told
