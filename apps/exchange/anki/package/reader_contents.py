"""What is read out of an Anki package: notes as cards of ours, and the answers to them."""

from dataclasses import astuple, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from apps.common.images import Refusal


class ReadKind(StrEnum):
    """How a card asks, in the words of the bank."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    LIST = "list"


class Skip(StrEnum):
    """Why something in a package is left out, for whoever sent it."""

    NO_NOTETYPE = "its notetype is not in the package"
    WRONG_FIELDS = "it has another number of fields than its notetype"
    NO_GUID = "it has no id by which it could be known again"
    TWICE = "it comes twice in the package"
    NO_CARDS = "no card of the package asks it"
    TOO_LONG = "it is too long, or its markup too tangled, to be a card"
    OCCLUSION = "it asks with hidden areas of a picture"
    EMPTY_QUESTION = "its question is empty"
    EMPTY_ANSWER = "its answer is empty"
    PICTURE_QUESTION = "its question is only a sound, or an image that could not be taken"
    PICTURE_ANSWER = "its answer is only a sound, or an image that could not be taken"
    NOTHING_ASKED = "its note no longer asks this (an empty card in Anki)"
    NO_NOTE = "its note is not in the package, or left out"
    DAMAGED_ROW = "its row is damaged"
    NOT_ANSWERED = "it was set by hand or by Anki, not answered"
    PRACTICE = "it was practice that left the schedule alone"
    NO_CARD = "its card is not in the package, or left out"
    OUT_OF_TIME = "its date lies in the future or before Anki"
    UNUSED = "no card that comes in shows it"
    SOUND = "it is a sound: cards here have words and images"
    VIDEO = "it is a video: cards here have words and images"
    OTHER_MEDIA = "cards here need no such file"
    TOO_MUCH_MEDIA = "a deck brings 10,000 images and 200 MB of them at most"
    DAMAGED_FILE = "it is not in the package, or damaged there"
    OTHER_KIND = Refusal.OTHER_KIND.value
    SVG = Refusal.SVG.value
    DAMAGED_IMAGE = Refusal.DAMAGED.value
    TOO_LARGE = Refusal.TOO_LARGE.value
    TOO_MANY_PIXELS = Refusal.TOO_MANY_PIXELS.value


ON_FRONT, ON_BACK = "front", "back"


@dataclass(frozen=True, slots=True)
class ReadImage:
    """An image on a side of a card; one of ours is known by its name where its file is missing."""

    side: str
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class ReadCard:
    """One card of ours: `ordinals` maps the ordinals it has in Anki to those it has here.

    `first` is the lowest ordinal in Anki, which tells the cards of one note apart for good.
    `suspended` are the ordinals, in Anki, that are not asked there.
    """

    kind: ReadKind
    front: str
    back: str
    deck: tuple[str, ...]
    ordinals: dict[int, int]
    items: tuple[str, ...] = ()
    explanation: str = ""
    suspended: tuple[int, ...] = ()
    images: tuple[ReadImage, ...] = ()

    @property
    def first(self) -> int:
        return min(self.ordinals)

    def to_json(self) -> dict[str, Any]:
        values = {each.name: getattr(self, each.name) for each in _CARD_FIELDS}
        return {**values, "images": [astuple(image) for image in self.images]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        return cls(
            **{
                **told,
                "kind": ReadKind(told["kind"]),
                "deck": tuple(told["deck"]),
                "items": tuple(told["items"]),
                "suspended": tuple(told["suspended"]),
                "images": tuple(ReadImage(*image) for image in told["images"]),
                "ordinals": {int(key): value for key, value in told["ordinals"].items()},
            }
        )


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note of the package, known by its guid, as the cards it makes here.

    `skip` says why it makes none; `skipped` tells the same of single ordinals. `ordinals` are
    those of all its cards in the package. `keeps_our_fields` says that the words are those of
    one of our own notetypes, and so can be compared with the card they came from. `lost` are the
    names of pictures that the cards show only by name.
    """

    guid: str
    name: str
    cards: tuple[ReadCard, ...] = ()
    ordinals: tuple[int, ...] = ()
    suspended: tuple[int, ...] = ()
    skip: Skip | None = None
    skipped: dict[int, Skip] = field(default_factory=dict)
    keeps_our_fields: bool = False
    lost: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        values = {each.name: getattr(self, each.name) for each in _NOTE_FIELDS}
        return {**values, "cards": [card.to_json() for card in self.cards]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        return cls(
            **{
                **told,
                "cards": tuple(ReadCard.from_json(card) for card in told["cards"]),
                "ordinals": tuple(told["ordinals"]),
                "lost": tuple(told["lost"]),
                "suspended": tuple(told["suspended"]),
                "skip": told["skip"] and Skip(told["skip"]),
                "skipped": {int(key): Skip(skip) for key, skip in told["skipped"].items()},
            }
        )


_CARD_FIELDS = fields(ReadCard)
_NOTE_FIELDS = fields(ReadNote)


@dataclass(frozen=True, slots=True)
class ReadReview:
    """One answer: `moment_ms` since 1970 in UTC, `rating` 1 (again) to 4 (easy)."""

    guid: str
    ordinal: int
    moment_ms: int
    rating: int
    duration_ms: int

    def to_json(self) -> list[Any]:
        """The values in the order of the fields."""
        return [self.guid, self.ordinal, self.moment_ms, self.rating, self.duration_ms]


@dataclass(frozen=True, slots=True)
class ReadMedia:
    """A media file: the hash under which it was copied out, or why it was not."""

    name: str
    sha256: str
    skip: Skip | None

    def to_json(self) -> list[Any]:
        return [self.name, self.sha256, self.skip]

    @classmethod
    def from_json(cls, told: list[Any]) -> Self:
        name, sha256, skip = told
        return cls(name, sha256, skip and Skip(skip))


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """All of a package, every row accounted for.

    `skipped_cards` and `skipped_reviews` count, by reason, what belongs to no note that was read.
    Images were copied into `folder`, under their hashes.
    """

    made_by: str
    notes: tuple[ReadNote, ...]
    reviews: tuple[ReadReview, ...]
    skipped_cards: dict[Skip, int]
    skipped_reviews: dict[Skip, int]
    media: tuple[ReadMedia, ...]
    folder: Path
