"""A note of ours as it is written: the fields of its notetype, its tags and its cards."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from apps.exchange.anki.package import cloze
from apps.exchange.anki.package.contents import DeckNote, NoteKind
from apps.exchange.anki.package.decks import note_tags
from apps.exchange.anki.package.notetypes import NOTETYPES
from apps.exchange.anki.package.text import (
    choices_judged,
    choices_to_try,
    is_empty,
    link,
    notice,
    numbered_list,
    shown,
    to_html,
    unfolding_list,
    unshown,
)

_PATH_SEPARATOR = " › "
_FIELD_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A note with the HTML of every field, in the order of its notetype, and its tags as stored.

    `ordinals` are those of the cards that Anki makes of it, ascending; none if it asks nothing.
    """

    note: DeckNote
    fields: tuple[str, ...]
    tags: str
    ordinals: tuple[int, ...]

    @property
    def joined(self) -> str:
        """The fields as Anki stores them."""
        return _FIELD_SEPARATOR.join(self.fields)

    @property
    def digest(self) -> str:
        """Stays the same while an import would change nothing: notetype, fields and tags."""
        parts = (str(self.note.kind), self.tags, *self.fields)
        return hashlib.sha256(_FIELD_SEPARATOR.join(parts).encode()).hexdigest()


def render(note: DeckNote) -> Rendered:
    front, *answer = _ASKED[note.kind](note)
    below = ""
    if note.images:
        front = _with_images(front, note, is_on_back=False)
        if note.kind is NoteKind.REVERSED:
            # Its back asks as well, and the field below it is shown with answers alone.
            answer[0] = _with_images(answer[0], note, is_on_back=True)
        else:
            below = shown(image for image in note.images if image.is_on_back)
    fields = (
        front + unshown(note.apart),
        *answer,
        notice(note.notice) + _topic_line(note.path),
        to_html(note.explanation),
        link(note.source, note.source_url),
        *(below, "", "", str(note.card_id), "", "", ""),
    )
    return Rendered(note, fields, note_tags(note.path, note.tags), _ordinals(note, fields))


def _with_images(field: str, note: DeckNote, *, is_on_back: bool) -> str:
    """A side with its images below its words."""
    images = shown(image for image in note.images if image.is_on_back == is_on_back)
    return f"{field}<br>{images}" if images else field


# A deck of ten thousand notes has a handful of topics.
@lru_cache(maxsize=1024)
def _topic_line(path: tuple[str, ...]) -> str:
    return to_html(_PATH_SEPARATOR.join(path))


def _ordinals(note: DeckNote, fields: tuple[str, ...]) -> tuple[int, ...]:
    if note.kind is NoteKind.CLOZE:
        return cloze.ordinals(note.front)
    return tuple(
        [ordinal for ordinal, place in _ASKS_WITH[note.kind] if not is_empty(fields[place])]
    )


def _plain(note: DeckNote) -> tuple[str, ...]:
    return to_html(note.front), to_html(note.back)


def _cloze(note: DeckNote) -> tuple[str, ...]:
    return cloze.to_html(note.front), to_html(note.back)


def _list(note: DeckNote) -> tuple[str, ...]:
    return to_html(note.front), numbered_list(note.items), unfolding_list(note.items)


def _typed(note: DeckNote) -> tuple[str, ...]:
    also = "<br>".join(to_html(item) for item in note.items)
    return to_html(note.front), to_html(note.back), also


def _choice(note: DeckNote) -> tuple[str, ...]:
    return to_html(note.front), choices_judged(note.choices), choices_to_try(note.choices)


# The fields of each notetype that come before those common to all.
_ASKED: Mapping[NoteKind, Callable[[DeckNote], tuple[str, ...]]] = {
    NoteKind.BASIC: _plain,
    NoteKind.REVERSED: _plain,
    NoteKind.CLOZE: _cloze,
    NoteKind.LIST: _list,
    NoteKind.TYPED: _typed,
    NoteKind.CHOICE: _choice,
}
# The field that each ordinal asks with.
_ASKS_WITH = {
    kind: [(o, notetype.fields.index(t.asks_with)) for o, t in enumerate(notetype.templates)]
    for kind, notetype in NOTETYPES.items()
}
