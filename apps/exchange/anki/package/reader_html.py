"""The HTML of an Anki field or template as the plain text that our cards are made of.

Nothing of the markup survives but its sense: lines, lists, tables, raised and lowered letters.
Formulas stay as they are typed, pictures and sounds leave their names.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from apps.exchange.anki.package.text import clean

_BREAKS = frozenset(("div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dt"))
_BREAKS |= {"ul", "ol", "li", "dl", "dd", "table", "tr", "hr", "section", "article", "details"}
_KEPT = _BREAKS | {"br", "td", "th", "sup", "sub", "img", "summary"}
_DROPPED_WITH_CONTENT = frozenset(("script", "style", "template", "svg", "math", "title", "iframe"))

_SAFE = nh3.Cleaner(
    tags=set(_KEPT),
    clean_content_tags=set(_DROPPED_WITH_CONTENT),
    attributes={"img": {"src", "alt"}},
    strip_comments=True,
    link_rel=None,
)

_SOUND = re.compile(r"\[sound:([^\]\n]{1,300})\]")
_SPOKEN = re.compile(r"\[/?anki:tts[^\]\n]{0,300}\]")
_OLD_FORMULA = re.compile(r"\[(/?)(\$\$?)\]")
_NEW_FORMULA = {"": {"$": r"\(", "$$": r"\["}, "/": {"$": r"\)", "$$": r"\]"}}
_LATEX = re.compile(r"\[/?latex\]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_BLANKS = re.compile(r"\n{3,}")
_PICTURE = re.compile(r"\[picture: [^\]\n]*\]")
_BULLETS = ("• ", "◦ ", "▪ ")
# Markup of this size is no card. Reading takes the square of how deep its tags lie.
LONGEST_MARKUP = 200_000
MOST_TAGS = 3_000

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))


@dataclass(frozen=True, slots=True)
class Plain:
    """What a piece of HTML says, and the names of the pictures and sounds it shows."""

    text: str
    pictures: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The text without what stands for pictures: empty where nothing is said in words."""
        return _PICTURE.sub("", self.text).strip()


class TooMuchMarkup(ValueError):
    """A text too long, or of too many tags, to be read as a card."""


def to_plain(markup: str) -> Plain:
    """Read a field's HTML as text; broken markup is read, only TooMuchMarkup is refused."""
    if len(markup) > LONGEST_MARKUP or markup.count("<") > MOST_TAGS:
        raise TooMuchMarkup
    sounds = tuple(match[1] for match in _SOUND.finditer(markup))
    spoken = _SPOKEN.sub("", _SOUND.sub("", markup))
    spoken = _LATEX.sub("", _OLD_FORMULA.sub(_formula, spoken))
    if "<" not in spoken and "&" not in spoken:
        return Plain(_tidy(_SPACES.sub(" ", clean(spoken))), (), sounds)
    reader = _Reader()
    reader.feed(_SAFE.clean(clean(spoken)))
    reader.close()
    return Plain(_tidy("".join(reader.written)), tuple(reader.pictures), sounds)


def list_items(markup: str) -> tuple[str, ...]:
    """The texts of the items of a list; none where the HTML holds no list."""
    pieces = re.split(r"<li\b[^<>]*>", markup, flags=re.IGNORECASE)[1:]
    return tuple(text for piece in pieces if (text := to_plain(piece).text))


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, however their lines are broken."""
    return _SPACES.sub(" ", clean(one)).strip() == _SPACES.sub(" ", clean(other)).strip()


def _formula(match: re.Match[str]) -> str:
    return _NEW_FORMULA[match[1]][match[2]]


def _tidy(text: str) -> str:
    lines = (line.replace("\xa0", " ").strip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


@dataclass(slots=True)
class _List:
    """A list that is open: its last number, or None where its items have none."""

    number: int | None


@dataclass(slots=True)
class _Script:
    """Raised or lowered letters, gathered until their end."""

    tag: str
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Writes down the text of markup that `nh3` has made safe and well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.pictures: list[str] = []
        self.lists: list[_List] = []
        self.script: _Script | None = None
        self.literal = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "br":
                self._write("\n")
            case "img":
                self._picture(dict(attrs))
            case "sup" | "sub" if self.script is None:
                self.script = _Script(tag)
            case "td" | "th" if not self._at_line_start():
                self._write(" | ")
            case "ul" | "ol":
                self._break()
                self.lists.append(_List(0 if tag == "ol" else None))
            case "li":
                self._break()
                self._write(self._bullet())
            case _ if tag in _BREAKS:
                self._break()
        self.literal += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self.script is not None and tag == self.script.tag:
            script, self.script = self.script, None
            self._write(_set_off("".join(script.text), script.tag))
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self._break()
        elif tag in _BREAKS:
            self._break()
        self.literal -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.literal:
            self._write(data)
            return
        plain = _SPACES.sub(" ", data)
        self._write(plain.removeprefix(" ") if self._at_line_start() else plain)

    def _write(self, text: str) -> None:
        if not text:
            return
        (self.written if self.script is None else self.script.text).append(text)

    def _at_line_start(self) -> bool:
        return not self.written or self.written[-1].endswith("\n")

    def _break(self) -> None:
        if not self._at_line_start():
            self._write("\n")

    def _bullet(self) -> str:
        if self.lists and self.lists[-1].number is not None:
            self.lists[-1].number += 1
            return f"{self.lists[-1].number}. "
        return _BULLETS[max(len(self.lists) - 1, 0) % len(_BULLETS)]

    def _picture(self, attributes: dict[str, str | None]) -> None:
        # A picture written into the field itself has lost its address on the way here.
        name = (attributes.get("src") or "inline picture")[:200]
        self.pictures.append(name)
        shown = attributes.get("alt") or name
        self._write(f"[picture: {_SPACES.sub(' ', shown.replace(']', ')'))[:200]}]")


def _set_off(text: str, tag: str) -> str:
    """Raised or lowered letters, in letters of their own where Unicode has them."""
    letters, mark = (_RAISED, "^") if tag == "sup" else (_LOWERED, "_")
    plain = unicodedata.normalize("NFC", text).strip()
    if all(character in letters for character in plain):
        return "".join(letters[character] for character in plain)
    return f"{mark}{plain}" if len(plain) == 1 else f"{mark}({plain})"
