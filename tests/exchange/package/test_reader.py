"""A deck from Anki becomes the cards its learner knows, and every row of it is accounted for."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.exchange.anki.package.reader_contents import ReadImage, ReadKind, ReadPackage, Skip
from tests.exchange.anki_gate import make_decks
from tests.exchange.package.foreign import (
    BASIC,
    CLOZE,
    JUNE_2020,
    REVERSED,
    Deck,
    deck_of_2020,
    notetype,
    template,
)
from tests.exchange.package.reading import only_note, read


def test_a_deck_as_anki_exported_it_in_2020_is_read_whole() -> None:
    deck = deck_of_2020()
    package = read(deck.package({"cell-3.jpg": b"\xff\xd8\xff", "moo.mp3": b"ID3"}))
    assert len(package.notes) == 318
    assert all(note.skip is None for note in package.notes)
    asked = sum(len(card.ordinals) for note in package.notes for card in note.cards)
    assert asked == len(deck.cards) == 477
    assert len(package.reviews) == len(deck.revlog)
    assert [(file.name, file.skip) for file in package.media] == [
        ("cell-3.jpg", Skip.DAMAGED_IMAGE),
        ("moo.mp3", Skip.SOUND),
    ]
    assert {card.deck for note in package.notes for card in note.cards} == {
        ("Biology", "Cells", "Organelles")
    }


def test_learning_answers_of_the_first_scheduler_count_as_good_and_easy() -> None:
    deck = Deck(conf={})
    (card,) = deck.note("Front", "Back")
    for ease in (1, 2, 3):
        deck.answer(card, 1, ease, kind=0)
    deck.answer(card, 2, 2, kind=1)
    assert [review.rating for review in read(deck.package()).reviews] == [1, 3, 4, 2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, int]]]:
    """A deck of every stock notetype, exported by today's Anki in every form, and its counts."""
    folder = tmp_path_factory.mktemp("made")
    yield folder, make_decks(folder)


FORMS = ["legacy.apkg", "latest.apkg", "legacy.colpkg", "latest.colpkg"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_todays_anki_is_read_whole(
    made: tuple[Path, dict[str, int]], form: str
) -> None:
    folder, counts = made
    package = read((folder / form).read_bytes())
    assert len(package.notes) == counts["notes"]
    assert sum(len(note.ordinals) for note in package.notes) == counts["cards"]
    answers = len(package.reviews) + sum(package.skipped_reviews.values())
    assert answers == counts["reviews"]
    assert {file.name: file.skip for file in package.media} == {
        "femur.png": None,
        "vein.mp3": Skip.SOUND,
    }
    assert told(package) == STOCK_CARDS


STOCK_CARDS = [
    ("basic", "Longest bone?", "The femur\nof the thigh", "Anatomy/Bones", {0: 0}),
    ("basic", "Which bone is this?", "The femur", "Anatomy/Bones", {0: 0}),
    ("basic", "(picture)", "Only a picture asks", "Anatomy/Bones", {0: 0}),
    ("reversed", "Vena cava", "The large vein & its name", "Anatomy/Blood", {0: 0, 1: 1}),
    ("reversed", "Aorta", "The large artery", "Anatomy/Blood", {0: 0, 1: 1}),
    ("basic", "Platelets", "Clot blood", "Anatomy/Blood", {0: 0}),
    ("basic", "Iron carrier?", "Haemoglobin", "Anatomy/Blood", {0: 0}),
    (
        *("cloze", "{{c1::Red}} and {{c2::white::a colour}} cells", "Extra line"),
        *("Anatomy/Blood", {0: 0, 1: 1}),
    ),
    ("cloze", "{{c1::Plasma has water in it}}", "", "Anatomy/Blood", {0: 0}),
    ("cloze", "Plasma has {{c1::water}} in it", "", "Anatomy/Blood", {1: 0}),
    ("cloze", r"\( E = {{c1::mc^2}} \)", "", "Anatomy", {0: 0}),
]


def told(package: ReadPackage) -> list[tuple[Any, ...]]:
    return [
        (str(card.kind), card.front, card.back, "/".join(card.deck), card.ordinals)
        for note in package.notes
        for card in note.cards
    ]


@pytest.mark.parametrize("form", FORMS)
def test_images_and_suspensions_are_read_in_every_form(
    made: tuple[Path, dict[str, int]], form: str
) -> None:
    package = read((made[0] / form).read_bytes())
    (sha256,) = (file.sha256 for file in package.media if file.name == "femur.png")
    shown = [card.images for note in package.notes for card in note.cards if card.images]
    assert shown == [(ReadImage("front", sha256, "Picture"),)] * 2
    (suspended,) = (note for note in package.notes if note.suspended)
    assert suspended.cards[0].front == "Platelets"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<b>bold</b> and <i>italic</i>&nbsp;&lt;tag&gt;", "bold and italic <tag>"),
        ("<ul><li>first</li><li>second</li></ul>", "• first\n• second"),
        ("<ol><li>one<ul><li>under</li></ul></li><li>two</li></ol>", "1. one\n◦ under\n2. two"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b"),
        ("H<sub>2</sub>O, 10<sup>-3</sup>, x<sup>abc</sup>", "H₂O, 10⁻³, x^(abc)"),
        (r"\(a &lt; b\) and [$]x^2[/$]", r"\(a < b\) and \(x^2\)"),
        ("see [sound:moo.mp3]here", "see here"),
        ('<a href="javascript:alert(1)" onclick="x()">link</a>', "link"),
        ("<script>alert(1)</script><style>b{}</style>safe", "safe"),
        ('look <img src="cell.png" onerror="alert(1)">', "look [picture: cell.png]"),
        ("broken <b>markup <i>&amp", "broken markup &"),
    ],
)
def test_markup_becomes_the_text_it_shows(html: str, text: str) -> None:
    deck = Deck()
    deck.note("Front", html)
    (card,) = only_note(deck.package()).cards
    assert card.back == text


def test_own_templates_are_read_as_they_show() -> None:
    deck = Deck()
    deck.notetypes = {
        7: notetype(
            7,
            "Vocabulary",
            ("Word", "Meaning", "Example", "Never"),
            [
                template(
                    "Ask",
                    "{{#Example}}In “{{Example}}”: {{/Example}}{{^Never}}{{text:Word}}?{{/Never}}",
                    "{{FrontSide}}<hr id=answer>{{Meaning}}{{hint:Example}}",
                ),
                template("Write", "{{Meaning}}: {{type:Word}}", "{{type:Word}}", 1),
            ],
        )
    }
    deck.note("mus", "mouse", "mus currit", "", kind=7, ordinals=(0, 1))
    ask, write = only_note(deck.package()).cards
    assert (ask.kind, ask.front, ask.back) == (
        ReadKind.BASIC,
        "In “mus currit”: mus?",
        "mousemus currit",
    )
    assert (write.front, write.back, write.ordinals) == ("mouse:", "mus", {1: 0})


def test_a_gap_in_a_gap_is_asked_by_a_card_of_its_own() -> None:
    deck = Deck()
    text = "{{c1::outer {{c2::inner}}}} and {{c1,3::both::hint}}"
    deck.note(text, "", kind=CLOZE, ordinals=(0, 1, 2))
    cards = only_note(deck.package()).cards
    assert [(card.front, card.ordinals) for card in cards] == [
        ("{{c1::outer inner}} and {{c1::both::hint}}", {0: 0}),
        ("outer {{c1::inner}} and both", {1: 0}),
        ("outer inner and {{c1::both::hint}}", {2: 0}),
    ]


@pytest.mark.parametrize(
    ("values", "kind", "ordinals", "reason"),
    [
        (("one", "two", "three"), BASIC, (0,), Skip.WRONG_FIELDS),
        (("one",), BASIC, (0,), Skip.WRONG_FIELDS),
        (("one", "two"), 999, (0,), Skip.NO_NOTETYPE),
        (("one", "two"), BASIC, (), Skip.NO_CARDS),
        (("", "two"), BASIC, (0,), Skip.EMPTY_QUESTION),
        (("one", "<br>"), BASIC, (0,), Skip.EMPTY_ANSWER),
        (("[sound:a.mp3]", "two"), BASIC, (0,), Skip.PICTURE_QUESTION),
        (("one", "<img src=x.png>"), BASIC, (0,), Skip.PICTURE_ANSWER),
        (("no gap", ""), CLOZE, (0,), Skip.NOTHING_ASKED),
        (("{{c1::image-occlusion:rect:left=.1}}", ""), CLOZE, (0,), Skip.OCCLUSION),
        (("x" * 300_000, "two"), BASIC, (0,), Skip.TOO_LONG),
        (("<div>" * 5_000 + "x", "two"), BASIC, (0,), Skip.TOO_LONG),
    ],
)
def test_a_note_that_makes_no_card_says_why(
    values: tuple[str, ...], kind: int, ordinals: tuple[int, ...], reason: Skip
) -> None:
    deck = Deck()
    deck.note(*values, kind=kind, ordinals=ordinals)
    note = only_note(deck.package())
    assert (note.skip, note.cards) == (reason, ())


def test_a_direction_that_cannot_be_asked_leaves_the_other() -> None:
    deck = Deck()
    deck.note("word", "<img src=x.png> and a word", kind=REVERSED, ordinals=(0, 1, 7))
    deck.note("word", "<img src=x.png>", kind=REVERSED, ordinals=(0, 1))
    both, none = read(deck.package()).notes
    assert both.cards[0].kind == ReadKind.REVERSED
    assert both.skipped == {7: Skip.NOTHING_ASKED}
    assert none.skipped == {0: Skip.PICTURE_ANSWER, 1: Skip.PICTURE_QUESTION}


def test_rows_of_the_log_that_are_no_answers_are_counted_by_reason() -> None:
    deck = Deck()
    (card,) = deck.note("Front", "Back")
    deck.answer(card, 1)
    deck.answer(card, 2, 0, kind=4)
    deck.answer(card, 3, 3, kind=5)
    deck.answer(card, 4, 3, kind=3, factor=0)
    deck.answer(card, 5, 9)
    deck.answer(424242, 6)
    deck.answer(card, 0, moment=JUNE_2020 * 2)
    deck.answer(card, 0, moment=1000)
    package = read(deck.package())
    assert len(package.reviews) == 1
    assert package.skipped_reviews == {
        Skip.NOT_ANSWERED: 2,
        Skip.PRACTICE: 1,
        Skip.DAMAGED_ROW: 1,
        Skip.NO_CARD: 1,
        Skip.OUT_OF_TIME: 2,
    }


def test_cards_without_a_note_and_notes_that_come_twice_are_counted() -> None:
    deck = Deck()
    deck.note("One", "1", guid="same")
    deck.note("Two", "2", guid="same")
    deck.cards.append((99, 12345, 1, 0, *deck.cards[0][4:]))
    package = read(deck.package())
    assert [note.skip for note in package.notes] == [None, Skip.TWICE]
    assert package.skipped_cards == {Skip.NO_NOTE: 2}


def test_a_package_says_which_anki_wrote_it(made: tuple[Path, dict[str, int]]) -> None:
    told_by = {form: read((made[0] / form).read_bytes()).made_by for form in FORMS}
    assert told_by["latest.apkg"] == "Anki 2.1.50 and later"
    assert told_by["legacy.apkg"] == "Anki 2.1 and later"
    assert read(deck_of_2020(4).package()).made_by == "Anki 2.0 and later"


def test_the_media_map_of_the_newest_form_is_no_json(made: tuple[Path, dict[str, int]]) -> None:
    # Guards the fixture: a form that Anki stops writing would make the tests above prove nothing.
    with zipfile.ZipFile(made[0] / "latest.apkg") as archive:
        assert "collection.anki21b" in archive.namelist()
        with pytest.raises(ValueError, match=r"decode|Expecting"):
            json.loads(archive.read("media"))
