"""Notes nobody tuned the rules to the words of: most of their facts are taught, in their place."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from apps.extraction.documents import Extraction
from tests.extraction.asking import Asked, asked, drawn_from

HERE = Path(__file__).parent
NOTES = ("network.md", "contract.txt", "westphalia.txt")


def _labels(name: str, kind: str) -> list[dict[str, Any]]:
    rows = [json.loads(row) for row in (HERE / "labels.jsonl").read_text().splitlines()]
    return [row for row in rows if row["file"] == name and row["label"] == kind]


def _extraction(name: str) -> Extraction:
    return drawn_from((HERE / name).read_text(encoding="utf-8"), name)


def _covering(items: Sequence[Asked], line: int, slack: int = 0) -> list[Asked]:
    return [
        item
        for item in items
        if any(span.first - slack <= line <= span.last + slack for span in item.card.spans)
    ]


def _teaches(item: Asked, label: dict[str, Any]) -> bool:
    shown = f"{item.prompt} / {' / '.join(item.path)}".lower()
    return any(key in item.answer.lower() for key in label["keys"]) and all(
        word in shown for word in label["subject"]
    )


@pytest.mark.parametrize(("name", "share"), [(NOTES[0], 0.75), (NOTES[1], 0.5), (NOTES[2], 0.6)])
def test_most_facts_of_a_note_are_asked_for(name: str, share: float) -> None:
    items = asked(_extraction(name))
    facts = _labels(name, "fact")
    taught = [
        fact for fact in facts if any(_teaches(i, fact) for i in _covering(items, fact["line"], 2))
    ]
    assert len(taught) >= share * len(facts)


@pytest.mark.parametrize("name", NOTES)
def test_cards_stand_under_the_heading_of_their_line(name: str) -> None:
    items = asked(_extraction(name))
    for fact in _labels(name, "fact"):
        for item in _covering(items, fact["line"]):
            assert any(fact["topic"].lower() in title.lower() for title in item.path), item


@pytest.mark.parametrize("name", NOTES)
def test_every_heading_is_a_topic_and_no_fact_is(name: str) -> None:
    topics = {topic.line: topic.title for topic in _extraction(name).topics}
    for heading in _labels(name, "heading"):
        assert topics.get(heading["line"], "").lower() in heading["topic"].lower()
        assert heading["line"] in topics
    assert not {fact["line"] for fact in _labels(name, "fact")} & topics.keys()


@pytest.mark.parametrize("name", NOTES)
def test_what_teaches_nothing_makes_no_card(name: str) -> None:
    items = asked(_extraction(name))
    for noise in _labels(name, "noise"):
        assert not _covering(items, noise["line"])
