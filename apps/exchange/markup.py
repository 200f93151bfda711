"""Text as HTML and back, for formats that hold nothing else."""

import html
import re
from html.parser import HTMLParser

_TAG = re.compile(r"<[a-zA-Z/!]|&(?:\w+|#\d+|#x[\da-fA-F]+);")
_SPACES = re.compile(r"[ \t\n\f]+")
_BLOCKS = frozenset(
    "p div ul ol table tr h1 h2 h3 h4 h5 h6 pre blockquote section article dl dt dd".split()
)
_UNHEARD = frozenset({"script", "style", "head", "title"})
_EMBEDDED = {
    "audio": "a recording",
    "video": "a film",
    "object": "an embedded file",
    "iframe": "an embedded page",
    "embed": "an embedded file",
}
_SMALL = {"sup": "^", "sub": "_"}


def has_markup(text: str) -> bool:
    """Whether a text is meant as HTML rather than as it stands."""
    return _TAG.search(text) is not None


def as_html(text: str, special: str = "") -> str:
    """A text as HTML on one line, every character of `special` as a reference.

    Spaces that a browser would draw together are references too, so that they come back.
    """
    written = []
    before = "\n"
    for char in text:
        is_lost = char in "\t\f" or (char == " " and before in " \t\f\n")
        if char == "\n":
            written.append("<br>")
        elif is_lost or char in "<>&" or char in special:
            written.append(f"&#{ord(char)};")
        else:
            written.append(char)
        before = char
    return "".join(written)


def from_html(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a piece of HTML, and what of it words cannot hold."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text(), tuple(dict.fromkeys(reader.remarks))


class _Reader(HTMLParser):
    """Collects words and line breaks; references stand as they are, spaces draw together."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.remarks: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNHEARD:
            self.silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.break_line()
            self.parts.append("- ")
        elif tag in _BLOCKS:
            self.break_line()
        elif tag in {"td", "th"}:
            self.say(" ")
        elif tag in _SMALL:
            self.parts.append(_SMALL[tag])
        elif tag == "img":
            named = dict(attrs)
            self.remarks.append(f"a picture is left out: {named.get('alt') or named.get('src')}")
        elif tag in _EMBEDDED:
            self.remarks.append(f"{_EMBEDDED[tag]} is left out")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNHEARD:
            self.silent = max(self.silent - 1, 0)
        elif tag in _BLOCKS or tag == "li":
            self.break_line()

    def handle_data(self, data: str) -> None:
        self.say(data)

    def say(self, data: str) -> None:
        """Add words; spaces at the start of a line and after spaces go."""
        if self.silent:
            return
        words = _SPACES.sub(" ", data)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            words = words.removeprefix(" ")
        if words:
            self.parts.append(words)

    def handle_entityref(self, name: str) -> None:
        self.keep(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.keep(html.unescape(f"&#{name};"))

    def keep(self, char: str) -> None:
        if not self.silent:
            self.parts.append(" " if char == "\N{NO-BREAK SPACE}" else char)

    def break_line(self) -> None:
        """Start a new line unless one has just begun."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def text(self) -> str:
        return "".join(self.parts).strip()
