"""Reads an opener with the items below it as one list, and an order written on one line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from apps.extraction.documents import Node, NodeKind, Relation, Statement
from apps.extraction.lexicon import QUALIFIER, RELATION_LABEL, SPLITTERS, is_verb, words
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import is_base_verb, leading_pronoun, own_subject, split_label
from apps.extraction.statements.labels import is_attribute
from apps.extraction.statements.simple import context_of
from apps.extraction.statements.subjects import resolved
from apps.extraction.titles import clean_title, is_generic, is_plural
from apps.extraction.verbs import is_past

MIN_ITEMS, MAX_ITEMS = 2, 7
MIN_ORDER, MAX_PART_WORDS, MAX_PHRASE = 3, 6, 7
MAX_ITEM_WORDS = 9
MAX_LIST_WORDS = 28
MAX_OPENER_WORDS = 30
MAX_SERIES_WORDS = 4
_ARTICLE = re.compile(r"^(?:the|its|their|his|her)\s+", re.I)
_SERIES = re.compile(
    r"^(?P<opener>[^,:;()]{2,70}?)\s*"
    r"(?P<verb>:|\b(?:are|were|includes?|included|comprises?|consists? of|consisted of|contains?|"
    r"(?:is|are) made up of|(?:is|are) composed of)\b(?!\s+(?:in|by|at|on|not)\b))\s+"
    r"(?:the (?:following )?)?(?P<items>[^:;()]+?,[^:;()]+)$",
    re.I,
)
_COMMA = re.compile(r",\s+(?:and|or)\s+|,\s+|\s+and\s+|\s+or\s+")
_ORDER = re.compile(r"\s*(?:=>|→|⇒|(?<=\s)>(?=\s))\s*")
_SET = re.compile(
    r"\b(?:reasons?|benefits?|advantages?|disadvantages?|drawbacks?|ways|options|alternatives|types?|"
    r"kinds?|features?|goals?|aims?|purposes?|uses|use cases?|tips|rules|principles|best practices|"
    r"properties|characteristics|examples?|tasks|duties|functions|roles|responsibilities|tools|"
    r"strategies|methods|techniques|measures|pros|cons|can|may|helps?(?: to)?)\b",
    re.I,
)
"""Openers of a set in which no order is meant, numbered or not."""
_PLURAL_OPENER = re.compile(
    r"\b(?:types?|kinds?|modes?|options?|use ?cases?|components?|features?|benefits?|steps?|"
    r"advantages|disadvantages|pros|cons|properties|characteristics|examples|following|include[sd]?|"
    r"support(?:s|ed)?|consists? of|requires?|ways|reasons|functions|layers|parts|phases|stages|"
    r"methods|strategies|protocols|metrics|classes|concepts|triggers|sources|targets|levels|"
    r"categories|factors|causes|symptoms|signs|rules|principles|be|are|has|have)\b",
    re.I,
)


def list_statement(
    base: Statement, node: Node, kids: Sequence[Node], children: Mapping[int, Sequence[Node]]
) -> Statement | None:
    """Return the list an opener and its items make, or None where they make none.

    Items are short and alike: terms with their meaning left off, or bare phrases. Children
    that are sentences of their own say things about the opener and are no list.
    """
    kids = [kid for kid in kids if kid.kind in (NodeKind.ITEM, NodeKind.PARA)]
    if not MIN_ITEMS <= len(kids) <= MAX_ITEMS or QUALIFIER.match(node.text):
        return None
    ordered = all(kid.ordinal is not None for kid in kids)
    items = [_item(kid, bool(children.get(kid.index)), ordered) for kid in kids]
    if any(not item for item in items) or len({item.lower() for item in items}) < len(items):
        return None
    if sum(len(words(item)) for item in items) > MAX_LIST_WORDS + 2 * ordered * len(items):
        return None
    measured = sum(bool(find_quantities(kid.text)) for kid in kids)
    if not ordered and measured * 2 > len(items) and len(items) < MIN_ORDER:
        return None
    opener = _opener(base, node, kids)
    bare = sum(len(words(item)) == 1 and is_attribute(item) for item in items)
    if not opener or bare * 2 > len(items):
        return None
    steps = _are_steps(kids) and _SET.search(node.text) is None
    return replace(
        base,
        relation=Relation.STEP if steps else Relation.HAS_PART,
        context=context_of(base, with_about=not _names(opener, base.subject.about)),
        label=opener,
        items=tuple(items),
        text="\n".join(items),
        spans=(node.span, *(kid.span for kid in kids)),
        certainty=0.85 * min([base.certainty, *(kid.certainty for kid in kids)]),
    )


def order_statement(base: Statement, node: Node) -> Statement | None:
    """Return the order "First => Second => Third" states, or None."""
    parts = [part.strip(" .") for part in _ORDER.split(node.text)]
    if len(parts) < MIN_ORDER or any(not 1 <= len(words(part)) <= MAX_PART_WORDS for part in parts):
        return None
    if len(set(parts)) < len(parts):
        return None
    return replace(
        base, relation=Relation.STEP, context=context_of(base, with_about=True), label="Order",
        items=tuple(parts), text="\n".join(parts), certainty=0.8 * base.certainty,
    )  # fmt: skip


def series_statement(base: Statement, sentence: str) -> Statement | None:
    """Return the list a sentence gives in one line: "Its layers are A, B and C", or None."""
    match = _SERIES.match(sentence.strip().rstrip("."))
    if match is None:
        return None
    opener, verb = match["opener"].strip(), match["verb"].strip()
    items = [item.strip() for item in _COMMA.split(match["items"]) if item.strip()]
    tokens = words(opener)
    few = all(len(words(item)) <= MAX_SERIES_WORDS and not own_subject(item) for item in items)
    if not few or not MIN_ORDER <= len(items) <= MAX_ITEMS or len(set(items)) < len(items):
        return None
    if not tokens or len(tokens) > MAX_PHRASE or find_quantities(match["items"]):
        return None
    if verb in (":", "are", "were") and not is_plural(_ARTICLE.sub("", opener)):
        return None
    if leading_pronoun(opener) is not None:
        opener = resolved(opener, base.subject.about)
    label = opener if verb in (":", "are", "were") else f"{opener} {verb}"
    return replace(
        base, relation=Relation.HAS_PART, label=label, items=tuple(items), text="\n".join(items),
        context=context_of(base, with_about=not _names(opener, base.subject.about)),
        certainty=0.85 * base.certainty,
    )  # fmt: skip


def _item(kid: Node, has_children: bool, ordered: bool) -> str:
    """Return a child as the item of a list, or "" if it is a statement of its own."""
    parts = split_label(kid.text)
    if parts is None and kid.text.rstrip().endswith(":"):
        return ""
    if parts is not None and own_subject(parts[0]):
        return ""
    if parts is not None and parts[1] in (":", "=", "-", "—", "–"):
        measured = is_attribute(parts[0]) and find_quantities(parts[2])
        return "" if measured else clean_title(parts[0])
    text = clean_title(kid.text)
    count = len(words(text))
    if not count or leading_pronoun(text) is not None or "?" in text:
        return ""
    first = words(text)[0]
    if not ordered and first.islower() and is_past(first):
        return ""
    if count > MAX_ITEM_WORDS + 4 * ordered:
        return ""
    if not ordered and (own_subject(text) or QUALIFIER.match(text)):
        return ""
    return text if has_children is False or count <= MAX_PART_WORDS else ""


def _opener(base: Statement, node: Node, kids: Sequence[Node]) -> str:
    """Return the words that ask for the list, or "" where the items are no answer to them."""
    bare = clean_title(node.text)
    parts = split_label(node.text)
    if parts is not None:
        return ""
    tokens = words(bare)
    if not tokens or len(tokens) > MAX_OPENER_WORDS:
        return ""
    if node.kind is NodeKind.SECTION and not (
        is_plural(bare) or is_generic(bare) or _are_steps(kids)
    ):
        return ""
    asks = (
        is_generic(bare)
        or RELATION_LABEL.match(bare) is not None
        or _PLURAL_OPENER.search(bare) is not None
        or tokens[-1].lower() in SPLITTERS
        or (is_plural(bare) and (len(tokens) > 1 or node.kind is NodeKind.SECTION))
        or _are_steps(kids)
    )
    phrases = sum(split_label(kid.text) is not None or _is_phrase(kid.text) for kid in kids)
    if not asks or phrases * 3 < len(kids) * 2:
        return ""
    return resolved(bare, base.subject.about)


def _are_steps(kids: Sequence[Node]) -> bool:
    """Return whether items are numbered and most of them tell what to do."""
    firsts = [next(iter(words(kid.text)), "") for kid in kids if kid.ordinal is not None]
    return len(firsts) == len(kids) and sum(map(is_base_verb, firsts)) * 2 > len(firsts)


def _is_phrase(text: str) -> bool:
    """Return whether a text names a thing rather than saying something of one."""
    tokens = words(text)
    return 0 < len(tokens) <= MAX_PHRASE and not (
        own_subject(text) or (text[:1].islower() and is_verb(tokens[0]))
    )


def _names(opener: str, about: str) -> bool:
    return bool(about) and about.lower() in opener.lower()
