"""A deck without progress, as a learner finds it in Anki."""

from datetime import datetime, timedelta

import pytest

from apps.exchange.anki.package.contents import NoteKind, UnwritableNoteError
from apps.exchange.anki.package.fields import render
from tests.exchange.anki_gate import AnkiCard, Report, assert_clean, import_into_anki
from tests.exchange.package.samples import NOW, WRITTEN, guid, note, package, plain, shown

TYPED = 'a <b>bold</b> "claim" & {{Front}} {{c1::x}} [latex]y[/latex] [$]z[/$] [sound:a.mp3]\n  end'
STORAGE = ("Storage", "Object storage")


@pytest.fixture(scope="module")
def report() -> Report:
    notes = [
        note("basic", "How large may it be?", "5 TB", path=STORAGE, tags=("exam a", "Limits")),
        note("typed", TYPED, f"Back: {TYPED}", explanation=f"Why: {TYPED}", position=2),
        note("both ways", "Cold storage", "Archive class", kind=NoteKind.REVERSED, position=3),
        note("one way", "Cold storage?", "  \n", kind=NoteKind.REVERSED, position=4),
        note(
            "cloze",
            "{{c1::Reserved {{c2::for a year}}}} saves {{c1,4::72 %::how much}}, {{c9 and }} stay",
            "more",
            kind=NoteKind.CLOZE,
            path=STORAGE,
            position=5,
        ),
        note(
            "list",
            "Which tiers are there?",
            kind=NoteKind.LIST,
            items=("Hot", "Cool <i>", "Archive"),
            position=6,
        ),
        note(
            "sourced",
            "Who says so?",
            "The note",
            explanation="Read it.\n\tTwice.",
            source="storage.md, lines 3–5",
            source_url='https://example.org/notes/1?a=1&b="2"#L3',
            subdeck=("Chapter: one", "a::b"),
            position=7,
        ),
    ]
    return import_into_anki(package(notes))


def card(report: Report, name: str, ordinal: int = 0) -> AnkiCard:
    return report.deck_only.cards[guid(name), ordinal]


def ordinals(report: Report, name: str) -> list[int]:
    return sorted(ordinal for owner, ordinal in report.deck_only.cards if owner == guid(name))


def test_every_kind_of_card_arrives_and_anki_finds_nothing_to_repair(report: Report) -> None:
    assert_clean(report)
    assert len(report.deck_only.notes) == 7
    assert {found.notetype for found in report.deck_only.notes.values()} == {
        "Passnotes Basic",
        "Passnotes Reversed",
        "Passnotes Cloze",
        "Passnotes List",
    }


def test_a_deck_to_share_holds_new_cards_in_the_order_of_the_exam(report: Report) -> None:
    first_cards = [card(report, name) for name in ("basic", "typed", "both ways", "one way")]
    assert [found.due for found in first_cards] == [1, 2, 3, 4]
    for imported in (report.deck_only, report.with_progress):
        assert {(found.type, found.reps) for found in imported.cards.values()} == {(0, 0)}
        assert imported.revlog == 0
        assert set(imported.decks.values()) == {"Default"}


def test_a_basic_card_asks_with_its_front_and_answers_with_its_back(report: Report) -> None:
    assert shown(card(report, "basic").question) == ["How large may it be?"]
    assert shown(card(report, "basic").answer) == ["How large may it be?", "5 TB"]


def test_what_looks_like_markup_arrives_as_it_was_typed(report: Report) -> None:
    answer = card(report, "typed").answer
    assert shown(answer) == [TYPED, f"Back: {TYPED}"]
    assert f"Why: {TYPED}" in plain(answer)


def test_a_reversed_card_asks_both_ways(report: Report) -> None:
    assert ordinals(report, "both ways") == [0, 1]
    assert shown(card(report, "both ways", 0).answer) == ["Cold storage", "Archive class"]
    assert shown(card(report, "both ways", 1).answer) == ["Archive class", "Cold storage"]


def test_a_reversed_card_without_a_back_asks_one_way(report: Report) -> None:
    assert ordinals(report, "one way") == [0]


def test_a_cloze_makes_a_card_of_each_number_nested_and_shared(report: Report) -> None:
    assert ordinals(report, "cloze") == [0, 1, 3]
    questions = [shown(card(report, "cloze", ordinal).question)[0] for ordinal in (0, 1, 3)]
    assert questions == [
        "[...] saves [how much], {{c9 and }} stay",
        "Reserved [...] saves 72 %, {{c9 and }} stay",
        "Reserved for a year saves [how much], {{c9 and }} stay",
    ]
    whole = "Reserved for a year saves 72 %, {{c9 and }} stay"
    assert shown(card(report, "cloze").answer) == [whole, "more"]


def test_a_list_unfolds_item_by_item_and_answers_with_all_of_them(report: Report) -> None:
    found = card(report, "list")
    assert shown(found.question) == ["Which tiers are there?"]
    folds = [plain(fold) for fold in found.question.split("<details>")[1:]]
    assert folds == ["1 / 3Hot", "2 / 3Cool <i>", "3 / 3Archive"]
    assert found.question.endswith("</details></details></details>")
    assert "<ol><li>Hot</li><li>Cool &lt;i&gt;</li><li>Archive</li></ol>" in found.answer


def test_the_topic_stands_above_the_question_and_is_a_tag(report: Report) -> None:
    for name in ("basic", "cloze"):
        breadcrumb = '<div class="topic">Storage › Object storage</div>'
        assert card(report, name).question.startswith(breadcrumb)
    tags = report.deck_only.notes[guid("basic")].tags
    assert tags == ["exam_a", "Limits", "Storage::Object_storage"]


def test_the_answer_carries_its_explanation_and_a_link_to_its_source(report: Report) -> None:
    answer = card(report, "sourced").answer
    assert "Read it.\n\tTwice." in plain(answer)
    link = (
        '<a href="https://example.org/notes/1?a=1&amp;b=&quot;2&quot;#L3">storage.md, lines 3–5</a>'
    )
    assert link in answer


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    script = note("script", "Front", "Back", source="here", source_url="javascript:alert(1)")
    report = import_into_anki(package([script]))
    answer = report.deck_only.cards[guid("script"), 0].answer
    assert "<a" not in answer
    assert "here" in answer


def test_a_card_lies_in_the_subdeck_it_was_given(report: Report) -> None:
    assert card(report, "basic").deck == "Cloud exam"
    assert card(report, "sourced").deck == "Cloud exam::Chapter: one::a:b"


def test_the_last_field_is_the_learners_own_and_comes_empty(report: Report) -> None:
    for found in report.deck_only.notes.values():
        assert list(found.fields.items())[-1] == ("My notes", "")


def test_an_edited_card_is_updated_in_place_and_gains_its_new_prompt() -> None:
    before = note("edited", "{{c1::S3}} stores objects", kind=NoteKind.CLOZE)
    untouched = note("untouched", "Front", "Back")
    after = note(
        "edited",
        "{{c1::S3}} stores {{c2::any object}}",
        kind=NoteKind.CLOZE,
        modified=WRITTEN + timedelta(days=1),
    )
    report = import_into_anki(package([before, untouched]), package([after, untouched]))
    assert_clean(report)
    assert len(report.deck_only.notes) == 2
    assert ordinals(report, "edited") == [0, 1]
    assert shown(card(report, "edited", 1).answer) == ["S3 stores any object"]


@pytest.mark.parametrize(
    ("kind", "front"),
    [
        (NoteKind.BASIC, " \n\t "),
        (NoteKind.LIST, ""),
        (NoteKind.CLOZE, "nothing is hidden"),
        (NoteKind.CLOZE, "{{c0::zero}} {{c501::too many}} {{c1::never closed"),
    ],
)
def test_a_note_that_asks_nothing_is_refused_by_name(kind: NoteKind, front: str) -> None:
    silent = note("silent", front, "back", kind=kind, items=("one",))
    assert render(silent).ordinals == ()
    with pytest.raises(UnwritableNoteError, match=f"{silent.card_id}.*asks nothing"):
        package([silent])


def test_the_same_card_twice_is_refused() -> None:
    with pytest.raises(UnwritableNoteError, match="comes twice"):
        package([note("one", "Front"), note("one", "Front")])


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime.combine(NOW.date(), NOW.time())
    with pytest.raises(ValueError, match="no time zone"):
        package([note("naive", "Front", modified=naive)])


def test_the_same_notes_give_the_same_bytes() -> None:
    notes = [note(f"{number}", f"Question {number}", "Answer") for number in range(50)]
    assert package(notes) == package(notes)


def test_five_hundred_notes_of_every_kind_arrive_clean() -> None:
    kinds = list(NoteKind)
    notes = [
        note(
            f"note {number}",
            f"Question {{{{c{number % 7 + 1}::{number}}}}}?",
            f"Answer {number}",
            kind=kinds[number % len(kinds)],
            items=(f"first {number}", f"second {number}"),
            position=number + 1,
        )
        for number in range(500)
    ]
    report = import_into_anki(package(notes))
    assert_clean(report)
    assert len(report.deck_only.notes) == 500
    reversed_notes = sum(given.kind is NoteKind.REVERSED for given in notes)
    assert len(report.deck_only.cards) == 500 + reversed_notes
