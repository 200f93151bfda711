"""The HTML of an Anki field or template as the plain text that our cards are made of.

Nothing of the markup survives but its sense: lines, lists, tables, raised and lowered letters.
Formulas stay as they are typed. Pictures are told apart from the text where they were found; those
that were not leave their names.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
_GAP = re.compile(r"\{\{c[0-9,]{1,40}::|\}\}|\x1a")
# Stands where a picture was found until the text is done; text itself holds no such character.
_MARK = "\x1a"
# What is written where a gap hides nothing but a picture, or a side shows nothing else.
PICTURE = "(picture)"
LONGEST_ALT = 300
_BULLETS = ("• ", "◦ ", "▪ ")
# Markup of this size is no card. Reading takes the square of how deep its tags lie.
LONGEST_MARKUP = 200_000
MOST_TAGS = 3_000

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """An image that a text shows, or hides within a gap."""

    sha256: str
    alt: str
    is_hidden: bool = False


# The hash of the image of a name, if there is one.
Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Plain:
    """What a piece of HTML says, the images it shows, and what it shows by name only."""

    text: str
    pictures: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    images: tuple[Shown, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether anything is left of it in words or images."""
        return bool(self.images or _PICTURE.sub("", self.text).strip())

    @property
    def side(self) -> str:
        """The text for a side of a card, which cannot be empty."""
        return self.text or PICTURE


class TooMuchMarkup(ValueError):
    """A text too long, or of too many tags, to be read as a card."""


def no_image(_name: str) -> None:
    """Finds no image: every picture leaves its name."""


def to_plain(markup: str, find: Find = no_image) -> Plain:
    """Read a field's HTML as text; broken markup is read, only TooMuchMarkup is refused.

    Pictures that `find` knows become images beside the text.
    """
    if len(markup) > LONGEST_MARKUP or markup.count("<") > MOST_TAGS:
        raise TooMuchMarkup
    sounds = tuple(match[1] for match in _SOUND.finditer(markup))
    spoken = _SPOKEN.sub("", _SOUND.sub("", markup))
    spoken = _LATEX.sub("", _OLD_FORMULA.sub(_formula, spoken))
    if "<" not in spoken and "&" not in spoken:
        return Plain(_tidy(_SPACES.sub(" ", clean(spoken))), (), sounds)
    reader = _Reader(find)
    # An entity may have stood for the mark.
    reader.feed(_SAFE.clean(clean(spoken)).replace(_MARK, ""))
    reader.close()
    text, hidden = _without_marks("".join(reader.written))
    images = tuple(
        replace(image, is_hidden=is_hidden)
        for image, is_hidden in zip(reader.images, hidden, strict=True)
    )
    return Plain(_tidy(text), tuple(reader.pictures), sounds, images)


def _without_marks(text: str) -> tuple[str, list[bool]]:
    """The text with nothing where pictures were, and for each whether a gap hides it."""
    if _MARK not in text:
        return text, []
    hidden: list[bool] = []
    depth = 0

    def settle(match: re.Match[str]) -> str:
        nonlocal depth
        if match[0] == _MARK:
            hidden.append(depth > 0)
            return PICTURE if depth else _MARK
        depth = max(depth - 1, 0) if match[0] == "}}" else depth + 1
        return match[0]

    lines = _GAP.sub(settle, text).split("\n")
    # A line on which nothing but a picture stood is gone with it.
    said = [line for line in lines if _MARK not in line or line.replace(_MARK, "").strip()]
    return "\n".join(said).replace(f" {_MARK}", "").replace(_MARK, ""), hidden


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

    def __init__(self, find: Find) -> None:
        super().__init__(convert_charrefs=True)
        self.find = find
        self.written: list[str] = []
        self.pictures: list[str] = []
        self.images: list[Shown] = []
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
        alt = _SPACES.sub(" ", attributes.get("alt") or "").strip()
        found = self.find(name)
        if found is not None:
            # Without words of its own it gets none: its file's name may give the answer away.
            self.images.append(Shown(found, alt[:LONGEST_ALT] or "Picture"))
            self.written.append(_MARK)
            return
        self.pictures.append(name)
        self._write(f"[picture: {(alt or _SPACES.sub(' ', name)).replace(']', ')')[:200]}]")


def _set_off(text: str, tag: str) -> str:
    """Raised or lowered letters, in letters of their own where Unicode has them."""
    letters, mark = (_RAISED, "^") if tag == "sup" else (_LOWERED, "_")
    plain = unicodedata.normalize("NFC", text).strip()
    if all(character in letters for character in plain):
        return "".join(letters[character] for character in plain)
    return f"{mark}{plain}" if len(plain) == 1 else f"{mark}({plain})"
