"""The images of a deck come in with its cards, once, and come back as they were."""

from pathlib import Path

import pytest
from django.conf import settings

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, MediaFile, Suggestion
from apps.bank.services.items import images_of, save_card
from apps.courses.models import Exam, Topic
from apps.exchange.anki.importing.plan import ONLY_WORDS
from apps.exchange.anki.package.reader_contents import Skip
from apps.study.models import Enrolment
from tests.exchange.anki_gate import study_in_anki
from tests.exchange.package.foreign import Deck
from tests.exchange.test_import import bring_in, everything, export, look_at, told
from tests.factories import make_card
from tests.pictures import SVG, attach, picture

pytestmark = pytest.mark.django_db


def anatomy(**files: bytes) -> bytes:
    """A deck of three notes, of which two show an image."""
    deck = Deck()
    deck.note("Which bone? <img src=femur.png alt='A long bone'>", "The femur", guid="a")
    deck.note("Skull", "See <img src=skull.png>", guid="b")
    deck.note("Longest bone?", "The femur [sound:femur.mp3]", guid="c")
    held = {"femur.png": picture(1), "skull.png": picture(2), "femur.mp3": b"ID3"}
    return deck.package(held | {name.replace("_", "."): data for name, data in files.items()})


def shown(card: Card) -> list[tuple[str, bytes, str]]:
    return [
        (image.side, Path(settings.MEDIA_ROOT, image.file.name).read_bytes(), image.alt)
        for image in card.images.all()
    ]


def media() -> list[str]:
    return sorted(MediaFile.objects.values_list("pk", flat=True))


def test_images_come_in_with_their_cards(exam: Exam, carol: User, tmp_path: Path) -> None:
    report = bring_in(anatomy(unused_png=picture(3)), exam, carol, tmp_path)
    assert report.to_json()["media"] == {"imported": 2, "merged": 0, "skipped": 2}
    assert report.named["media file", str(Skip.SOUND)] == ["femur.mp3"]
    assert report.named["media file", str(Skip.UNUSED)] == ["unused.png"]
    cards = {card.front: card for card in Card.objects.all()}
    assert shown(cards["Which bone?"]) == [("front", picture(1), "A long bone")]
    assert shown(cards["Skull"]) == [("back", picture(2), "Picture")]
    assert shown(cards["Longest bone?"]) == []


def test_a_second_import_of_images_changes_nothing(exam: Exam, carol: User, tmp_path: Path) -> None:
    bring_in(anatomy(), exam, carol, tmp_path)
    before, held = everything(), media()
    report = bring_in(anatomy(), exam, carol, tmp_path)
    assert report.changes_nothing
    assert report.to_json()["media"] == {"imported": 0, "merged": 2, "skipped": 1}
    assert (everything(), media()) == (before, held)


def test_images_are_foretold_and_not_stored(exam: Exam, carol: User, tmp_path: Path) -> None:
    foretold = look_at(anatomy(), exam, carol, tmp_path)
    assert not MediaFile.objects.exists()
    assert not Path(settings.MEDIA_ROOT, "images").exists()
    assert bring_in(anatomy(), exam, carol, tmp_path).to_json() == foretold.to_json()


def test_another_image_in_anki_reaches_the_learners_card(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    bring_in(anatomy(), exam, carol, tmp_path)
    report = bring_in(anatomy(femur_png=picture(9)), exam, carol, tmp_path)
    assert told(report)["notes"] == {"updated": 1, "merged": 2}
    card = Card.objects.get(front="Which bone?")
    assert shown(card) == [("front", picture(9), "A long bone")]
    assert card.versions.count() == 2
    # An older file than the one before does not take the image back.
    assert bring_in(anatomy(), exam, carol, tmp_path).changes_nothing


def test_what_is_no_image_leaves_its_name(exam: Exam, carol: User, tmp_path: Path) -> None:
    report = bring_in(anatomy(femur_png=SVG), exam, carol, tmp_path)
    assert report.named["media file", str(Skip.SVG)] == ["femur.png"]
    card = Card.objects.get(front__startswith="Which bone?")
    assert (card.front, shown(card)) == ("Which bone? [picture: A long bone]", [])
    assert [names for key, names in report.named.items() if key[0] == "picture in a card"] == [
        ["femur.png"]
    ]


def test_of_more_images_than_a_card_has_room_for_the_first_are_taken(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    deck = Deck()
    files = {f"{number}.png": picture(number) for number in range(23)}
    deck.note("Look " + "".join(f"<img src={name}>" for name in files), "Seen")
    report = bring_in(deck.package(files), exam, carol, tmp_path)
    assert len(images_of(Card.objects.get())) == 20
    assert report.to_json()["media"] == {"imported": 20, "merged": 0, "skipped": 3}


def test_an_image_that_is_only_named_is_not_taken_from_others(
    exam: Exam, topic: Topic, carol: User, tmp_path: Path
) -> None:
    image = attach(make_card(topic), picture())
    deck = Deck()
    deck.note(f"Mine? <img src=passnotes-{image.pk}.png>", "No")
    bring_in(deck.package(), exam, carol, tmp_path)
    assert shown(Card.objects.get(owner=carol)) == []


def test_a_deck_that_fails_half_way_gives_no_card_an_image(
    exam: Exam, carol: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.exchange.anki.importing.apply.add_new_prompts", None)
    with pytest.raises(TypeError):
        bring_in(anatomy(), exam, carol, tmp_path)
    assert not MediaFile.objects.exists()


# --- Our own deck coming back -------------------------------------------------------------


@pytest.fixture
def course(exam: Exam, topic: Topic, enrolment: Enrolment) -> Exam:
    """A card of every kind, each with an image on both sides."""
    cards = [
        make_card(topic, "Which bone?", "The femur"),
        make_card(topic, "Femur", "Thigh bone", kind=CardKind.REVERSED),
        make_card(topic, "{{c1::Bones}} hold the {{c2::body}}.", "", kind=CardKind.CLOZE),
        make_card(topic, "Name the bones", "", kind=CardKind.LIST, items=["Ulna", "Radius"]),
        make_card(topic, "My own", "Card", owner=enrolment.user),
    ]
    for number, card in enumerate(cards):
        attach(card, picture(2 * number), alt="Front & <centre>")
        attach(card, picture(2 * number + 1), side="back", alt="From “behind”")
    return exam


@pytest.mark.parametrize("legacy", [True, False])
def test_our_images_come_back_and_nothing_is_doubled(
    course: Exam, carol: User, tmp_path: Path, legacy: bool
) -> None:
    studied = tmp_path / "studied.apkg"
    package = export(course, carol, tmp_path)
    study_in_anki(package, studied, deck="Biology", answers=3, legacy=legacy)
    before = everything() | {"media": media()}
    report = bring_in(studied, course, carol, tmp_path)
    assert told(report)["notes"] == {"merged": 5}
    assert report.to_json()["media"] == {"imported": 0, "merged": 10, "skipped": 0}
    assert report.skipped == {}
    after = everything() | {"media": media()}
    for rows in ("cards", "versions", "suggestions", "media"):
        assert after[rows] == before[rows]


def test_our_deck_without_its_media_changes_no_card(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    studied = tmp_path / "studied.apkg"
    study_in_anki(export(course, carol, tmp_path), studied, deck="Biology", media=False)
    report = bring_in(studied, course, carol, tmp_path)
    assert report.changes_nothing
    assert report.skipped == {}


def test_images_changed_in_anki_reach_only_the_learners_own_card(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    studied = tmp_path / "studied.apkg"
    edits = [("Front:My*", "Front", "My own"), ("Front:*bone?*", "Front", "Which bone?")]
    study_in_anki(export(course, carol, tmp_path), studied, deck="Biology", edits=edits)
    report = bring_in(studied, course, carol, tmp_path)
    assert told(report)["notes"] == {"updated": 1, "merged": 4}
    assert report.named["image", ONLY_WORDS] == ["Which bone?"]
    assert [side for side, _, _ in shown(Card.objects.get(front="My own"))] == ["back"]
    assert len(shown(Card.objects.get(front="Which bone?"))) == 2
    assert not Suggestion.objects.exists()


def test_a_deck_from_before_an_image_was_changed_takes_nothing_back(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    package = export(course, carol, tmp_path)
    card = Card.objects.get(front="My own")
    save_card(card=card, author=None, images=[])
    assert bring_in(package, course, carol, tmp_path).changes_nothing
    assert images_of(card) == []
