"""The words and images of a card, to be compared with those that come back from Anki."""

from dataclasses import dataclass
from typing import Any

from apps.bank.models import LISTED, Card
from apps.bank.services.items import Attached
from apps.exchange.anki.package.reader_contents import ReadCard
from apps.exchange.anki.package.reader_html import same_words


@dataclass(frozen=True)
class Words:
    """What a card's version remembers; see `apps.bank.services.items.card_content`."""

    kind: str
    front: str
    back: str
    items: tuple[str, ...]
    explanation: str
    images: tuple[Attached, ...] = ()

    @property
    def told(self) -> str:
        """The words in a few lines, for a person."""
        images = (f"[{image.side}: {image.alt}]" for image in self.images)
        return "\n".join(part for part in (self.front, self.back, *self.items, *images) if part)

    @property
    def content(self) -> dict[str, Any]:
        """The form in which versions and suggestions keep words."""
        return {
            "kind": self.kind,
            "front": self.front,
            "back": self.back,
            "items": list(self.items),
            "explanation": self.explanation,
        }

    def asks_the_same_as(self, other: "Words") -> bool:
        """Whether both ask and answer the same, however their lines are broken."""
        return (
            same_words(self.front, other.front)
            and same_words(self.back, other.back)
            and len(self.items) == len(other.items)
            and all(map(same_words, self.items, other.items))
        )

    def shows_the_same_as(self, other: "Words") -> bool:
        """Whether both show the same images; one on both sides counts as on the front."""
        return self._sides_of_images == other._sides_of_images

    @property
    def _sides_of_images(self) -> dict[str, str]:
        return {each.sha256: each.side for each in sorted(self.images, key=lambda i: i.side)}

    def explains_the_same_as(self, other: "Words") -> bool:
        return same_words(self.explanation, other.explanation)

    def on(self, card: Card) -> Card:
        """The card with these words; it is not stored."""
        card.kind, card.front, card.back = self.kind, self.front, self.back
        card.items, card.explanation = list(self.items), self.explanation
        return card


def words_of(content: dict[str, Any]) -> Words:
    """The words that a version or a suggestion keeps."""
    return Words(
        kind=content["kind"],
        front=content["front"],
        back=content["back"],
        items=tuple(content["items"]),
        explanation=content["explanation"],
        images=tuple(Attached(**image) for image in content.get("images", ())),
    )


def proposal(card: Card, draft: ReadCard, images: tuple[Attached, ...]) -> Words:
    """A card of ours with the words it has in Anki, as far as its kind shows them there.

    A list has no back of its own: Anki shows its items there.
    """
    is_list = card.kind in LISTED
    return Words(
        kind=card.kind,
        front=draft.front,
        back=card.back if is_list else draft.back,
        items=draft.items if is_list else tuple(card.items),
        explanation=draft.explanation,
        images=images,
    )
