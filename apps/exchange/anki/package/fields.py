"""A note of ours as the fields of its notetype, and the cards those fields make in Anki."""

from collections.abc import Mapping

from apps.exchange.anki.package import cloze
from apps.exchange.anki.package.contents import DeckNote, NoteKind
from apps.exchange.anki.package.notetypes import (
    BACK,
    CARD_ID,
    EXPLANATION,
    EXTRA,
    FRONT,
    ITEMS,
    NOTETYPES,
    SOURCE,
    TEXT,
    TOPIC,
)
from apps.exchange.anki.package.text import (
    is_empty,
    link,
    numbered_list,
    to_html,
    unfolding_list,
)

_PATH_SEPARATOR = " › "


def note_fields(note: DeckNote) -> dict[str, str]:
    """The HTML of every field of the note's notetype, in the order of the notetype."""
    filled = {
        **_question_and_answer(note),
        TOPIC: to_html(_PATH_SEPARATOR.join(note.path)),
        EXPLANATION: to_html(note.explanation),
        SOURCE: link(note.source, note.source_url),
        CARD_ID: str(note.card_id),
    }
    return {name: filled.get(name, "") for name in NOTETYPES[note.kind].fields}


def note_ordinals(note: DeckNote, fields: Mapping[str, str]) -> tuple[int, ...]:
    """The ordinals of the cards that Anki makes of a note, ascending; none if it asks nothing."""
    if note.kind is NoteKind.CLOZE:
        return cloze.ordinals(note.front)
    templates = NOTETYPES[note.kind].templates
    return tuple(
        ordinal
        for ordinal, template in enumerate(templates)
        if not is_empty(fields[template.asks_with])
    )


def _question_and_answer(note: DeckNote) -> dict[str, str]:
    match note.kind:
        case NoteKind.CLOZE:
            return {TEXT: cloze.to_html(note.front), EXTRA: to_html(note.back)}
        case NoteKind.LIST:
            return {
                FRONT: to_html(note.front),
                BACK: numbered_list(note.items),
                ITEMS: unfolding_list(note.items),
            }
        case NoteKind.BASIC | NoteKind.REVERSED:
            return {FRONT: to_html(note.front), BACK: to_html(note.back)}
