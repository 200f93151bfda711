"""Images on cards: kept once, remembered by versions, seen by whoever sees the card."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, CardImage, MediaFile, Status
from apps.bank.services.items import Attached, images_of, save_card
from apps.bank.services.media import GRACE, RefusedFile, remove_unused, store_images
from apps.bank.tasks import remove_unused_media
from apps.common.errors import DomainError
from apps.common.images import LARGEST_IMAGE, MOST_PIXELS, ImageKind, RefusedImage, read_head
from apps.courses.models import Topic
from tests.factories import NOW, make_card
from tests.pictures import SVG, attach, gif, jpeg, picture, webp

pytestmark = pytest.mark.django_db

LATER = NOW + 2 * GRACE


def address(image: MediaFile) -> str:
    return f"/api/v1/images/{image.pk}/"


def files() -> list[str]:
    folder = Path(settings.MEDIA_ROOT, "images")
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_works(topic: Topic, carol: User, api_of: Callable[[User], APIClient]) -> None:
    image = attach(make_card(topic), picture())
    answer = api_of(carol).get(address(image))
    assert b"".join(answer) == picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "img-src 'self'" in answer["Content-Security-Policy"]
    kept = {part.strip() for part in answer["Cache-Control"].split(",")}
    assert kept == {"private", "immutable", "max-age=31536000"}


def test_an_image_that_somebody_has_is_not_sent_again(
    topic: Topic, carol: User, api_of: Callable[[User], APIClient]
) -> None:
    image = attach(make_card(topic), picture())
    known = f'"{image.pk}"'
    answer = api_of(carol).get(address(image), HTTP_IF_NONE_MATCH=known)
    assert (answer.status_code, answer["ETag"]) == (304, known)


def test_an_image_is_seen_by_whoever_sees_a_card_with_it(
    topic: Topic, carol: User, bob: User, mallory: User, api_of: Callable[[User], APIClient]
) -> None:
    draft = make_card(topic, status=Status.DRAFT)
    image = attach(draft, picture())
    seen = {user: api_of(user).get(address(image)).status_code for user in (bob, carol, mallory)}
    assert list(seen.values()) == [200, 404, 404]
    attach(make_card(topic, owner=carol), picture())
    assert api_of(carol).get(address(image)).status_code == 200
    assert api_of(mallory).get(address(image)).status_code == 404


def test_an_image_taken_from_its_card_is_seen_no_more(
    topic: Topic, carol: User, api_of: Callable[[User], APIClient]
) -> None:
    card = make_card(topic)
    image = attach(card, picture())
    save_card(card=card, author=None, images=[])
    assert api_of(carol).get(address(image)).status_code == 404


def test_a_card_tells_programs_of_its_images(
    topic: Topic, carol: User, api_of: Callable[[User], APIClient]
) -> None:
    card = make_card(topic)
    image = attach(card, picture(), side="back", alt="A leaf")
    told = api_of(carol).get(f"/api/v1/cards/{card.pk}/").json()["images"]
    assert told == [{"side": "back", "url": address(image), "alt": "A leaf"}]


def test_the_same_bytes_are_kept_once(topic: Topic) -> None:
    one, other = make_card(topic), make_card(topic)
    assert attach(one, picture()) == attach(other, picture())
    assert MediaFile.objects.count() == 1
    assert files() == [f"{MediaFile.objects.get().pk}.png"]


def test_a_file_that_was_lost_half_way_is_written_again(topic: Topic) -> None:
    image = attach(make_card(topic), picture())
    path = Path(settings.MEDIA_ROOT, image.name)
    path.write_bytes(b"half")
    attach(make_card(topic), picture())
    assert path.read_bytes() == picture()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture(width=30, height=20), ImageKind.PNG),
        (jpeg(30, 20), ImageKind.JPEG),
        (gif(30, 20), ImageKind.GIF),
        (webp(30, 20), ImageKind.WEBP),
    ],
)
def test_kind_and_size_are_known_by_the_bytes(data: bytes, kind: ImageKind) -> None:
    store_images(sources=[lambda: data], now=NOW)
    image = MediaFile.objects.get()
    assert (image.kind, image.width, image.height, image.size) == (kind, 30, 20, len(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no PNG"),
        (b"<html><script>alert(1)</script></html>", "no PNG"),
        (b"MZ\x90\0", "no PNG"),
        (SVG, "scripts"),
        (picture()[:20], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8" + b"\xff" * 50_000, "damaged"),
        (gif(0, 0), "damaged"),
        (picture(width=100_000, height=100_000), "50 million pixels"),
        (picture() + bytes(LARGEST_IMAGE), "10 MB"),
    ],
)
def test_what_is_no_image_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason):
        store_images(sources=[lambda: data], now=NOW)
    assert not MediaFile.objects.exists()
    assert files() == []


def test_images_are_part_of_a_cards_history(topic: Topic) -> None:
    card = make_card(topic)
    assert "images" not in card.versions.get().content
    image = attach(card, picture())
    assert card.version == 2
    newest = card.versions.first()
    assert newest is not None
    shown = {"side": "front", "sha256": image.pk, "alt": "A cell"}
    assert newest.content["images"] == [shown]
    assert not save_card(card=card, author=None, images=images_of(card))
    assert not save_card(card=card, author=None)
    assert card.versions.count() == 2


def test_other_words_leave_the_images(topic: Topic) -> None:
    card = make_card(topic)
    attach(card, picture())
    card.back = "Another answer"
    assert save_card(card=card, author=None)
    assert CardImage.objects.filter(card=card).count() == 1


def test_an_image_needs_words_and_a_card_has_room_for_twenty(topic: Topic) -> None:
    card = make_card(topic)
    image = attach(card, picture())
    with pytest.raises(DomainError, match="alternative text"):
        save_card(card=card, author=None, images=[Attached("front", image.pk, " ")])
    with pytest.raises(DomainError, match="20 images"):
        save_card(card=card, author=None, images=[Attached("front", image.pk, "A cell")] * 21)
    assert len(images_of(card)) == 1


# --- Cleaning up --------------------------------------------------------------------------


def test_only_images_that_no_version_shows_are_removed(topic: Topic) -> None:
    card = make_card(topic)
    kept, shown = attach(card, picture(1)), attach(make_card(topic), picture(2))
    save_card(card=card, author=None, images=[])
    store_images(sources=[lambda: picture(3)], now=NOW)
    assert remove_unused(now=LATER) == 1
    assert set(MediaFile.objects.values_list("pk", flat=True)) == {kept.pk, shown.pk}
    assert len(files()) == 2


def test_images_of_a_deleted_card_are_removed_at_night(topic: Topic) -> None:
    card = make_card(topic)
    attach(card, picture())
    Card.objects.all().delete()
    remove_unused_media()
    assert files() == []


def test_an_image_that_was_just_stored_waits_for_its_card(topic: Topic) -> None:
    store_images(sources=[picture], now=NOW)
    assert remove_unused(now=NOW + timedelta(hours=1)) == 0
    # Wanted again before its card came: the day begins anew.
    store_images(sources=[picture], now=LATER)
    assert remove_unused(now=LATER + timedelta(hours=1)) == 0
    assert len(files()) == 1


def test_files_that_nobody_knows_of_are_removed_once_they_are_old(topic: Topic) -> None:
    image = attach(make_card(topic), picture())
    stray = Path(settings.MEDIA_ROOT, "images", image.pk[:2], f"{image.pk[:2]}{'0' * 62}.png")
    stray.write_bytes(b"left by an import that failed")
    assert remove_unused(now=now()) == 0
    assert remove_unused(now=now() + 2 * GRACE) == 1
    assert files() == [f"{image.pk}.png"]


def test_the_command_says_how_many_it_removed(db: None) -> None:
    store_images(sources=[picture], now=NOW)
    out = StringIO()
    call_command("remove_unused_media", stdout=out)
    assert out.getvalue() == "1 image removed.\n"


starts = st.sampled_from(
    [picture()[:16], picture()[:8], b"\xff\xd8\xff", gif()[:6], webp()[:16], b"RIFF0000WEBPVP8 "]
)


@given(starts, st.binary(max_size=60))
def test_any_bytes_are_refused_or_have_a_size(start: bytes, rest: bytes) -> None:
    try:
        head = read_head(start + rest)
    except RefusedImage:
        return
    assert 0 < head.width * head.height <= MOST_PIXELS
