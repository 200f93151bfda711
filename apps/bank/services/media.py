"""The files behind the images of cards: kept once under their hash, removed when unused."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from apps.bank.models import IMAGES, CardVersion, MediaFile
from apps.common.errors import DomainError
from apps.common.images import ImageHead, RefusedImage, read_head

BATCH = 500
# A file is stored a moment before the card that shows it, and an author may change their mind.
GRACE = timedelta(days=1)

Source = Callable[[], bytes]


class RefusedFile(DomainError):
    """A file that is no image cards may show."""

    code = "refused_image"


def check_image(data: bytes) -> ImageHead:
    """The kind and size of an image; raises RefusedFile."""
    try:
        return read_head(data)
    except RefusedImage as refused:
        raise RefusedFile(f"This image cannot be taken: {refused.reason}.") from refused


@transaction.atomic
def store_images(*, sources: Sequence[Source], now: datetime) -> list[str]:
    """Keep images, each once however often it comes; returns their hashes.

    Each source is read when its turn comes and not held. Raises RefusedFile.
    """
    rows = [row_of(source(), now) for source in sources]
    MediaFile.objects.bulk_create(rows, BATCH, ignore_conflicts=True)
    hashes = [row.pk for row in rows]
    for start in range(0, len(hashes), BATCH):
        # Holds the rows until the cards are stored too, lest they be removed in between.
        MediaFile.objects.filter(pk__in=hashes[start : start + BATCH]).update(wanted_at=now)
    for row, source in zip(rows, sources, strict=True):
        if not is_whole(row):
            default_storage.delete(row.name)
            default_storage.save(row.name, ContentFile(source()))
    return hashes


def row_of(data: bytes, now: datetime) -> MediaFile:
    head = check_image(data)
    return MediaFile(
        sha256=hashlib.sha256(data).hexdigest(),
        kind=head.kind.value,
        size=len(data),
        width=head.width,
        height=head.height,
        wanted_at=now,
    )


def is_whole(row: MediaFile) -> bool:
    """Whether the bytes are there; a power cut may have left half of them."""
    return default_storage.exists(row.name) and default_storage.size(row.name) == row.size


def remove_unused(*, now: datetime) -> int:
    """Remove images that no version of any card shows; returns how many."""
    earliest = now - GRACE
    needed = hashes_of_versions()
    unused = MediaFile.objects.unwanted_since(earliest).values_list("pk", flat=True)
    gone = [pk for pk in unused if pk not in needed]
    for start in range(0, len(gone), BATCH):
        remove(gone[start : start + BATCH], earliest)
    return len(gone) + remove_strays(earliest)


def hashes_of_versions() -> set[str]:
    """The images of all versions there ever were: each can be restored."""
    with_images = CardVersion.objects.filter(content__has_key="images")
    contents = with_images.order_by().values_list("content__images", flat=True)
    return {image["sha256"] for images in contents.iterator(chunk_size=BATCH) for image in images}


@transaction.atomic
def remove(hashes: Sequence[str], earliest: datetime) -> None:
    """Remove those of these images that nobody has wanted meanwhile."""
    unwanted = MediaFile.objects.unwanted_since(earliest).filter(pk__in=hashes)
    rows = list(unwanted.select_for_update())
    MediaFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        default_storage.delete(row.name)


def remove_strays(earliest: datetime) -> int:
    """Remove files without a row, as an import leaves them that failed at its end."""
    removed = 0
    for folder, names in stored_files():
        known = set(MediaFile.objects.filter(pk__startswith=folder).values_list("pk", flat=True))
        for name in names:
            path = f"{IMAGES}/{folder}/{name}"
            if name.partition(".")[0] in known or modified(path) >= earliest:
                continue
            default_storage.delete(path)
            removed += 1
    return removed


def stored_files() -> Iterator[tuple[str, list[str]]]:
    if not default_storage.exists(IMAGES):
        return
    for folder in default_storage.listdir(IMAGES)[0]:
        yield folder, default_storage.listdir(f"{IMAGES}/{folder}")[1]


def modified(path: str) -> datetime:
    return default_storage.get_modified_time(path).astimezone(timezone.get_default_timezone())
