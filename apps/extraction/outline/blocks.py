"""Joins the lines of a plain note into blocks: headings, items with their wraps, paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from apps.extraction.documents import Block, BlockKind, Line, Reason, Span
from apps.extraction.lexicon import words
from apps.extraction.lines import MAX_LINE
from apps.extraction.noise import line_noise
from apps.extraction.outline.tree import Tree
from apps.extraction.sentences import is_base_verb, own_subject, split_label
from apps.extraction.titles import is_title

MAX_CODE = 80
NAME_WORDS, OWN, FIRST = 4, 2, 3
SHORT = 50
"""Characters up to which a line ends where its writer wants it to, not at the page's edge."""
COLUMNS = 2
"""Bars between the cells of a row."""
_PIPE = re.compile(r"\s+\|\s+")
_NO_TITLE = re.compile(r"→|⇒|\s[-=]>\s|^[\"“].*[\"”]$|\?\s")
"""What no title holds: an arrow, a saying, a question with more behind it."""
_CODE_TOKEN = re.compile(
    r"^(?=\S*[._/:-])[a-z][\w./:-]*$|^/\S+$|^[A-Za-z]+[a-z][A-Z]\w*(?:_\w+)?$|^[A-Z][a-z]+(?:[A-Z][a-z]+)+$"
)
_OPEN_END = re.compile(
    r"[,(–—-]$|\b(?:the|a|an|and|or|of|for|to|in|with|via|like|is|are|be|same|"
    r"(?:clos|near|larg|low|high|small|fast|long|short|old|new|great)est)$",
    re.I,
)


def to_blocks(lines: Iterable[Line], tree: Tree, *, wraps: bool = True) -> list[Block]:
    """Return the blocks of the lines; lines that are none are left out of the tree.

    `wraps` says whether a line without a bullet may continue the item above it.
    """
    blocks: list[Block] = []
    lone: Line | None = None
    written = list(lines)
    for line, below in zip_longest(written, written[1:]):
        if len(line.raw) > MAX_LINE:
            tree.skip(line.no, Reason.TOO_LONG)
        elif not line.clean:
            reason = line_noise(line) or Reason.RULE
            tree.skip(line.no, reason)
            lone = line if reason is Reason.LONE_MARKER else lone
            continue
        elif line.marker:
            kind = BlockKind.HEADING if _is_numbered_heading(line, below) else BlockKind.ITEM
            blocks.append(_block(kind, line))
        elif "\t" in line.clean or _is_piped(line):
            row = _block(BlockKind.ROW, line)
            blocks.append(replace(row, text=_PIPE.sub("\t", row.text.strip("| "))))
        elif lone is not None and lone.no == line.no - 1:
            blocks.append(_adopted(line, lone))
        elif wraps and blocks and _continues(blocks[-1], line):
            blocks[-1] = _joined(blocks[-1], line)
        else:
            opens = line.indent > 1 and line.clean.endswith(":") and below is not None
            heading = is_heading_line(line) and not (opens and below is not None and below.marker)
            kind = BlockKind.HEADING if heading else BlockKind.PARA
            blocks.append(_block(kind, line))
        lone = None
    return blocks


def is_heading_line(line: Line) -> bool:
    """Return whether a line without a bullet can be a heading."""
    if line.marker or _NO_TITLE.search(line.clean) or (not line.gap and _is_sentence(line.clean)):
        return False
    return line_noise(line) is None and is_title(line.clean)


def _is_sentence(text: str) -> bool:
    """Return whether a line without a colon says something of a subject it names."""
    if text.rstrip().endswith((":", "?")) or len(words(text)) <= FIRST:
        return False
    return bool(own_subject(text))


def _is_piped(line: Line) -> bool:
    """Return whether a line is the row of a table drawn with bars: "nerve | muscle | sign"."""
    return len(_PIPE.findall(line.clean.strip("| "))) >= COLUMNS


def _is_numbered_heading(line: Line, below: Line | None) -> bool:
    """Return whether a numbered line stands alone like a heading: "3. Applications:".

    A short name may also stand right on its text, as long as that is no next number.
    """
    if line.ordinal is None or line.indent > 1 or not is_title(line.clean):
        return False
    if line.gap > 0 and line.loose:
        return True
    name = len(words(line.clean)) <= NAME_WORDS and not is_base_verb(words(line.clean)[0])
    alone = line.gap > 0 or line.no <= FIRST
    return name and alone and below is not None and below.ordinal is None


def is_code_token(text: str) -> bool:
    """Return whether a line holds nothing but one name of a program's making."""
    return len(text) < MAX_CODE and _CODE_TOKEN.match(text.strip(",;")) is not None


def is_open(text: str) -> bool:
    """Return whether a text ends where its sentence cannot."""
    return _OPEN_END.search(text) is not None or text.count("(") > text.count(")")


def _stands_alone(text: str) -> bool:
    """Return whether a line that begins in small letters begins something of its own."""
    label = split_label(text)
    named = label is not None and label[1] == ":" and len(words(label[0])) <= NAME_WORDS
    return named or 0 < len(words(own_subject(text))) <= OWN


def _block(kind: BlockKind, line: Line) -> Block:
    return Block(
        kind,
        line.clean,
        line.span,
        indent=line.indent,
        marker=line.marker,
        ordinal=line.ordinal,
        gap=line.gap,
        loose=line.loose,
        breaks=line.breaks,
    )


def _adopted(line: Line, lone: Line) -> Block:
    """A line whose bullet stands alone on the line above is an item."""
    return Block(
        BlockKind.ITEM,
        line.clean,
        line.span,
        indent=lone.indent,
        marker=lone.marker,
        gap=lone.gap,
        loose=line.loose,
        breaks=line.breaks,
    )


def _joined(block: Block, line: Line) -> Block:
    start = len(block.text) + 1
    return Block(
        block.kind if block.kind is not BlockKind.HEADING else BlockKind.PARA,
        f"{block.text} {line.clean}",
        Span(block.span.first, line.span.last),
        indent=block.indent,
        marker=block.marker,
        ordinal=block.ordinal,
        gap=block.gap,
        loose=line.loose,
        breaks=(*block.breaks, start, *(start + place for place in line.breaks)),
    )


def _continues(block: Block, line: Line) -> bool:
    """Return whether an unbulleted line goes on with the sentence of the block above."""
    if block.kind is BlockKind.ROW or "\t" in line.clean:
        return False
    if line.gap or len(block.text) > MAX_LINE or line_noise(line) is not None:
        return False
    text = line.clean
    outdented = line.indent < block.indent and text[0].isupper() and is_title(text)
    if " = " in text or " → " in text or outdented:
        return False
    starts_low = text[0].islower() or (text[0] in ",;)&(" and block.kind is BlockKind.ITEM)
    if block.kind is BlockKind.HEADING:
        return starts_low and not block.text.endswith(":") and is_open(block.text)
    if block.text.endswith((".", "!", "?", ":")):
        return False
    short = block.kind is BlockKind.PARA or len(block.text) < SHORT
    if short and not is_open(block.text) and _stands_alone(text):
        return False
    if starts_low or is_open(block.text):
        return True
    return line.indent > max(block.indent, 1) and block.kind is BlockKind.ITEM and line.no > 1
