"""Drafts statements to be judged: a fact as it is, or with a sibling's value in its place."""

import re
from collections.abc import Iterator

from apps.extraction.documents import ChoiceDraft, Fact, QuestionKind, Relation
from apps.extraction.identity import digest
from apps.extraction.items.draft import QuestionPlan, full_text, item_key, plan_question
from apps.extraction.items.numbers import MIN_DISTRACTORS, explained, wrong_numbers
from apps.extraction.items.poles import OPPOSITES, find_poles
from apps.extraction.items.pools import Pools, about_of
from apps.extraction.items.prompts import joined, shown_context
from apps.extraction.lexicon import canonical, words

MAX_JUDGED_WORDS = 16
_COPULA = re.compile(r"\b(?:is|are)\s+(?:always\s+|by default\s+)?$", re.I)
_EVEN = "02468ace"


def ask_truth(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Yield a statement to judge where the contrary is proven false by another fact."""
    statement = fact.statement
    if statement.negative and statement.relation is Relation.STATES:
        return
    said = full_text(fact).rstrip(" .")
    if len(words(said)) > MAX_JUDGED_WORDS or not (statement.context or statement.label or said):
        return
    swapped = _with_contrary(fact, pools) or _with_other_number(place, fact, pools)
    if not swapped:
        return
    wording = statement.text if statement.relation is Relation.STATES else ""
    key = item_key(statement, "question truth", wording)
    is_true = digest(key)[0] in _EVEN
    shown = joined(shown_context(statement), said if is_true else swapped)
    right = explained(fact)
    choices = (
        ChoiceDraft("True", is_true, right),
        ChoiceDraft("False", not is_true, right),
    )
    yield plan_question(
        place, fact, "truth", QuestionKind.TRUE_FALSE, f"Right or wrong? {shown}.",
        wording=wording, choices=choices, explanation=right,
    )  # fmt: skip


def _with_contrary(fact: Fact, pools: Pools) -> str:
    """Return the fact with its one telling word turned round, if a sibling is what it is not."""
    statement = fact.statement
    said = full_text(fact).rstrip(" .")
    places = find_poles(said)
    turning = [place for place in places if said[slice(*place)].lower() in OPPOSITES]
    if len(turning) != 1 or turning[0] != places[0]:
        return ""
    start, end = turning[0]
    pole = said[start:end]
    alone = statement.relation is Relation.HAS_VALUE and statement.text.strip(" .") == pole
    if not (alone or _COPULA.search(said[:start])):
        return ""
    contrary = OPPOSITES[pole.lower()]
    holders = [pools.facts[place] for place in pools.poles[contrary][:MAX_JUDGED_WORDS]]
    siblings = [other for other in holders if about_of(other) != about_of(fact)]
    if not siblings or pools.says(statement.subject.about, contrary):
        return ""
    return f"{said[:start]}{contrary}{said[end:]}"


def _with_other_number(place: int, fact: Fact, pools: Pools) -> str:
    """Return an attribute with the number a sibling has for it, if it is too alone for choices."""
    statement = fact.statement
    if statement.relation is not Relation.HAS_VALUE or len(statement.quantities) != 1:
        return ""
    quantity = statement.quantities[0]
    wrong = wrong_numbers(place, fact, quantity, pools)
    same = [
        value
        for other, value in wrong
        if canonical(other.statement.label) == canonical(statement.label)
    ]
    if len(wrong) >= MIN_DISTRACTORS or not same:
        return ""
    text = statement.text
    swapped = f"{text[: quantity.start]}{same[0].text}{text[quantity.end :]}".strip(" .")
    return f"{statement.label}: {swapped}"
