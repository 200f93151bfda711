"""Adding, describing, ordering and taking away the images of a card in its form."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.bank.models import Card, CardKind, MediaFile
from apps.courses.models import Topic
from tests.bank.authors import count_queries, text_of
from tests.bank.test_admin_cards import ADD, form, page_of
from tests.factories import make_card
from tests.pictures import SVG, attach, jpeg, picture


def file(data: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def images(*rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """What a browser sends of the rows of images, those with a key first."""
    sent: dict[str, Any] = {"images-TOTAL_FORMS": len(rows), "images-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        values = {"side": "front", "alt": "", "position": ""} | row
        sent |= {f"images-{number}-{name}": value for name, value in values.items()}
    return sent


def address(data_of: MediaFile) -> str:
    return reverse("api:image", args=[data_of.pk])


def alts(card: Card) -> list[str]:
    return [image.alt for image in card.images.all()]


def test_it_works(author: Client, topic: Topic) -> None:
    row = {"upload": file(picture()), "alt": "A heart", "side": "back"}
    answer = author.post(ADD, form(topic, **images(row)))
    assert answer.status_code == 302
    card = Card.objects.get()
    image = card.images.get()
    assert (image.side, image.alt, image.file.width) == ("back", "A heart", 2)
    assert card.versions.count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"upload": file(picture())}, "This field is required"),
        ({"alt": "A heart"}, "Choose the file"),
        ({"alt": "A heart", "upload": file(SVG)}, "SVG"),
        ({"alt": "A heart", "upload": file(b"%PDF-1.7")}, "no PNG, JPEG"),
        ({"alt": "A heart", "upload": file(picture(width=99_999, height=99_999))}, "50 million"),
    ],
)
def test_an_image_that_cannot_be_taken_says_why(
    author: Client, topic: Topic, row: dict[str, Any], reason: str
) -> None:
    answer = author.post(ADD, form(topic, **images(row)))
    assert reason in text_of(answer)
    assert not Card.objects.exists()
    assert not MediaFile.objects.exists()


def test_images_are_ordered_described_replaced_and_taken_away(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    for number, alt in enumerate(("one", "two", "three")):
        attach(card, picture(number), alt=alt)
    keys = [image.pk for image in card.images.all()]
    rows: list[dict[str, Any]] = [
        {"id": keys[0], "alt": "one, renamed", "position": 9},
        {"id": keys[1], "alt": "two", "position": 1, "DELETE": "on"},
        {"id": keys[2], "alt": "three", "position": 0, "upload": file(jpeg())},
        {"alt": "four", "upload": file(picture(4))},
    ]
    author.post(page_of(card), form(topic, **images(*rows, initial=3)))
    assert alts(card) == ["three", "one, renamed", "four"]
    assert [image.file.kind for image in card.images.all()] == ["jpg", "png", "png"]


def test_a_form_that_changes_nothing_makes_no_version(author: Client, topic: Topic) -> None:
    card = make_card(topic, "What pumps blood?", "The heart")
    attach(card, picture(), alt="one")
    row = {"id": card.images.get().pk, "alt": "one", "position": 0}
    author.post(page_of(card), form(topic, position=card.position, **images(row, initial=1)))
    card.refresh_from_db()
    assert card.version == 2
    assert alts(card) == ["one"]


def test_the_preview_shows_images_where_a_learner_sees_them(author: Client, topic: Topic) -> None:
    card = make_card(topic, "Femur", "Thigh bone", kind=CardKind.REVERSED)
    front = attach(card, picture(1), alt="A <bone>")
    back = attach(card, picture(2), side="back", alt="A thigh")
    page = text_of(author.get(reverse("admin:bank_card_preview", args=[card.pk])))
    assert 'alt="A &lt;bone&gt;"' in page
    shown = [page.index(address(front)), page.index(address(back))]
    assert shown == sorted(shown)
    # The way back asks with the image of the back.
    assert page.rindex(address(back)) < page.rindex(address(front))
    assert address(front) in text_of(author.get(page_of(card)))


def test_the_history_tells_of_images_and_brings_them_back(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    attach(card, picture(), alt="A heart")
    row = {"id": card.images.get().pk, "alt": "A heart", "DELETE": "on"}
    author.post(page_of(card), form(topic, **images(row, initial=1)))
    assert alts(card) == []
    history = text_of(author.get(reverse("admin:bank_card_history", args=[card.pk])))
    assert "front: A heart" in history.replace("</del>", "").replace("<del>", "")
    author.post(reverse("admin:bank_card_restore", args=[card.pk, 2]))
    assert alts(card) == ["A heart"]


def test_queries_do_not_grow_with_images(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    attach(card, picture())
    preview = reverse("admin:bank_card_preview", args=[card.pk])
    few = count_queries(author, preview), count_queries(author, page_of(card))
    attach(card, *(picture(number) for number in range(1, 9)))
    assert (count_queries(author, preview), count_queries(author, page_of(card))) == few
