"""Builds the elements of a web page, closing what its writer left open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.extraction.readers.html.tokens import NOTHING, Text, tokens

DEEPEST = 100
"""Elements in elements that are kept apart; what is deeper belongs to the one at this depth."""
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr")
)  # fmt: skip
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CELLS = frozenset(("td", "th"))
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
     "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu",
     "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "ul")
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROWS = frozenset(("thead", "tbody", "tfoot", "tr"))
_CLOSES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), LISTS),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "tr": (CELLS | {"tr"}, frozenset(("table",))),
    "td": (CELLS, frozenset(("tr", "table"))),
    "th": (CELLS, frozenset(("tr", "table"))),
    "thead": (CELLS | _ROWS, frozenset(("table",))),
    "tbody": (CELLS | _ROWS, frozenset(("table",))),
    "tfoot": (CELLS | _ROWS, frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
"""What an opening tag closes, and the elements beyond which it closes nothing."""
_SCOPES = CELLS | LISTS | {"table", "dl", "html"}


@dataclass(slots=True)
class Element:
    """An element with what it holds; it stands on lines `line` to `last_line` of the file."""

    name: str
    line: int
    attrs: Mapping[str, str] = field(default_factory=dict)
    children: "list[Element | Text]" = field(default_factory=list)
    last_line: int = 0

    def walk(self) -> "Iterator[Element]":
        """Yield the elements below, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def words(self) -> str:
        """Return the text of the element and all below it."""
        return " ".join(
            child.words() if isinstance(child, Element) else child.text for child in self.children
        )


def build(page: str) -> Element:
    """Return the root of a page."""
    builder = _Builder()
    for token in tokens(page):
        if isinstance(token, Text):
            builder.add(token)
        elif token.is_closing:
            builder.close(token.name, token.line)
        else:
            builder.open(token.name, token.line, token.attrs)
    return builder.finish(page.count("\n") + 1)


class _Builder:
    """The open elements, outermost first."""

    def __init__(self) -> None:
        self._open = [Element("html", 1)]
        self._sunk: list[str] = []
        self._sunk_names: Counter[str] = Counter()
        self._line = 1

    def add(self, text: Text) -> None:
        self._open[-1].children.append(text)

    def open(self, name: str, line: int, attrs: Mapping[str, str]) -> None:
        self._line = line
        if name == "html":
            return
        self._close_implied(name)
        element = Element(name, line, attrs or NOTHING, last_line=line)
        if name in VOID:
            self._open[-1].children.append(element)
        elif len(self._open) >= DEEPEST:
            self._sunk.append(name)
            self._sunk_names[name] += 1
        else:
            self._open[-1].children.append(element)
            self._open.append(element)

    def close(self, name: str, line: int) -> None:
        self._line = line
        if self._surface(name):
            return
        for place in range(len(self._open) - 1, 0, -1):
            here = self._open[place].name
            if here == name:
                self._cut(place)
                return
            if here in _SCOPES and name not in BLOCKS:
                return

    def _surface(self, name: str) -> bool:
        """Close an element that lies too deep to be kept; return whether there is one."""
        if not self._sunk_names[name]:
            return False
        while self._sunk:
            sunk = self._sunk.pop()
            self._sunk_names[sunk] -= 1
            if sunk == name:
                break
        return True

    def finish(self, line: int) -> Element:
        """Close everything and return the root."""
        self._line = line
        self._cut(1)
        self._open[0].last_line = line
        return self._open[0]

    def _cut(self, place: int) -> None:
        self._sunk.clear()
        self._sunk_names.clear()
        for element in self._open[place:]:
            element.last_line = self._line
        del self._open[place:]

    def _close_implied(self, name: str) -> None:
        if name in BLOCKS:
            self._close_up_to(frozenset(("p",)), _SCOPES | {"li", "dd", "dt", "div", "section"})
        if name in HEADINGS:
            self._close_up_to(HEADINGS, BLOCKS - HEADINGS)
        if name in _CLOSES:
            self._close_up_to(*_CLOSES[name])

    def _close_up_to(self, names: frozenset[str], scope: frozenset[str]) -> None:
        """Close the elements of these names that are open within the innermost scope."""
        outermost = None
        for place in range(len(self._open) - 1, 0, -1):
            here = self._open[place].name
            if here in scope:
                break
            if here in names:
                outermost = place
        if outermost is not None:
            self._cut(outermost)
