"""Our notetypes, frozen: Anki refuses to update a note once its notetype's schema differs.

Ids, names, fields and templates never change; only the css and the html of a template may, and
then `MODIFIED` moves with them. A different schema is a new notetype with a new id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.exchange.anki.package.contents import NoteKind

# Epoch seconds of the last change to the css or a template: 2026-11-21.
MODIFIED = 1_795_219_200

FRONT, BACK, TEXT, EXTRA, ITEMS = "Front", "Back", "Text", "Extra", "Items"
ANSWER, ALSO, CHOICES = "Answer", "Also right", "Choices"
TOPIC, EXPLANATION, SOURCE, CARD_ID = "Topic", "Explanation", "Source", "Id"
IMAGE = "Image"

# The learner's own field stands last; our exports never fill it.
_COMMON = (
    *(TOPIC, EXPLANATION, SOURCE, IMAGE, "Reference", "Hint", CARD_ID),
    *("Spare 1", "Spare 2", "My notes"),
)
# Anki tells fields and templates apart by these ids, so that even a rename would merge.
_FIELD_IDS = {
    FRONT: 4_830_117_265_301,
    BACK: 4_830_117_265_302,
    TEXT: 4_830_117_265_303,
    EXTRA: 4_830_117_265_304,
    ITEMS: 4_830_117_265_305,
    TOPIC: 4_830_117_265_306,
    EXPLANATION: 4_830_117_265_307,
    SOURCE: 4_830_117_265_308,
    IMAGE: 4_830_117_265_309,
    "Reference": 4_830_117_265_310,
    "Hint": 4_830_117_265_311,
    CARD_ID: 4_830_117_265_312,
    "Spare 1": 4_830_117_265_313,
    "Spare 2": 4_830_117_265_314,
    "My notes": 4_830_117_265_315,
    ANSWER: 4_830_117_265_316,
    ALSO: 4_830_117_265_317,
    CHOICES: 4_830_117_265_318,
}
_FOLDED_IN_EDITOR = frozenset({IMAGE, "Reference", "Hint", CARD_ID, "Spare 1", "Spare 2"})

_TOPIC = '{{#Topic}}<div class="topic">{{Topic}}</div>{{/Topic}}'
_HINT = (
    '{{#Hint}}<details class="hint"><summary class="tappable">Hint</summary>'
    "<div>{{Hint}}</div></details>{{/Hint}}"
)
_MORE = (
    "{{#Image}}<div>{{Image}}</div>{{/Image}}"
    '{{#Explanation}}<div class="explanation">{{Explanation}}</div>{{/Explanation}}'
    '{{#Reference}}<div class="small">{{Reference}}</div>{{/Reference}}'
    '{{#Source}}<div class="small">{{Source}}</div>{{/Source}}'
    '{{#My notes}}<div class="mine">{{My notes}}</div>{{/My notes}}'
)
_LINE = '<hr id="answer">'

_CSS = """\
.card { margin: 0 auto; max-width: 40em; padding: 1em; background: #fff; color: #1d2127;
  font: 1.25rem/1.5 system-ui, sans-serif; text-align: left; overflow-wrap: anywhere; }
.topic, .small { color: #5b6470; font-size: .8em; }
.topic { margin-bottom: .75em; }
.text, details div, li, .explanation { white-space: pre-wrap; }
.explanation { margin-top: 1em; border-left: 3px solid #b9c2cc; padding-left: .75em; }
.small, .mine { margin-top: 1em; }
.cloze { color: #0b57d0; font-weight: 600; }
hr { margin: 1em 0; border: 0; border-top: 1px solid #b9c2cc; }
ol { margin: 0; padding-left: 1.75em; }
summary { min-height: 2em; cursor: pointer; color: #5b6470; }
img { max-width: 100%; height: auto; }
a { color: #0b57d0; }
.nightMode.card, .nightMode .card { background: #1d2127; color: #e8eaed; }
.nightMode .topic, .nightMode .small, .nightMode summary { color: #a7b0ba; }
.nightMode .cloze, .nightMode a { color: #8ab4f8; }
.nightMode hr, .nightMode .explanation { border-color: #4a525c; }
@media (max-width: 600px) { .card { padding: .75em; font-size: 1.125rem; } }
"""
_CHOICE_CSS = """\
.choice { margin-top: .5em; border: 1px solid #b9c2cc; border-radius: 8px; padding: .5em .75em; }
.choice > summary { color: inherit; white-space: pre-wrap; }
.choice > div { margin-top: .5em; }
ul { margin: 0; padding-left: 1.25em; }
li + li { margin-top: .5em; }
.nightMode .choice { border-color: #4a525c; }
.nightMode .choice > summary { color: inherit; }
"""
_TYPED_CSS = """\
#typeans { width: 100%; box-sizing: border-box; font-size: 1em; }
"""
# Whoever learns the place of the right answer learns nothing else. Without scripts the choices
# stay in their order; a card that is shown again in the same window runs this again.
_SHUFFLE = """\
<script>
(function () {
  var box = document.getElementById("choices");
  if (!box) { return; }
  for (var left = box.children.length; left > 1; left -= 1) {
    box.appendChild(box.children[Math.floor(Math.random() * left)]);
  }
})();
</script>"""


@dataclass(frozen=True, slots=True)
class Template:
    """One way to ask: the field it asks with, and the html of both sides."""

    template_id: int
    name: str
    asks_with: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Notetype:
    """Fields in their fixed order, the learner's own last, and one template an ordinal.

    A cloze has one template for all ordinals.
    """

    notetype_id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    css: str = _CSS


def _asking(field: str, more: str = "") -> str:
    """The question side: nothing at all where the field is empty, so that Anki makes no card."""
    body = f'{_TOPIC}<div class="text">{{{{{field}}}}}</div>{_HINT}{more}'
    return f"{{{{#{field}}}}}{body}{{{{/{field}}}}}"


def _answering(field: str) -> str:
    return f'{{{{FrontSide}}}}{_LINE}<div class="text">{{{{{field}}}}}</div>{_MORE}'


_FORWARD = Template(6_150_482_937_101, "Forward", FRONT, _asking(FRONT), _answering(BACK))
_BACKWARD = Template(6_150_482_937_102, "Backward", BACK, _asking(BACK), _answering(FRONT))
_CLOZE = Template(
    6_150_482_937_103,
    "Cloze",
    TEXT,
    f'{_TOPIC}<div class="text">{{{{cloze:Text}}}}</div>{_HINT}',
    f'{_TOPIC}<div class="text">{{{{cloze:Text}}}}</div>{_LINE}'
    f'{{{{#Extra}}}}<div class="text">{{{{Extra}}}}</div>{{{{/Extra}}}}{_MORE}',
)
_LIST = Template(
    6_150_482_937_104,
    "List",
    FRONT,
    _asking(FRONT, "{{Items}}"),
    f'{_TOPIC}<div class="text">{{{{Front}}}}</div>{_LINE}{{{{Back}}}}{_MORE}',
)
_TYPED = Template(
    6_150_482_937_105,
    "Typed",
    FRONT,
    _asking(FRONT, "{{type:Answer}}"),
    f'{_TOPIC}<div class="text">{{{{Front}}}}</div>{_LINE}{{{{type:Answer}}}}'
    '{{#Also right}}<div class="small">Also right:<br>{{Also right}}</div>{{/Also right}}'
    f"{_MORE}",
)
_CHOICE = Template(
    6_150_482_937_106,
    "Choice",
    FRONT,
    _asking(FRONT, f'<div id="choices">{{{{Choices}}}}</div>{_SHUFFLE}'),
    f'{_TOPIC}<div class="text">{{{{Front}}}}</div>{_LINE}{{{{Back}}}}{_MORE}',
)

NOTETYPES: Mapping[NoteKind, Notetype] = {
    NoteKind.BASIC: Notetype(
        1_541_207_366_811, "Passnotes Basic", (FRONT, BACK, *_COMMON), (_FORWARD,)
    ),
    NoteKind.REVERSED: Notetype(
        1_541_207_366_812, "Passnotes Reversed", (FRONT, BACK, *_COMMON), (_FORWARD, _BACKWARD)
    ),
    NoteKind.CLOZE: Notetype(
        1_541_207_366_813, "Passnotes Cloze", (TEXT, EXTRA, *_COMMON), (_CLOZE,), is_cloze=True
    ),
    NoteKind.LIST: Notetype(
        1_541_207_366_814, "Passnotes List", (FRONT, BACK, ITEMS, *_COMMON), (_LIST,)
    ),
    NoteKind.TYPED: Notetype(
        1_541_207_366_815,
        "Passnotes Typed",
        (FRONT, ANSWER, ALSO, *_COMMON),
        (_TYPED,),
        css=_CSS + _TYPED_CSS,
    ),
    NoteKind.CHOICE: Notetype(
        1_541_207_366_816,
        "Passnotes Choice",
        (FRONT, BACK, CHOICES, *_COMMON),
        (_CHOICE,),
        css=_CSS + _CHOICE_CSS,
    ),
}


def as_schema11(notetype: Notetype) -> dict[str, Any]:
    """A notetype as Anki's schema 11 stores it in the JSON of `col.models`."""
    return {
        "id": notetype.notetype_id,
        "name": notetype.name,
        "type": int(notetype.is_cloze),
        "mod": MODIFIED,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "css": notetype.css,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "originalStockKind": 0,
        "req": _required_fields(notetype),
        "tags": [],
        "vers": [],
        "flds": [_field(name, place) for place, name in enumerate(notetype.fields)],
        "tmpls": [_template(template, place) for place, template in enumerate(notetype.templates)],
    }


def _required_fields(notetype: Notetype) -> list[list[Any]]:
    """Which field each template needs; readers older than Anki 2.1.28 make cards by it."""
    if notetype.is_cloze:
        return []
    return [
        [place, "all", [notetype.fields.index(template.asks_with)]]
        for place, template in enumerate(notetype.templates)
    ]


def _field(name: str, place: int) -> dict[str, Any]:
    return {
        "name": name,
        "ord": place,
        "id": _FIELD_IDS[name],
        "sticky": False,
        "rtl": False,
        "font": "Arial",
        "size": 20,
        "media": [],
        "description": "",
        "plainText": False,
        "collapsed": name in _FOLDED_IN_EDITOR,
        "excludeFromSearch": False,
    }


def _template(template: Template, place: int) -> dict[str, Any]:
    return {
        "name": template.name,
        "ord": place,
        "id": template.template_id,
        "qfmt": template.question,
        "afmt": template.answer,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
        "bfont": "",
        "bsize": 0,
    }
