"""What a note now says of an item that a person has edited: offered, never forced."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.bank.errors import WrongStatus
from apps.bank.models import Card, Item, Question, Suggestion, SuggestionState
from apps.bank.services.items import (
    ChoiceText,
    card_content,
    check_card,
    save_card,
    save_question,
)


@transaction.atomic
def suggest(*, item: Item, content: dict[str, Any]) -> Suggestion | None:
    """Offer new words for an item; None where just these were declined before.

    One item has one open suggestion: newer words replace older ones.
    """
    target = {"card": item} if isinstance(item, Card) else {"question": item}
    earlier = Suggestion.objects.filter(**target)
    if any(each.state == SuggestionState.DECLINED and each.content == content for each in earlier):
        return None
    suggestion, _ = Suggestion.objects.update_or_create(
        **target, state=SuggestionState.OPEN, defaults={"content": content}
    )
    return suggestion


@transaction.atomic
def suggest_words(*, card: Card, words: dict[str, Any]) -> Suggestion | None:
    """Offer other words for some parts of a card to those who edit it.

    Raises DomainError where the card could not be asked with them. None where they are the
    words it has, or were declined before.
    """
    now = card_content(card)
    content = now | words
    check_card(Card(**content))
    return None if content == now else suggest(item=card, content=content)


@transaction.atomic
def accept(*, suggestion: Suggestion, author: User) -> None:
    """Give the item the suggested words, as a new version by `author`."""
    close(suggestion, SuggestionState.ACCEPTED)
    content = suggestion.content
    item = suggestion.item
    if isinstance(item, Card):
        for field in ("kind", "front", "back", "items"):
            setattr(item, field, content[field])
        item.explanation = content.get("explanation", item.explanation)
        save_card(card=item, author=author)
    elif isinstance(item, Question):
        for field in ("kind", "stem", "accepted", "explanation"):
            setattr(item, field, content[field])
        choices = [ChoiceText(**choice) for choice in content["choices"]]
        save_question(question=item, author=author, choices=choices)


@transaction.atomic
def decline(*, suggestion: Suggestion) -> None:
    """Keep the item as it is; the same words are not offered again."""
    close(suggestion, SuggestionState.DECLINED)


def close(suggestion: Suggestion, state: SuggestionState) -> None:
    changed = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.OPEN).update(
        state=state
    )
    if not changed:
        raise WrongStatus("Somebody has answered this suggestion already.")
