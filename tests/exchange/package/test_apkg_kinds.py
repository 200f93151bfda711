"""Notes that are answered by typing and by choosing, and what never changes about any notetype."""

import hashlib
import json

import pytest

from apps.exchange.anki.package.contents import Choice, NoteKind
from apps.exchange.anki.package.fields import render
from apps.exchange.anki.package.notetypes import NOTETYPES, as_schema11
from tests.exchange.anki_gate import AnkiCard, Report, assert_clean, import_into_anki
from tests.exchange.package.samples import guid, note, package, plain, shown

CHOICES = (
    Choice("The <nucleus>", True, "It holds the DNA & more."),
    Choice("The wall"),
    Choice("The {{membrane}}", False, "It lets things through."),
)
# The schema of each notetype as it shipped: a learner's notes are updated only while it is so.
SHIPPED = {
    NoteKind.BASIC: "51582dc0423f96a1",
    NoteKind.REVERSED: "109387fff7856d51",
    NoteKind.CLOZE: "c35dab7e9b6975ad",
    NoteKind.LIST: "5a457aaef35640b9",
    NoteKind.TYPED: "df9b98bec64b49e4",
    NoteKind.CHOICE: "54afc612e22833ee",
}


@pytest.fixture(scope="module")
def report() -> Report:
    notes = [
        note("typed", "Who holds it?", "The <nucleus>", kind=NoteKind.TYPED, items=("a", "b & c")),
        note("choice", "Where is it?", kind=NoteKind.CHOICE, choices=CHOICES, position=2),
        note("retired", "Old?", "Yes", notice="Gone & done.", path=("A", "B"), position=3),
        note("first", "The same?", "Yes", position=4),
        note("second", "The same?", "No", apart="Other <topic>", position=5),
    ]
    return import_into_anki(package(notes))


def card(report: Report, name: str) -> AnkiCard:
    return report.deck_only.cards[guid(name), 0]


def test_anki_finds_nothing_to_repair(report: Report) -> None:
    assert_clean(report)


def test_a_typed_card_compares_with_the_answer_and_tells_the_others(report: Report) -> None:
    found = card(report, "typed")
    assert "[[type:Answer]]" in found.question
    assert "[[type:Answer]]" in found.answer
    assert "b & c" in plain(found.answer)
    assert "nucleus" not in found.question


def test_a_choice_shows_its_verdict_only_once_it_is_opened(report: Report) -> None:
    found = card(report, "choice")
    folds = found.question.split("<details")[1:]
    assert [plain("<details" + fold.split("</details>")[0]) for fold in folds] == [
        "The <nucleus>✓ Right. It holds the DNA & more.",
        "The wall✗ Wrong.",
        "The {{membrane}}✗ Wrong. It lets things through.",
    ]
    assert all("</summary><div><b>" in fold for fold in folds)


def test_the_answer_of_a_choice_begins_with_what_is_right(report: Report) -> None:
    answer = card(report, "choice").answer
    assert shown(answer) == ["Where is it?"]
    assert plain(answer).index("The <nucleus>") < plain(answer).index("The wall")


def test_a_notice_stands_above_the_topic(report: Report) -> None:
    topic = '<div class="topic"><strong>Gone &amp; done.</strong><br>A › B</div>'
    assert card(report, "retired").question.startswith(topic)


def test_notes_that_ask_the_same_are_told_apart_where_anki_lists_them(report: Report) -> None:
    first, second = (report.deck_only.notes[guid(name)] for name in ("first", "second"))
    assert first.fields["Front"] == "The same?"
    assert second.fields["Front"] == "The same?<template>Other &lt;topic&gt;</template>"


@pytest.mark.parametrize("kind", NoteKind)
def test_a_notetype_has_the_schema_it_shipped_with(kind: NoteKind) -> None:
    """A field or template more, fewer or elsewhere, and no note is updated any more."""
    stored = as_schema11(NOTETYPES[kind])
    schema = [
        stored["id"],
        stored["name"],
        stored["type"],
        [(field["ord"], field["id"], field["name"]) for field in stored["flds"]],
        [(template["ord"], template["id"], template["name"]) for template in stored["tmpls"]],
    ]
    digest = hashlib.sha256(json.dumps(schema).encode()).hexdigest()[:16]
    assert digest == SHIPPED[kind], "Make a new notetype instead"


@pytest.mark.parametrize("kind", NoteKind)
def test_every_notetype_ends_with_two_spare_fields_and_the_learners_own(kind: NoteKind) -> None:
    assert NOTETYPES[kind].fields[-3:] == ("Spare 1", "Spare 2", "My notes")
    rendered = render(note("any", "{{c1::Front}}", "Back", kind=kind, items=("x",)))
    assert len(rendered.fields) == len(NOTETYPES[kind].fields)
    assert rendered.fields[-3:] == ("", "", "")
