"""The two sides of an Anki card from its template and the fields of its note.

Only what carries words is done: fields, the filters around them, and sections that show where a
field is filled or empty. What is not understood shows nothing.
"""

import re
from collections.abc import Mapping, Sequence

from apps.exchange.anki.package.reader_html import LONGEST_MARKUP, TooMuchMarkup
from apps.exchange.anki.package.text import is_empty

_MARK = re.compile(r"\{\{([#^/]?)([^{}]{0,300})\}\}")
_ANSWER_LINE = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
_FRONT_SIDE = "FrontSide"
# A box to type into is empty on the question side; speech is not written.
_SILENT_ON_QUESTION = frozenset(("type", "hint"))
_DEEPEST = 50


def question_side(template: str, fields: Mapping[str, str], *, is_cloze: bool = False) -> str:
    """The HTML of the question; a cloze keeps its `{{c1::gaps}}` as they are written."""
    return _fill(template, fields, keeps_cloze=is_cloze, silent=_SILENT_ON_QUESTION)


def answer_side(template: str, fields: Mapping[str, str], *, is_cloze: bool = False) -> str:
    """The HTML that the answer adds to the question.

    That is what follows the line which templates draw below the question, or the whole side
    without the question where there is no such line. Of a cloze, the text with the gaps is left
    out: it is the answer already.
    """
    shown = _fill(template, fields, keeps_cloze=False, silent=frozenset())
    below = _ANSWER_LINE.split(shown, maxsplit=1)[-1]
    return shown if not is_cloze and is_empty(below) else below


def _fill(
    template: str, fields: Mapping[str, str], *, keeps_cloze: bool, silent: frozenset[str]
) -> str:
    written: list[str] = []
    length = 0
    # For each open section whether it shows, its own condition and all around it taken together.
    shows = [True]
    at = 0
    for mark in _MARK.finditer(template):
        kind, name = mark[1], mark[2].strip()
        pieces = [template[at : mark.start()]] if shows[-1] else []
        at = mark.end()
        if kind == "/":
            shows = shows[:-1] or [True]
        elif kind:
            if len(shows) > _DEEPEST:
                raise TooMuchMarkup
            filled = not is_empty(fields.get(name, ""))
            shows.append(shows[-1] and filled == (kind == "#"))
        elif shows[-1]:
            pieces.append(_value(name, fields, keeps_cloze, silent))
        shows = shows or [True]
        written += pieces
        length += sum(map(len, pieces))
        if length > LONGEST_MARKUP:
            raise TooMuchMarkup
    return "".join((*written, template[at:]))


def _value(mark: str, fields: Mapping[str, str], keeps_cloze: bool, silent: frozenset[str]) -> str:
    """What one mark shows: `filter:filter:Field`, the field's name last."""
    filters, name = _parted(mark, fields)
    if name == _FRONT_SIDE or name not in fields:
        return ""
    if "cloze" in filters:
        return fields[name] if keeps_cloze else ""
    if silent.intersection(filters):
        return ""
    return fields[name]


def _parted(mark: str, fields: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """Filters and field of a mark; a field may have colons in its own name."""
    if mark in fields:
        return (), mark
    *filters, name = mark.split(":")
    return [each.strip().split(" ")[0] for each in filters], name.strip()
