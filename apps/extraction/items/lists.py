"""Asks for lists and orders: as a whole where they are short, and item by item."""

import re

from apps.extraction.documents import CardKind, Fact, Relation
from apps.extraction.items.draft import CardPlan, plan_card
from apps.extraction.items.pools import content_words
from apps.extraction.items.prompts import joined, shown_context
from apps.extraction.lexicon import words
from apps.extraction.quantities import COUNT, find_quantities
from apps.extraction.titles import clean_title, is_generic, is_plural

MAX_WHOLE = 5
"""Items a whole-list card may ask for."""
MIN_ITEMS, MAX_STEPS = 2, 7
MAX_MEAN = 4
"""Words of an item, on average, up to which the items of a list can be told apart by name."""
MAX_WORDS = 30
FEW = 3
"""Items from which a list is one that its opener need not announce."""
_CLICKS = re.compile(r"[<>]")
"""The sign of a path to click through, which is no order of steps to learn."""
_ASKS_NOTHING = re.compile(
    r"(?:for|in|on|at|by|with|from|under|per|if|when|to|needs? to|requires? to)\s|"
    r".*\bdepends? on\b",
    re.I,
)
"""Openers that say where something holds and not what is listed: "For each resource"."""
_DENIED = re.compile(r"(?:not|no|never|cannot)\b", re.I)
"""What is said not to be so; after "name three" it would turn the sentence round."""
CLOSED = re.compile(
    r"\b(?:types?|kinds?|components?|parts?|layers?|phases?|stages?|modes?|classes|strategies|"
    r"levels?|groups?|families|branches|categories|chambers|forms|steps?|members|elements|"
    r"organs|regions|zones|powers|functions|states|units|consists? of|made (?:up )?of|composed of|"
    r"comprises?|following)\b",
    re.I,
)
"""Openers that promise all there are of something."""
ORDER = "Order"
"""The label of an order written on one line."""
_LINK = re.compile(r"[\s,]+(?:or|and)$", re.I)
_POINTS = re.compile(r"\b(?:this|these|those)\b|\b(?:above|below)$", re.I)
_AND_SO_ON = re.compile(r"^(?:etc|and so on|and more|others?|\.\.\.)\.?$", re.I)
MAX_ITEM_WORDS = 8
"""Words an item may have to be a gap of its own."""

SHORT = 3
"""Words of an item that is a name, and can be told from the names beside it."""


def list_offers(place: int, fact: Fact) -> list[list[CardPlan]]:
    """Return the cards of a list or an order: the whole, and one gap for each item."""
    statement = fact.statement
    told = content_words(f"{statement.context} {statement.label}")
    unordered = statement.relation is not Relation.STEP
    if (unordered and _ASKS_NOTHING.match(statement.label)) or any(
        map(_DENIED.match, statement.items)
    ):
        return []
    if _CLICKS.search(statement.text) or all(content_words(i) <= told for i in statement.items):
        return []
    return [offer for offer in (_whole(place, fact), _by_item(place, fact)) if offer]


def promises_all(opener: str) -> bool:
    """Return whether an opener says that its items are all there are: "The three layers"."""
    return CLOSED.search(opener) is not None or bool(find_quantities(opener))


def is_complete(fact: Fact) -> bool:
    """Return whether a list holds all that its opener speaks of.

    Not where the opener counts more or fewer or "etc." ends the list, nor where it is a heading
    such as "Architecture" under which anything may stand.
    """
    statement = fact.statement
    opener, count = clean_title(statement.label), len(statement.items)
    if is_generic(opener) and not is_plural(opener):
        return False
    if not promises_all(opener) and any(
        item.islower() and " " not in item for item in closed_items(statement.items)
    ):
        return False
    told = [each.number for each in find_quantities(opener) if each.dimension == COUNT]
    return (not told or count in told) and len(closed_items(statement.items)) == count


def closed_items(items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items of a list without the "etc." that says there are more."""
    kept = (_LINK.sub("", item) for item in items if not _AND_SO_ON.match(item))
    return tuple(item for item in kept if item)


def _whole(place: int, fact: Fact) -> list[CardPlan]:
    statement = fact.statement
    ordered = statement.relation is Relation.STEP
    items = closed_items(statement.items)
    count = len(items)
    if any(map(_POINTS.search, items)):
        return []
    if not 1 < count <= (MAX_STEPS if ordered else MAX_WHOLE):
        return []
    opener = clean_title(statement.label)
    all_told = ordered or promises_all(opener)
    if sum(len(words(item)) for item in items) > (MAX_WORDS if all_told else MAX_MEAN * count):
        return []
    kind = CardKind.STEPS if ordered else CardKind.LIST
    if not (ordered or is_complete(fact)):
        return []
    if count < FEW and not (all_told or is_plural(opener)):
        return []
    if opener == ORDER:
        ask = f"name the {count} in the right order."
    elif ordered:
        ask = f"{opener}: name the {count} steps, in order."
    elif promises_all(opener):
        ask = f"{opener}: name the {count}."
    else:
        ask = f"{opener}: name {count}."
    front = joined(shown_context(statement), ask)
    return [plan_card(place, fact, kind, front, "\n".join(items), "set", items=items)]


def _by_item(place: int, fact: Fact) -> list[CardPlan]:
    """Return a cloze with one gap an item, the others visible; an order hides what comes after."""
    statement = fact.statement
    items = closed_items(statement.items)
    if (
        len(items) < MIN_ITEMS
        or any(map(_POINTS.search, items))
        or any(
            len(words(item)) > MAX_ITEM_WORDS or "::" in item or "{" in item or "}" in item
            for item in items
        )
    ):
        return []
    ordered = statement.relation is Relation.STEP
    short = all(len(words(item)) <= SHORT and not item[0].islower() for item in items)
    if not ordered and not (is_complete(fact) and (short or promises_all(statement.label))):
        return []
    gaps = [f"{{{{c{number}::{item}}}}}" for number, item in enumerate(items, start=1)]
    if ordered:
        gaps = [items[0], *(f"{{{{c{no}::{item}}}}}" for no, item in enumerate(items[1:], 1))]
    opener = clean_title(statement.label)
    text = f"{opener}: {'; '.join(gaps)}"
    if ordered:
        lead = "in order" if opener == ORDER else f"{opener}, in order"
        text = f"{lead}: {' → '.join(gaps)}"
    front = joined(shown_context(statement), text)
    return [plan_card(place, fact, CardKind.CLOZE, front, "", "item", factor=0.95)]
