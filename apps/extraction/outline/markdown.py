"""Rebuilds the tree of a Markdown note from the line maps of its block tokens."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.extraction.documents import Line, NodeKind, Reason, Span
from apps.extraction.lexicon import words
from apps.extraction.lines import MAX_LINE, indented
from apps.extraction.noise import text_noise
from apps.extraction.outline.sections import Sections
from apps.extraction.outline.tree import Tree
from apps.extraction.outline.wraps import begins_anew, is_ragged
from apps.extraction.titles import is_plural, is_title

STRONG_TOKENS, MAX_BOLD = 3, 90
BOLD_LEVEL = 7
"""The level of a line that is bold and nothing else: below every marked heading."""
_PARSER = MarkdownIt("commonmark").enable("table")
MAX_TERM_WORDS = 5
MAX_COMMAND = 2
"""Lines of code that can be the answer to a task."""
_PROMPT = re.compile(r"^[$>#]\s+")
_CHECKBOX = re.compile(r"^\[[ xX]\]\s+")
_FENCE = re.compile(r"^---\s*$")
_SKIPPED_BLOCKS = {
    "fence": Reason.CODE,
    "code_block": Reason.CODE,
    "html_block": Reason.CHROME,
    "hr": Reason.RULE,
}


def build_markdown(lines: Sequence[Line], tree: Tree) -> None:
    """Add the sections, items, paragraphs and table rows of the note to the tree."""
    texts = [indented(line.raw) for line in lines]
    for place in _front_matter(texts) | {
        i for i, line in enumerate(lines) if len(line.raw) > MAX_LINE
    }:
        reason = Reason.TOO_LONG if len(lines[place].raw) > MAX_LINE else Reason.CHROME
        if texts[place].strip():
            tree.skip(lines[place].no, reason)
        texts[place] = ""
    _Walk(tree).run(_PARSER.parse("\n".join(texts)))


def _front_matter(texts: Sequence[str]) -> set[int]:
    """Return the lines of a metadata block at the very top."""
    if not texts or not _FENCE.match(texts[0]):
        return set()
    for place, text in enumerate(texts[1:60], start=1):
        if _FENCE.match(text):
            return set(range(place + 1))
    return set()


class _Walk:
    """Walks through block tokens, keeping the open sections and the open list items."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._sections = Sections(tree)
        self._items: list[int | None] = []
        self._ordinals: list[int | None] = []
        self._opener: int | None = None
        self._right_below: int | None = None
        """The line that opens the list right below it, where it has no colon that says so."""
        self._columns: list[str] = []
        self._cells: list[str] = []
        self._row_span = Span(1, 1)

    def run(self, tokens: Sequence[Token]) -> None:
        """Add every token's node."""
        for place, token in enumerate(tokens):
            if token.type in ("fence", "code_block") and self._command(token):
                continue
            if token.type in _SKIPPED_BLOCKS and token.map is not None:
                for no in range(token.map[0] + 1, token.map[1] + 1):
                    self._tree.skip(no, _SKIPPED_BLOCKS[token.type])
            elif token.type == "inline":
                self._inline(token, tokens[place - 1])
            else:
                self._structure(token)

    def _command(self, token: Token) -> bool:
        """Hang a command of a line or two on the task above it, if there is one."""
        written = [line.strip() for line in token.content.splitlines() if line.strip()]
        holder = self._items[-1] if self._items else self._opener
        if not 1 <= len(written) <= MAX_COMMAND or holder is None or token.map is None:
            return False
        first = token.map[0] + (2 if token.type == "fence" else 1)
        for no in range(token.map[0] + 1, token.map[1] + 1):
            self._tree.skip(no, Reason.CODE)
        text = " ".join(_PROMPT.sub("", line) for line in written)
        self._tree.add(NodeKind.CODE, text, Span(first, first + len(written) - 1), holder)
        return True

    def _structure(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open":
                self._open_list(token, int(token.attrGet("start") or 1))
            case "bullet_list_open":
                self._open_list(token, None)
            case "ordered_list_close" | "bullet_list_close":
                self._ordinals.pop()
            case "list_item_open":
                self._items.append(None)
            case "list_item_close":
                self._items.pop()
                if self._ordinals and self._ordinals[-1] is not None:
                    self._ordinals[-1] += 1
            case "thead_open":
                self._columns = []
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._row(token)

    def _open_list(self, token: Token, start: int | None) -> None:
        """Open a list; one that stands away from its opener is opened only by a colon."""
        apart = token.map is None or token.map[0] != self._right_below
        if not self._items and self._right_below is not None and apart:
            self._opener = None
        self._ordinals.append(start)

    def _inline(self, token: Token, opener: Token) -> None:
        span = _span(token)
        if opener.type in ("th_open", "td_open"):
            self._cells.append(plain(token))
            self._row_span = span
        elif opener.type == "heading_open" and not self._items:
            self._sections.enter(plain(token), span, int(opener.tag[1:]))
            self._opener = None
        elif not self._items and _is_bold(token):
            self._sections.enter(plain(token), span, BOLD_LEVEL, 0.8)
            self._opener = None
        else:
            only_link = is_only_link(token)
            first = span.first
            for text, breaks in statements(token):
                here = Span(first, first + len(breaks))
                self._text(text, here, breaks, Reason.LINK if only_link else text_noise(text))
                first = here.last + 1

    def _text(self, text: str, span: Span, breaks: tuple[int, ...], noise: Reason | None) -> None:
        """Add an item's first text as the item, other texts as paragraphs below their holder."""
        if self._items and self._items[-1] is None:
            ordinal = self._ordinals[-1] if self._ordinals else None
            self._items[-1] = self._tree.add_item(
                text, span, self._holder(), ordinal=ordinal, noise=noise, breaks=breaks
            )
            return
        index = self._tree.add(
            NodeKind.PARA, text, span, self._holder(), noise=noise, breaks=breaks
        )
        if not self._items:
            titled = is_plural(text) and is_title(text) and len(words(text)) < MAX_TERM_WORDS
            self._opener = index if text.endswith(":") or titled else None
            self._right_below = None if text.endswith(":") else span.last

    def _holder(self) -> int | None:
        above = [item for item in self._items if item is not None]
        if above:
            return above[-1]
        return self._opener if self._items and self._opener is not None else self._sections.current

    def _row(self, token: Token) -> None:
        if not self._columns:
            self._columns = self._cells
            for no in range(self._row_span.first, self._row_span.last + 2):
                self._tree.skip(no, Reason.STRUCTURE)
            return
        head, *rest = self._cells or [""]
        cells = tuple((c, v) for c, v in zip(self._columns[1:], rest, strict=False) if v)
        self._tree.add(NodeKind.ROW, head, self._row_span, self._sections.current, cells=cells)


def _span(token: Token) -> Span:
    first, last = token.map or [0, 1]
    return Span(first + 1, max(last, first + 1))


def plain(token: Token) -> str:
    """Return an inline token's text without marks, links and images, on one line."""
    return " ".join(text for text, _ in statements(token))


def statements(token: Token) -> list[tuple[str, tuple[int, ...]]]:
    """Return the texts of an inline token and where each line after the first begins in them.

    A hard break begins a new text, as does a line of its own among lines of uneven length. A bold
    term right before its meaning gets a colon.
    """
    pieces: list[list[str]] = [[""]]
    children = token.children or []
    ragged = is_ragged(token.content)
    for place, child in enumerate(children):
        if child.type in ("text", "code_inline"):
            pieces[-1][-1] += child.content
        elif child.type == "strong_close" and _is_term(pieces, children[place + 1 :]):
            pieces[-1][-1] += ":"
        elif child.type == "softbreak":
            after = children[place + 1].content if place + 1 < len(children) else ""
            if ragged and begins_anew(pieces[-1][-1], after):
                pieces.append([""])
            else:
                pieces[-1].append("")
        elif child.type == "hardbreak":
            pieces.append([""])
    texts = (_laid_out(lines) for lines in pieces)
    return [(text, breaks) for text, breaks in texts if text]


def _laid_out(lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    text, breaks = "", []
    for place, line in enumerate(lines):
        cleaned = " ".join(_CHECKBOX.sub("", line).split())
        glue = " " if text and cleaned and not cleaned.startswith(":") else ""
        if place:
            breaks.append(len(text) + len(glue))
        text += glue + cleaned
    return text, tuple(breaks)


def _is_term(pieces: list[list[str]], after: Sequence[Token]) -> bool:
    """Return whether a text opens with a bold term and goes on with its meaning right away."""
    term, opener = pieces[-1][-1].strip(), len(pieces) == 1 and len(pieces[-1]) == 1
    rest = after[0].content if after and after[0].type == "text" else ""
    if not opener or not term or term[-1] in ":.?!" or len(term.split()) > MAX_TERM_WORDS:
        return False
    return rest[:1] == " " and rest[1:2].isupper()


def is_only_link(token: Token) -> bool:
    """Return whether a text is links and nothing else."""
    depth, linked = 0, False
    for child in token.children or []:
        depth += child.type == "link_open"
        depth -= child.type == "link_close"
        linked = linked or depth > 0
        if child.type in ("text", "code_inline") and not depth and words(child.content):
            return False
    return linked


def _is_bold(token: Token) -> bool:
    """Return whether a paragraph is one bold phrase."""
    children = [child for child in token.children or [] if child.content or child.type != "text"]
    return (
        len(children) >= STRONG_TOKENS
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
        and len(token.content) < MAX_BOLD
    )
