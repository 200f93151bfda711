"""Cards that a person writes beside a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Status
from apps.bank.services.items import save_card
from apps.courses.models import Topic
from apps.notes.models import NoteVersion
from apps.notes.services import cite


@dataclass(frozen=True)
class CardWords:
    """What a card says."""

    kind: str = CardKind.BASIC
    front: str = ""
    back: str = ""
    items: Sequence[str] = ()
    explanation: str = ""

    def give_to(self, card: Card) -> None:
        card.kind, card.front, card.back = self.kind, self.front, self.back
        card.items, card.explanation = list(self.items), self.explanation


@transaction.atomic
def write_card(
    *,
    author: User,
    owner: User | None,
    topic: Topic,
    words: CardWords,
    version: NoteVersion,
    lines: tuple[int, int],
) -> Card:
    """Store a card that cites these lines of a note, and ask it from now on.

    Without an `owner` it is the course's. Raises DomainError where it cannot be asked.
    """
    card = Card(exam=topic.exam, topic=topic, owner=owner, note=version.note)
    card.status = Status.PUBLISHED
    words.give_to(card)
    save_card(card=card, author=author)
    card.passages.set(cite(version=version, spans=[lines]))
    return card


@transaction.atomic
def rewrite_card(*, card: Card, author: User, words: CardWords) -> bool:
    """Give a card other words as a new version; returns whether they changed."""
    words.give_to(card)
    return save_card(card=card, author=author)
