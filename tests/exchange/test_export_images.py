"""The images of cards go out to Anki, and an update brings those that changed."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, MediaFile
from apps.bank.services.items import save_card
from apps.courses.models import Exam, Topic
from apps.exchange.models import Change
from tests.exchange.anki_gate import (
    AnkiCard,
    assert_clean,
    assert_gentle,
    import_into_anki,
    update_in_anki,
)
from tests.exchange.test_ledger import Downloads
from tests.factories import make_card
from tests.pictures import attach, jpeg, picture

ALT = 'A "cell" {{c1::x}} & <b> [sound:x]'


@pytest.fixture
def cards(topic: Topic) -> dict[str, Card]:
    """A card of every kind that shows an image on both sides, and one without."""
    made = {
        "basic": make_card(topic, "Which bone?", "The femur"),
        "both": make_card(topic, "Femur", "Thigh bone", kind=CardKind.REVERSED),
        "cloze": make_card(topic, "{{c1::Bones}} hold {{c2::us}}.", "", kind=CardKind.CLOZE),
        "list": make_card(topic, "Bones", "", kind=CardKind.LIST, items=["Ulna", "Radius"]),
    }
    for number, card in enumerate(made.values()):
        attach(card, picture(number), alt=ALT)
        attach(card, picture(number + 10), side="back", alt="Behind")
    return made | {"plain": make_card(topic, "No image?", "None")}


@pytest.fixture
def downloads(exam: Exam, carol: User) -> Downloads:
    return Downloads(carol, exam)


def name_of(data: bytes, suffix: str = "png") -> str:
    return f"passnotes-{hashlib.sha256(data).hexdigest()}.{suffix}"


def media_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = json.loads(archive.read("media"))
        return {name: archive.read(member) for member, name in names.items()}


def exported(exam: Exam, folder: Path) -> bytes:
    out = folder / "deck.apkg"
    call_command("export_anki", exam.code, str(out), stdout=io.StringIO())
    return out.read_bytes()


def test_anki_shows_every_image_on_its_side(
    exam: Exam, cards: dict[str, Card], tmp_path: Path
) -> None:
    report = import_into_anki(exported(exam, tmp_path))
    assert_clean(report)
    shown = report.deck_only.cards
    for number, name in enumerate(("basic", "both", "cloze", "list")):
        front, back = name_of(picture(number)), name_of(picture(number + 10))
        asked: AnkiCard = shown[cards[name].pk.hex, 0]
        assert front in asked.question
        assert back not in asked.question
        assert back in asked.answer
    backward = shown[cards["both"].pk.hex, 1]
    assert name_of(picture(11)) in backward.question
    assert name_of(picture(1)) not in backward.question
    assert name_of(picture(1)) in backward.answer
    assert "<img" not in shown[cards["plain"].pk.hex, 0].answer


def test_a_package_holds_each_image_once_and_as_it_is(
    exam: Exam, cards: dict[str, Card], tmp_path: Path
) -> None:
    attach(cards["plain"], picture(0), jpeg())
    media = media_of(exported(exam, tmp_path))
    wanted = [picture(number) for number in (*range(4), *range(10, 14))]
    assert media == {name_of(data): data for data in wanted} | {name_of(jpeg(), "jpg"): jpeg()}


def test_the_same_images_give_the_same_bytes(
    exam: Exam, cards: dict[str, Card], tmp_path: Path
) -> None:
    assert exported(exam, tmp_path) == exported(exam, tmp_path)


def test_a_changed_image_arrives_and_nothing_else_moves(
    cards: dict[str, Card], downloads: Downloads
) -> None:
    first = downloads.fetch()
    save_card(card=cards["basic"], author=None, images=[])
    attach(cards["basic"], picture(99))
    second = downloads.fetch()
    assert downloads.changes() == {Change.EDITED: 1, Change.SAME: 4}
    update = update_in_anki(first, second)
    assert_gentle(update)
    assert update.updated == 1
    assert name_of(picture(99)) in update.notes[cards["basic"].pk.hex].fields["Front"]
    assert name_of(picture(99)) in update.media


def test_a_text_update_leaves_notes_with_images_to_the_next_package(
    cards: dict[str, Card], downloads: Downloads
) -> None:
    first = downloads.fetch()
    cards["plain"].back = "Still none"
    save_card(card=cards["plain"], author=None)
    attach(cards["basic"], picture(99))
    text = downloads.fetch(as_text=True)
    assert b"Still none" in text
    assert b"<img" not in text
    third = downloads.fetch()
    assert downloads.changes() == {Change.EDITED: 1, Change.SAME: 4}
    update = update_in_anki(first, third)
    assert_gentle(update)
    assert name_of(picture(99)) in update.media


def test_an_image_whose_file_is_lost_stops_the_export(
    exam: Exam, cards: dict[str, Card], tmp_path: Path
) -> None:
    Path(settings.MEDIA_ROOT, MediaFile.objects.all()[0].name).unlink()
    with pytest.raises(Exception, match="cannot be written"):
        exported(exam, tmp_path)
