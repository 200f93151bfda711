"""A note of an Anki collection as cards of ours, as its templates show it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.exchange.anki.package.notetypes import (
    ANSWER,
    BACK,
    EXPLANATION,
    EXTRA,
    FRONT,
    IMAGE,
    ITEMS,
    NOTETYPES,
    TEXT,
)
from apps.exchange.anki.package.reader_cloze import simple_clozes
from apps.exchange.anki.package.reader_collection import Notetype
from apps.exchange.anki.package.reader_contents import (
    ON_BACK,
    ON_FRONT,
    ReadCard,
    ReadImage,
    ReadKind,
    ReadNote,
    Skip,
)
from apps.exchange.anki.package.reader_html import (
    Find,
    Plain,
    Shown,
    TooMuchMarkup,
    list_items,
    same_words,
    to_plain,
)
from apps.exchange.anki.package.reader_template import answer_side, question_side

_IMAGE_OCCLUSION = 6
_OCCLUDED = "image-occlusion:"
LONGEST_NAME = 80
MOST_ORDINALS = 500
_OURS = {notetype.notetype_id for notetype in NOTETYPES.values()}


@dataclass(frozen=True, slots=True)
class CardRow:
    """A row of Anki's `cards`: its deck's path, and whether it is suspended."""

    ordinal: int
    deck: tuple[str, ...]
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """Question and answer of one ordinal."""

    question: Plain
    answer: Plain

    @property
    def images(self) -> tuple[ReadImage, ...]:
        """Each image once: the answer stands below the question, so what it repeats is there."""
        sides = [(ON_FRONT, shown) for shown in self.question.images if not shown.is_hidden]
        sides += [(ON_BACK, shown) for shown in self.question.images if shown.is_hidden]
        sides += [(ON_BACK, shown) for shown in self.answer.images]
        once: dict[str, ReadImage] = {}
        for side, shown in sides:
            once.setdefault(shown.sha256, ReadImage(side, shown.sha256, shown.alt))
        return tuple(once.values())


def read_note(
    guid: str,
    values: Sequence[str],
    notetype: Notetype | None,
    rows: Sequence[CardRow],
    find: Find,
) -> ReadNote:
    """What a note makes here; a note that makes nothing says why."""
    note = ReadNote(
        guid=guid,
        name=_name(values),
        ordinals=tuple(sorted(row.ordinal for row in rows)),
        suspended=tuple(sorted(row.ordinal for row in rows if row.is_suspended)),
    )
    if notetype is None or not notetype.templates:
        return replace(note, skip=Skip.NO_NOTETYPE)
    if len(values) != len(notetype.fields):
        return replace(note, skip=Skip.WRONG_FIELDS)
    if not rows:
        return replace(note, skip=Skip.NO_CARDS)
    fields = dict(zip(notetype.fields, values, strict=True))
    if notetype.stock_kind == _IMAGE_OCCLUSION or any(_OCCLUDED in value for value in values):
        return replace(note, skip=Skip.OCCLUSION)
    try:
        return _with_cards(note, fields, notetype, rows, find)
    except TooMuchMarkup:
        return replace(note, skip=Skip.TOO_LONG)


def _name(values: Sequence[str]) -> str:
    """The beginning of the first field that says something, to know the note by."""
    for value in values[:3]:
        # A name needs no more than the first of a long text.
        text = to_plain(value[:1000]).text
        if text:
            return " ".join(text.split())[:LONGEST_NAME]
    return "(empty)"


def _with_cards(
    note: ReadNote,
    fields: Mapping[str, str],
    notetype: Notetype,
    rows: Sequence[CardRow],
    find: Find,
) -> ReadNote:
    lost: dict[str, None] = {}

    def read(markup: str) -> Plain:
        plain = to_plain(markup, find)
        lost.update(dict.fromkeys(plain.pictures))
        return plain

    if notetype.notetype_id in _OURS:
        cards, skipped = _of_our_fields(fields, notetype, rows, read)
    elif notetype.is_cloze:
        cards, skipped = _of_cloze(fields, notetype, rows, read)
    else:
        cards, skipped = _of_templates(fields, notetype, rows, read)
    return replace(
        note,
        cards=tuple(cards),
        skipped=skipped,
        skip=next(iter(skipped.values()), Skip.NO_CARDS) if not cards else None,
        keeps_our_fields=notetype.notetype_id in _OURS,
        lost=tuple(lost) if cards else (),
    )


Cards = tuple[list[ReadCard], dict[int, Skip]]
Read = Callable[[str], Plain]


def _of_templates(
    fields: Mapping[str, str], notetype: Notetype, rows: Sequence[CardRow], read: Read
) -> Cards:
    """A card for each template that has a row; two that ask each other's answers are one."""
    sides: dict[int, _Side] = {}
    skipped: dict[int, Skip] = {}
    for row in rows:
        if row.ordinal >= len(notetype.templates):
            skipped[row.ordinal] = Skip.NOTHING_ASKED
            continue
        template = notetype.templates[row.ordinal]
        side = _Side(
            read(question_side(template.question, fields)),
            read(answer_side(template.answer, fields)),
        )
        reason = _why_not(side)
        if reason is None:
            sides[row.ordinal] = side
        else:
            skipped[row.ordinal] = reason
    by_ordinal = {row.ordinal: row for row in rows}
    if _ask_each_other(sides):
        one, other = sorted(sides)
        ordinals = {one: 0, other: 1}
        return [_card(ReadKind.REVERSED, sides[one], ordinals, by_ordinal)], skipped
    return [
        _card(ReadKind.BASIC, side, {ordinal: 0}, by_ordinal)
        for ordinal, side in sorted(sides.items())
    ], skipped


def _why_not(side: _Side) -> Skip | None:
    """Why a card cannot be asked in words or images."""
    if not side.question.is_told:
        shows = side.question.pictures or side.question.sounds
        return Skip.PICTURE_QUESTION if shows else Skip.EMPTY_QUESTION
    if not side.answer.is_told:
        shows = side.answer.pictures or side.answer.sounds
        return Skip.PICTURE_ANSWER if shows else Skip.EMPTY_ANSWER
    return None


def _ask_each_other(sides: Mapping[int, _Side]) -> bool:
    if len(sides) != 2:  # noqa: PLR2004 - the two directions of a card
        return False
    one, other = (sides[ordinal] for ordinal in sorted(sides))
    return _say_the_same(one.question, other.answer) and _say_the_same(one.answer, other.question)


def _say_the_same(one: Plain, other: Plain) -> bool:
    images = [shown.sha256 for shown in one.images]
    return same_words(one.text, other.text) and images == [shown.sha256 for shown in other.images]


def _card(
    kind: ReadKind,
    side: _Side,
    ordinals: dict[int, int],
    rows: Mapping[int, CardRow],
) -> ReadCard:
    return ReadCard(
        kind=kind,
        front=side.question.side,
        back=side.answer.text if kind is ReadKind.CLOZE else side.answer.side,
        deck=rows[min(ordinals)].deck,
        ordinals=ordinals,
        suspended=tuple(each for each in ordinals if rows[each].is_suspended),
        images=side.images,
    )


def _of_cloze(
    fields: Mapping[str, str], notetype: Notetype, rows: Sequence[CardRow], read: Read
) -> Cards:
    template = notetype.templates[0]
    text = read(question_side(template.question, fields, is_cloze=True))
    extra = read(answer_side(template.answer, fields, is_cloze=True))
    return _clozes(_Side(text, extra), rows)


def _clozes(side: _Side, rows: Sequence[CardRow]) -> Cards:
    """The cards of a cloze text; a row whose gap is gone is skipped."""
    by_ordinal = {row.ordinal: row for row in rows}
    cards = []
    for asked, one in simple_clozes(side.question.text).items():
        held = [ordinal for ordinal in asked if ordinal in by_ordinal]
        if not held:
            continue
        whole = len(asked) > 1
        ordinals = {ordinal: ordinal if whole or _is_first(one, ordinal) else 0 for ordinal in held}
        here = replace(side, question=replace(side.question, text=one))
        cards.append(_card(ReadKind.CLOZE, here, ordinals, by_ordinal))
    asked_here = {ordinal for card in cards for ordinal in card.ordinals}
    skipped = {ordinal: Skip.NOTHING_ASKED for ordinal in by_ordinal if ordinal not in asked_here}
    return cards, skipped


def _is_first(text: str, ordinal: int) -> bool:
    """Whether a text that asks one ordinal still asks it by its own number."""
    return f"{{{{c{ordinal + 1}::" in text


def _of_our_fields(
    fields: Mapping[str, str], notetype: Notetype, rows: Sequence[CardRow], read: Read
) -> Cards:
    """The card as our own export wrote it, with what its learner has changed."""
    explanation = to_plain(fields.get(EXPLANATION, "")).text
    below = read(fields.get(IMAGE, "")).images
    if TEXT in fields:
        side = _Side(read(fields[TEXT]), _with_images(read(fields.get(EXTRA, "")), below))
        cards, skipped = _clozes(side, rows)
        return [replace(card, explanation=explanation) for card in cards], skipped
    answer = read(fields.get(BACK, fields.get(ANSWER, "")))
    side = _Side(read(fields.get(FRONT, "")), _with_images(answer, below))
    by_ordinal = {row.ordinal: row for row in rows if row.ordinal < len(notetype.templates)}
    skipped = {row.ordinal: Skip.NOTHING_ASKED for row in rows if row.ordinal not in by_ordinal}
    reason = _why_not(side)
    if reason is not None or not by_ordinal:
        skipped |= dict.fromkeys(by_ordinal, reason or Skip.NOTHING_ASKED)
        return [], skipped
    ordinals = {ordinal: ordinal for ordinal in by_ordinal}
    kind = ReadKind.REVERSED if len(notetype.templates) > 1 else ReadKind.BASIC
    items = list_items(fields[BACK]) if ITEMS in fields else ()
    card = _card(ReadKind.LIST if items else kind, side, ordinals, by_ordinal)
    return [replace(card, items=items, explanation=explanation)], skipped


def _with_images(plain: Plain, more: tuple[Shown, ...]) -> Plain:
    return replace(plain, images=plain.images + more)
