"""Rebuilds the tree of a list whose indents were lost in copying."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.extraction.documents import Block, BlockKind, Line, NodeKind, Reason
from apps.extraction.lexicon import is_verb, words
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import is_code_token, is_heading_line, is_open, to_blocks
from apps.extraction.outline.sections import DETAIL, MAJOR, MINOR, Sections
from apps.extraction.outline.tree import UNSURE, Tree
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import leading_pronoun, own_subject, split_label
from apps.extraction.titles import acronym_of, clean_title, is_generic, is_name

MAX_JOINED = 1000
_LABELLED = re.compile(r"^[^:]{1,60}:\s+\S")
_TAIL_BULLET = re.compile(r"\s?- (?=[A-Z0-9][\w'’]*\s)")
_GUESSED = 0.75
CODE_WORDS = 3
MAX_NAME_WORDS, LOW = 4, 2
MAX_BODY = 60
"""Lines of a block in braces."""
_COINED = re.compile(r"(?:[A-Z][a-z]*){2,}")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A list copied with its first item repeated at its end: items `first` up to `end`."""

    first: int
    end: int


def build_flat(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree."""
    blocks = _with_levels(to_blocks(_mended(lines, tree), tree, wraps=False))
    sections = Sections(tree)
    start = 0
    while start < len(blocks):
        block = blocks[start]
        if block.kind is BlockKind.HEADING:
            sections.enter(block.text, block.span, block.level)
            start += 1
            continue
        end = start
        while end < len(blocks) and blocks[end].kind is not BlockKind.HEADING:
            end += 1
        _place_section(blocks[start:end], tree, sections.current)
        start = end


def _mended(lines: Sequence[Line], tree: Tree) -> list[Line]:
    """Return the lines with inline code, which the copy put on lines of its own, back in place."""
    mended: list[Line] = []
    bodies = _bodies(lines)
    for place, line in enumerate(lines):
        if place in bodies:
            tree.skip(line.no, Reason.CODE)
            continue
        after = lines[place + 1] if place + 1 < len(lines) else None
        lone = bool(mended) and bool(mended[-1].marker) and not mended[-1].clean
        if lone and not line.marker:
            mended[-1] = replace(line, marker=mended[-1].marker)
            tree.skip(line.no - 1, Reason.LONE_MARKER)
        elif mended and _belongs_above(mended[-1], line, after):
            tree.skip(line.no, Reason.CODE)
            mended.extend(_merged(mended.pop(), line))
        else:
            mended.append(line)
    return mended


def _bodies(lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines from one that opens a brace to the one that closes it."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        if place in found or line.marker or not line.clean.endswith("{"):
            continue
        depth = 0
        for end in range(place, min(len(lines), place + MAX_BODY)):
            depth += lines[end].clean.count("{") - lines[end].clean.count("}")
            if depth <= 0:
                found.update(range(place, end + 1))
                break
    return found


def _belongs_above(above: Line, line: Line, after: Line | None) -> bool:
    if line.marker or line.gap or not above.clean or len(above.clean) > MAX_JOINED:
        return False
    if line.clean[:1].islower() or line.clean[:1] in ",;)":
        return True
    goes_on = after is not None and not after.marker and after.clean[:1].islower()
    if is_code_token(line.clean):
        heads = after is not None and bool(after.marker) and not is_open(above.clean)
        named = heads and _COINED.fullmatch(line.clean) is not None
        return goes_on or (bool(above.marker) and not named)
    if goes_on and above.marker and len(words(line.clean)) <= CODE_WORDS:
        return True
    return bool(above.marker) and is_open(above.clean) and not is_heading_line(line)


def _merged(above: Line, line: Line) -> list[Line]:
    """Join a line to the one above; what follows a dash in it is the next item."""
    head, *rest = _TAIL_BULLET.split(line.clean, maxsplit=1)
    glue = "" if head[:1] in ",;)." else " "
    joined = [
        replace(above, no=above.no, clean=f"{above.clean}{glue}{head}".strip(), loose=line.loose)
    ]
    if rest:
        joined.append(replace(line, clean=rest[0], marker="-"))
    return joined


def _with_levels(blocks: Sequence[Block]) -> list[Block]:
    """A heading right on another one is below it; so is a generic title, and one that names it."""
    levelled: list[Block] = []
    holder = ""
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            levelled.append(block)
            continue
        above = levelled[place - 1] if place else None
        title = clean_title(block.text)
        if is_generic(title):
            level = DETAIL
        elif (above is not None and above.kind is BlockKind.HEADING and above.level == MAJOR) or (
            holder and _names(title, holder)
        ):
            level = MINOR
        else:
            level, holder = MAJOR, title
        levelled.append(replace(block, level=level))
    return levelled


def _names(title: str, holder: str) -> bool:
    """Return whether a title takes up the whole name of the section it may belong to."""
    held = [word.lower() for word in words(holder)]
    return set(held) < {word.lower().removesuffix("'s") for word in words(title)} and bool(held)


def _place_section(blocks: Sequence[Block], tree: Tree, section: int | None) -> None:
    brackets = find_brackets([_key(block) for block in blocks])
    for bracket in brackets:
        span = blocks[bracket.end].span
        for no in range(span.first, span.last + 1):
            tree.skip(no, Reason.ECHO)
    by_first = {bracket.first: bracket for bracket in brackets}
    _place(blocks, tree, section, by_first)


def _key(block: Block) -> str:
    return " ".join(block.text.lower().split()) if block.marker else ""


def find_brackets(keys: Sequence[str]) -> list[Bracket]:
    """Return the echoes of a section: pairs of equal items that nest, first item and repeat.

    An echo needs a parent above its first item and something between the two. A pair that
    would cross another one is an accident of wording and is refused; the inner pair wins.
    """
    found: list[Bracket] = []
    open_at: dict[str, int] = {}
    fence = -1
    for place, key in enumerate(keys):
        first = open_at.get(key) if key else None
        if first is not None and first > 0 and place - first > 1 and _nests(found, first, place):
            found.append(Bracket(first, place))
            fence = max(fence, place)
            open_at.pop(key)
            continue
        if key:
            open_at[key] = place
    return found


def _nests(found: Sequence[Bracket], first: int, end: int) -> bool:
    """Return whether no bracket found so far begins before `first` and ends inside."""
    for bracket in reversed(found):
        if bracket.end < first:
            return True
        if bracket.first < first <= bracket.end:
            return False
    return end > first


@dataclass(slots=True)
class _Level:
    """One list being filled: where it ends, who holds it, the form of its items."""

    end: int
    parent: int | None
    form: str
    last: int | None = None
    named: bool = False
    """Whether a bare name stands below `last`: what follows may be said of either."""


def _place(
    blocks: Sequence[Block], tree: Tree, section: int | None, brackets: dict[int, Bracket]
) -> None:
    """Walk through a section with a stack of lists; brackets say exactly where lists end."""
    levels = [_Level(len(blocks), section, _form(blocks[0]))]
    echoes = {bracket.end for bracket in brackets.values()}
    latest: int | None = section
    for place, block in enumerate(blocks):
        while len(levels) > 1 and place >= levels[-1].end:
            levels.pop()
            levels[-1].last, levels[-1].named = None, False
        if place in echoes:
            continue
        if place in brackets:
            levels.append(_Level(brackets[place].end, latest, _form(block)))
        level = levels[-1]
        form = _form(block)
        own = own_subject(block.text) if form == "plain" else ""
        bare = form == "plain" and _is_bare_name(block.text)
        opens_exactly = place + 1 in brackets
        sibling = (
            (len(levels) == 1 and is_name(own))
            or level.last is None
            or form in (level.form, "opener")
            or not block.marker
            or (opens_exactly and bare)
        )
        if form != "plain" or not block.marker:
            level.named = False
        if sibling or (opens_exactly and level.form == "plain"):
            parent, sure = level.parent, 1.0
        else:
            parent, sure = level.last, _GUESSED
        if level.named and not bare:
            sure = UNSURE
        level.named = level.named or (bare and not opens_exactly)
        latest = tree.add_item(
            block.text,
            block.span,
            parent,
            certainty=sure,
            ordinal=block.ordinal,
            kind=NodeKind.ITEM if block.marker else NodeKind.PARA,
            noise=text_noise(block.text, bulleted=bool(block.marker)),
            breaks=block.breaks,
        )
        if form != "plain" and (sibling or level.last is None):
            level.last = latest
            if level.form == "plain":
                level.form = form


def _is_bare_name(text: str) -> bool:
    """Return whether an item only names a thing, of which the next ones may tell."""
    tokens = words(text)
    if not 1 <= len(tokens) <= MAX_NAME_WORDS or not text[0].isupper() or "," in text:
        return False
    if is_verb(tokens[0].lower()) or leading_pronoun(text) is not None or own_subject(text):
        return False
    low = any(word.islower() and len(word) > LOW for word in tokens)
    return not low and split_label(text) is None and not find_quantities(text)


def _form(block: Block) -> str:
    """Return the form an item shares with its siblings: opener, labelled, named or plain."""
    text = block.text
    if text.endswith(":"):
        return "opener"
    if _LABELLED.match(text):
        return "labelled"
    if acronym_of(text) is not None:
        return "named"
    return "plain"
