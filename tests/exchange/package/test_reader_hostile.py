"""Whatever is sent as a deck: a clear refusal or a safe reading, soon, and nothing else happens."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.exchange.anki.package.reader_errors import UnreadablePackage
from apps.exchange.anki.package.reader_html import TooMuchMarkup, to_plain
from apps.exchange.anki.package.reader_protobuf import fields
from apps.exchange.anki.package.text import clean, to_html
from tests.exchange.package.foreign import Deck, deck_of_2020, packed, zipped
from tests.exchange.package.hostile import READ_SAFELY, REFUSED, Maker
from tests.exchange.package.reading import Measured, read, read_measured

MOST_SECONDS, MOST_MEGABYTES = 10, 300
LONGEST_SENTENCES = 400


def measured(maker: Maker, folder: Path) -> Measured:
    path = folder / "deck.apkg"
    path.write_bytes(maker())
    found = read_measured(path, folder)
    assert found.cpu_seconds < MOST_SECONDS
    assert found.megabytes < MOST_MEGABYTES
    assert set(found.left_behind) <= {"collection.sqlite", "media"}
    assert sorted(each.name for each in folder.iterdir()) == ["deck.apkg", "said", "work"]
    assert found.status == 0
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_package_is_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    told = json.loads(measured(REFUSED[name], tmp_path).said)
    assert told["unread"] in {"no_package", "damaged", "too_new", "too_large", "too_slow"}
    assert told["message"].endswith(".")
    assert len(told["message"]) < LONGEST_SENTENCES
    assert "Error" not in told["message"]


@pytest.mark.parametrize("name", READ_SAFELY)
def test_a_package_with_traps_in_it_is_read_and_nothing_of_it_is_done(
    name: str, tmp_path: Path
) -> None:
    head = json.loads(measured(READ_SAFELY[name], tmp_path).said.splitlines()[0])
    assert "unread" not in head, head
    assert not Path("/tmp/owned").exists()  # noqa: S108 - where one of the traps would write


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(UnreadablePackage):
        read(data)


members = st.sampled_from(
    ["meta", "media", "collection.anki2", "collection.anki21", "collection.anki21b", "0", "..", "a"]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(members, st.binary(max_size=300)))
def test_any_members_are_refused_and_nothing_else_happens(held: dict[str, bytes]) -> None:
    with pytest.raises(UnreadablePackage):
        read(zipped(held))


COLLECTION = deck_of_2020(40).database()
PACKAGE = packed(COLLECTION, {"a.png": b"x"})
changes = st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=30)


def changed(data: bytes, where: list[tuple[int, int]]) -> bytes:
    spoilt = bytearray(data)
    for at, value in where:
        spoilt[at % len(spoilt)] = value
    return bytes(spoilt)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes)
def test_a_spoilt_package_is_refused_or_read(where: list[tuple[int, int]]) -> None:
    try:
        package = read(changed(PACKAGE, where))
    except UnreadablePackage:
        return
    assert len(package.notes) <= 40


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes)
def test_a_spoilt_collection_is_refused_or_read(where: list[tuple[int, int]]) -> None:
    try:
        package = read(packed(changed(COLLECTION, where)))
    except UnreadablePackage:
        return
    for note in package.notes:
        assert note.skip is not None or note.cards


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MARKS = (
    *("<b>", "</b>", "<ul><li>", "</ul>", "<table><td>", "<sup>", "</sup>", "<img src=x>"),
    *("<script>", "[sound:", "]", "[$]", "&amp;", "&#0;", "{{c1::", "}}", "::", "<pre>", "<!--"),
)
markup = st.lists(
    texts | st.sampled_from(MARKS),
    max_size=25,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(markup)
def test_any_markup_becomes_text_that_can_be_kept(html: str) -> None:
    text = to_plain(html).text
    assert "\x00" not in text
    assert text == text.strip()


@settings(max_examples=200, deadline=None)
@given(texts)
def test_text_that_was_typed_is_kept_word_for_word(typed: str) -> None:
    assert to_plain(to_html(typed)).text.split() == clean(typed).split()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(markup, markup, st.integers(0, 2))
def test_any_fields_make_cards_or_say_why_not(front: str, back: str, kind: int) -> None:
    deck = Deck()
    notetype = list(deck.notetypes)[kind]
    deck.note(front.replace("\x1f", ""), back.replace("\x1f", ""), kind=notetype)
    (note,) = read(deck.package()).notes
    assert bool(note.cards) != (note.skip is not None)
    for card in note.cards:
        assert card.front.strip()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_message_is_read_or_refused(message: bytes) -> None:
    try:
        found = list(fields(message))
    except UnreadablePackage:
        return
    assert all(number >= 0 for number, _ in found)


def test_markup_beyond_all_measure_is_refused() -> None:
    with pytest.raises(TooMuchMarkup):
        to_plain("<i>" * 10_000)
