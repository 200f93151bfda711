"""The images of a deck: found by name, known by their bytes, each on its side of a card."""

import hashlib
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.exchange.anki.package.reader_contents import ReadCard, ReadImage, ReadKind, Skip
from apps.exchange.anki.package.reader_html import PICTURE, to_plain
from tests.exchange.package.foreign import CLOZE, REVERSED, Deck
from tests.exchange.package.hostile_media import HOSTILE_MEDIA
from tests.exchange.package.reading import only_note, read, read_measured
from tests.pictures import SVG, gif, jpeg, picture, webp


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def only_card(front: str, back: str, **files: bytes) -> ReadCard:
    deck = Deck()
    deck.note(front, back)
    named = {name.replace("_", "."): data for name, data in files.items()}
    (card,) = only_note(deck.package(named)).cards
    return card


def test_images_stand_beside_the_words_on_their_side() -> None:
    card = only_card(
        "Which<br><img src='a.png' alt='A  bone'><br>is this?",
        "The femur <img src=b.jpg>",
        a_png=picture(),
        b_jpg=jpeg(),
    )
    assert (card.front, card.back) == ("Which\nis this?", "The femur")
    assert card.images == (
        ReadImage("front", hash_of(picture()), "A bone"),
        ReadImage("back", hash_of(jpeg()), "Picture"),
    )


@pytest.mark.parametrize("data", [picture(), jpeg(), gif(), webp()])
def test_every_kind_of_image_is_taken_whatever_it_is_called(data: bytes) -> None:
    card = only_card("Look <img src=a.bin>", "Seen", a_bin=data)
    assert [image.sha256 for image in card.images] == [hash_of(data)]


@pytest.mark.parametrize(
    "name", ["zwei Zellen.png", "Ze%lle.png", "caf\u0065\u0301.png", "a&b.png"]
)
@pytest.mark.parametrize("write", [str, quote])
def test_an_image_is_found_however_its_name_is_written(name: str, write: type[str]) -> None:
    deck = Deck()
    written = write(name).replace("&", "&amp;")
    deck.note(f'Look <img src="{written}">', "Seen")
    (card,) = only_note(deck.package({name: picture()})).cards
    assert len(card.images) == 1


def test_a_side_of_nothing_but_an_image_is_asked() -> None:
    card = only_card("<img src=a.png>", "<img src=b.png>", a_png=picture(), b_png=picture(1))
    assert (card.front, card.back) == (PICTURE, PICTURE)
    assert [image.side for image in card.images] == ["front", "back"]


def test_an_image_that_a_gap_hides_is_part_of_the_answer() -> None:
    deck = Deck()
    text = "<img src=a.png> is {{c1::<img src=b.png>}}, not {{c2::this}}"
    deck.note(text, "More <img src=c.png>", kind=CLOZE, ordinals=(0, 1))
    files = {f"{name}.png": picture(number) for number, name in enumerate("abc")}
    (card,) = only_note(deck.package(files)).cards
    assert card.front == "is {{c1::(picture)}}, not {{c2::this}}"
    assert card.back == "More"
    assert [image.side for image in card.images] == ["front", "back", "back"]


def test_two_directions_with_an_image_are_one_card() -> None:
    deck = Deck()
    deck.note("Femur", "<img src=a.png>", kind=REVERSED, ordinals=(0, 1))
    (card,) = only_note(deck.package({"a.png": picture()})).cards
    assert (card.kind, card.front, card.back) == (ReadKind.REVERSED, "Femur", PICTURE)
    assert [image.side for image in card.images] == ["back"]


def test_what_the_answer_repeats_is_shown_once() -> None:
    card = only_card("Look <img src=a.png>", "Seen <img src=a.png>", a_png=picture())
    assert [image.side for image in card.images] == ["front"]


def test_every_file_is_accounted_for() -> None:
    deck = Deck()
    deck.note("One <img src=a.png> <img src=gone.png> [sound:s.mp3]", "Yes <img src=v.svg>")
    files = {
        "a.png": picture(),
        "unused.png": picture(1),
        "s.mp3": b"ID3",
        "v.mp4": b"ftyp",
        "v.svg": SVG,
        "notes.txt": b"x",
    }
    package = read(deck.package(files))
    assert {file.name: file.skip for file in package.media} == {
        "a.png": None,
        "unused.png": Skip.UNUSED,
        "s.mp3": Skip.SOUND,
        "v.mp4": Skip.VIDEO,
        "v.svg": Skip.SVG,
        "notes.txt": Skip.OTHER_MEDIA,
    }
    (note,) = package.notes
    assert note.lost == ("gone.png", "v.svg")
    assert note.cards[0].front == "One [picture: gone.png]"


def test_an_image_of_ours_is_known_by_its_name_where_its_file_is_missing() -> None:
    sha256 = hash_of(picture())
    card = only_card(f"Look <img src=passnotes-{sha256}.png alt='A cell'>", "Seen")
    assert card.images == (ReadImage("front", sha256, "A cell"),)
    assert card.front == "Look"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_passes_for_an_image(text: str) -> None:
    plain = to_plain(f"{text}\x1a&#26;&#x1a;<b>{text}", lambda _: None)
    assert "\x1a" not in plain.text
    assert plain.images == ()


# --- Hostile ones; that they are read soon and change nothing is tested beside the others -----

REFUSED = {
    "huge image header": [Skip.TOO_MANY_PIXELS],
    "zip bomb as an image": [Skip.TOO_LARGE],
    "many zip bombs as images": [Skip.TOO_LARGE] * 12,
    "zstandard bomb as an image": [Skip.TOO_LARGE],
    "image that is no frame": [Skip.DAMAGED_FILE],
    "images of the wrong kind": [Skip.OTHER_KIND, Skip.SVG],
    "map of members that lead out": [Skip.DAMAGED_FILE] * 3,
    "map that names the collection": [Skip.OTHER_KIND],
    "map of members that are not there": [Skip.DAMAGED_FILE] * 2,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_image_is_left_out_with_its_reason(name: str) -> None:
    package = read(HOSTILE_MEDIA[name]())
    assert [file.skip for file in package.media] == REFUSED[name]
    assert all(note.cards and not note.cards[0].images for note in package.notes)


def test_images_are_written_under_their_hash_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(HOSTILE_MEDIA["map that leads out"]())
    found = read_measured(path, tmp_path)
    head = json.loads(found.said.splitlines()[0])
    assert head["media"] == 3
    kept = sorted(each.name for each in (tmp_path / "work" / "media").iterdir())
    # What names another drive is no address of a picture at all.
    assert kept == sorted(hash_of(picture(number)) for number in range(2))


def test_a_deck_brings_images_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.exchange.anki.package.reader_media.MOST_IMAGES", 2)
    deck = Deck()
    files = {f"{number}.png": picture(number) for number in range(3)}
    for name in files:
        deck.note(f"Look {name} <img src={name}>", "Seen")
    skips = [file.skip for file in read(deck.package(files)).media]
    assert skips == [None, None, Skip.TOO_MUCH_MEDIA]
