"""How templates show a card and the lines it cites."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from apps.bank.models import Card
from apps.bank.prompts import Prompt, prompts_of
from apps.notes.models import Passage

register = template.Library()


@dataclass(frozen=True)
class Quote:
    """Lines of a note that stand together; they count from 1, both ends included."""

    note_id: int
    note: str
    first_line: int
    last_line: int
    text: str
    page: int | None


@register.filter
def first_prompt(card: Card) -> Prompt:
    """The first way in which a card is asked: gaps are hidden in it as the learner sees them."""
    return prompts_of(card)[0]


@register.filter
def quotes(passages: Iterable[Passage]) -> list[Quote]:
    """Passages in the order of their lines, with those that follow each other joined."""
    joined: list[Quote] = []
    for passage in sorted(passages, key=lambda p: (p.version_id, p.first_line, p.last_line)):
        note = passage.version.note
        first, text, page = passage.first_line, passage.quote, passage.page
        previous = joined[-1] if joined else None
        if previous and (previous.note_id, previous.last_line + 1) == (note.pk, first):
            joined.pop()
            first, text = previous.first_line, f"{previous.text}\n{text}"
            page = previous.page
        joined.append(Quote(note.pk, note.name, first, passage.last_line, text, page))
    return joined
