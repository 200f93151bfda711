"""Our cards and questions as notes for Anki."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.bank.models import LISTED, WRITTEN, Card, CardKind, Item, Question, QuestionKind, Side
from apps.exchange.anki.package.contents import Choice, DeckNote, NoteImage, NoteKind

SPAN_OF_A_LINE = 300


def deck_note(item: Card | Question, *, tags: tuple[str, ...], **place: Any) -> DeckNote:
    """The note of a card or question; `place` is all that its words do not say."""
    words = card_words(item) if isinstance(item, Card) else question_words(item)
    return DeckNote(
        card_id=item.pk,
        explanation=item.explanation,
        source=source_text(item),
        source_url=source_url(item),
        tags=tags,
        **words,
        **place,
    )


def card_words(card: Card) -> dict[str, Any]:
    if card.kind in LISTED:
        kind = NoteKind.LIST
    elif card.kind in {CardKind.REVERSED, CardKind.CLOZE}:
        kind = NoteKind(card.kind)
    else:
        kind = NoteKind.BASIC
    return {
        "kind": kind,
        "front": card.front,
        "back": card.back,
        "items": tuple(card.items),
        "images": tuple(
            NoteImage(row.file_id, row.file.kind, row.alt, row.side == Side.BACK)
            for row in card.images.all()
        ),
    }


def question_words(question: Question) -> dict[str, Any]:
    """How a question is asked where nobody marks it: typed, chosen, or unfolded as a list."""
    front = question.stem
    accepted = tuple(str(answer) for answer in question.accepted)
    if question.kind in WRITTEN:
        answer, *also = accepted or ("",)
        return {"kind": NoteKind.TYPED, "front": front, "back": answer, "items": tuple(also)}
    if question.kind == QuestionKind.ORDER:
        return {"kind": NoteKind.LIST, "front": front, "items": accepted}
    choices = list(question.choices.all())
    if question.kind == QuestionKind.MATCH:
        terms = "\n".join(f"• {choice.text}" for choice in choices)
        pairs = tuple(f"{choice.text}: {choice.why}" for choice in choices)
        return {"kind": NoteKind.LIST, "front": f"{front}\n{terms}", "items": pairs}
    if question.kind == QuestionKind.MULTIPLE:
        front = f"{front}\n(Several are right.)"
    offered = tuple(Choice(choice.text, choice.is_correct, choice.why) for choice in choices)
    return {"kind": NoteKind.CHOICE, "front": front, "choices": offered}


def retired_notice(day: date) -> str:
    """What stands above a note that the exam no longer asks: an import cannot delete it."""
    return (
        f"No longer part of this exam since {day:%Y-%m-%d}. "
        f"To delete all such notes, search for tag:retired::* in Anki."
    )


def retired_tag(day: date) -> str:
    return f"retired::{day:%Y-%m-%d}"


def source_text(item: Item) -> str:
    """Where the item can be checked: note, line and the line's words."""
    return "\n".join(f"{p}: {p.quote[:SPAN_OF_A_LINE].strip()}" for p in item.passages.all())


def source_url(item: Item) -> str:
    passage = next(iter(item.passages.all()), None)
    if passage is None:
        return ""
    page = reverse("note", args=[passage.version.note_id])
    return f"{settings.SITE_URL.rstrip('/')}{page}?line={passage.first_line}"
