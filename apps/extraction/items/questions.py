"""Drafts questions whose wrong choices are other facts' values and cannot be true here."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from apps.extraction.documents import ChoiceDraft, Fact, Quantity, QuestionKind, Relation
from apps.extraction.identity import digest, nearest_titles, skeleton
from apps.extraction.items.draft import QuestionPlan
from apps.extraction.items.gaps import find_gaps
from apps.extraction.items.prompts import joined
from apps.extraction.lexicon import STOP_WORDS, canonical, words
from apps.extraction.quantities import COUNT, equivalents
from apps.extraction.titles import is_generic

MIN_DISTRACTORS, MAX_DISTRACTORS = 2, 3
LENGTHS = (0.4, 2.5)
"""How much shorter or longer than the right choice a wrong one may be."""
MAX_MEANING_WORDS = 25
MIN_MEANING_CONTENT = 3
ALIKE = 60
"""Similarity (0 to 100) from which one meaning might fit two terms."""
MAX_WORD_CHOICE = 14
MAX_SIBLINGS, MAX_POOL, MAX_TRUE = 40, 200, 60
"""Candidates looked at for one question; bounds the work on a long note."""
_EXAMPLE = re.compile(r"\b(?:e\.?g|for example|i\.?e|such as)\b", re.I)
_BOUND = re.compile(
    r"\b(?:at (?:most|least)|max(?:imum)?|min(?:imum)?|up to|limit(?:ed)?|only|exactly|about|"
    r"default|has|have)\b[\w\s]{0,20}$",
    re.I,
)
NEAR = 0.03
"""Share of a number within which another one is taken for it."""
FAR = 30.0
"""How many times larger or smaller a wrong number may be."""


def draft_questions(facts: Sequence[Fact]) -> list[QuestionPlan]:
    """Return the questions of a note in the order of their facts."""
    pools = _Pools(facts)
    plans: list[QuestionPlan] = []
    for place, fact in enumerate(facts):
        if fact.disputed:
            continue
        if fact.statement.relation is Relation.IS_A:
            plans.extend(_which_term(place, fact, pools))
        elif fact.statement.relation in (Relation.HAS_VALUE, Relation.STATES):
            plans.extend(_which_value(place, fact, pools))
    return plans


class _Pools:
    """The facts a distractor may come from, by what they have in common."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.siblings: dict[tuple[int | None, int | None], list[Fact]] = defaultdict(list)
        self.same_label: dict[str, list[Fact]] = defaultdict(list)
        self.same_dimension: dict[str, list[tuple[Fact, Quantity]]] = defaultdict(list)
        self.true_values: dict[str, set[float]] = defaultdict(set)
        for fact in facts:
            statement = fact.statement
            if statement.relation is Relation.IS_A and statement.label != statement.subject.about:
                self.siblings[statement.topic, statement.parent].append(fact)
            if statement.relation is Relation.HAS_VALUE:
                self.same_label[canonical(statement.label)].append(fact)
            for quantity in statement.quantities:
                self.true_values[_about(fact)].add(quantity.base)
                if len(statement.quantities) == 1:
                    self.same_dimension[_kind(quantity)].append((fact, quantity))


def _about(fact: Fact) -> str:
    return canonical(fact.statement.subject.about)


def _place(fact: Fact) -> tuple[str, ...]:
    """Return the titles above a fact's own topic: subjects below them are alike."""
    return fact.statement.subject.path[:-1]


def _kind(quantity: Quantity) -> str:
    return (
        quantity.dimension
        if quantity.dimension != COUNT
        else f"{COUNT} {len(str(int(quantity.number)))}"
    )


def _which_term(place: int, fact: Fact, pools: _Pools) -> Iterator[QuestionPlan]:
    """Ask which of the sibling terms a meaning belongs to, where it can belong to one only."""
    statement = fact.statement
    meaning = statement.text.rstrip(" .;,")
    content = [word for word in words(meaning) if word.lower() not in STOP_WORDS]
    if not len(content) >= MIN_MEANING_CONTENT or len(words(meaning)) > MAX_MEANING_WORDS:
        return
    siblings = pools.siblings[statement.topic, statement.parent][:MAX_SIBLINGS]
    others = [
        other
        for other in siblings
        if canonical(other.statement.label) != canonical(statement.label)
        and other.statement.label[:1].isupper() == statement.label[:1].isupper()
    ]
    if any(
        fuzz.token_set_ratio(meaning.lower(), other.statement.text.lower()) >= ALIKE
        for other in others
    ):
        return
    if _leaks(statement.label, meaning):
        return
    labels = {
        other.statement.label: other
        for other in others
        if not _leaks(other.statement.label, meaning)
    }
    key = _key(fact, "which term")
    chosen = sorted(labels, key=lambda label: digest(key, label))[:MAX_DISTRACTORS]
    if len(chosen) < MIN_DISTRACTORS:
        return
    choices = [ChoiceDraft(statement.label, True, f"{statement.label}: {meaning}.")]
    choices += [
        ChoiceDraft(label, False, f"{label}: {labels[label].statement.text.rstrip('.')}.")
        for label in chosen
    ]
    choices.sort(key=lambda choice: digest(key, "place", choice.text))
    where = statement.context or statement.subject.about
    yield _plan(
        place, fact, key, QuestionKind.SINGLE, joined(where, f"which one is this? “{meaning}”"),
        choices=tuple(choices), explanation=f"{statement.label}: {meaning}.",
    )  # fmt: skip


def _leaks(label: str, meaning: str) -> bool:
    """Return whether a telling word of a label stands in a meaning."""
    said = {_stem(word) for word in words(meaning)}
    return any(_stem(word) in said for word in words(label) if word.lower() not in STOP_WORDS)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word.lower())


def _which_value(place: int, fact: Fact, pools: _Pools) -> Iterator[QuestionPlan]:
    """Ask for the one number of a fact; with too few safe wrong ones it is typed."""
    statement = fact.statement
    if len(statement.quantities) != 1:
        yield from _which_word(place, fact, pools)
        return
    quantity = statement.quantities[0]
    if not _is_fixed(fact, quantity):
        return
    stem = _stem_with_gap(fact, quantity)
    if not stem:
        return
    key = _key(fact, "value")
    explanation = joined(statement.context, _full(fact)).rstrip(".") + "."
    distractors = _wrong_numbers(fact, quantity, pools, key)
    if len(distractors) < MIN_DISTRACTORS:
        if quantity.dimension != COUNT:
            yield _plan(
                place, fact, key, QuestionKind.TYPED, stem,
                accepted=equivalents(quantity), explanation=explanation,
            )  # fmt: skip
        return
    pairs = [(quantity.base, ChoiceDraft(quantity.text, True, explanation))]
    pairs += [
        (wrong.base, ChoiceDraft(wrong.text, False, f"That belongs to: {_full(source)}."))
        for source, wrong in distractors
    ]
    pairs.sort(key=lambda pair: (pair[0], pair[1].text))
    yield _plan(
        place, fact, key, QuestionKind.SINGLE, stem,
        choices=tuple(choice for _, choice in pairs), explanation=explanation,
    )  # fmt: skip


def _is_fixed(fact: Fact, quantity: Quantity) -> bool:
    """Return whether a number is a value to know, not an example and not a passing count."""
    before = fact.statement.text[: quantity.start]
    if _EXAMPLE.search(before):
        return False
    if quantity.dimension != COUNT or fact.statement.relation is Relation.HAS_VALUE:
        return True
    return _BOUND.search(before) is not None


def _stem_with_gap(fact: Fact, quantity: Quantity) -> str:
    """Return the fact with its number left out, as a question; "" if too little stays."""
    statement = fact.statement
    text = statement.text
    numbers = [
        gap
        for gap in find_gaps(text, statement.quantities, f"{statement.context} {statement.label}")
        if gap.role == "number"
    ]
    alone = text.strip(" .") == quantity.text and bool(statement.label)
    if not numbers and not alone:
        return ""
    shown = f"{text[: quantity.start].rstrip()} ___ {text[quantity.end :].lstrip()}".strip(" .")
    lead = f"{statement.label}: " if statement.label else ""
    return f"Which value is missing? {joined(statement.context, lead + shown)}"


def _close(one: float, other: float) -> bool:
    """Return whether two numbers could pass for the same: 365 days and a year."""
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


def _full(fact: Fact) -> str:
    statement = fact.statement
    return f"{statement.label}: {statement.text}" if statement.label else statement.text


def _wrong_numbers(
    fact: Fact, quantity: Quantity, pools: _Pools, key: str
) -> list[tuple[Fact, Quantity]]:
    """Return numbers of the same kind that this subject has nowhere in the note, nearest first."""
    true = pools.true_values[_about(fact)]
    found: dict[float, tuple[Fact, Quantity]] = {}
    if len(true) > MAX_TRUE:
        return []
    for other, value in pools.same_dimension[_kind(quantity)][:MAX_POOL]:
        near = quantity.base and value.base and 1 / FAR <= value.base / quantity.base <= FAR
        if (
            any(_close(value.base, known) for known in (*true, *found))
            or not near
            or other.disputed
            or value.text in _full(fact)
        ):
            continue
        found[value.base] = (other, value)
    ranked = sorted(
        found.values(),
        key=lambda pair: (
            canonical(pair[0].statement.label) != canonical(fact.statement.label),
            pair[0].statement.topic != fact.statement.topic,
            pair[1].unit != quantity.unit,
            digest(key, pair[1].text),
        ),
    )
    return ranked[:MAX_DISTRACTORS]


def _which_word(place: int, fact: Fact, pools: _Pools) -> Iterator[QuestionPlan]:
    """Ask for an attribute in words, with the same attribute of other subjects as wrong choices."""
    statement = fact.statement
    if statement.relation is not Relation.HAS_VALUE or is_generic(statement.label):
        return
    if len(words(statement.text)) > MAX_WORD_CHOICE:
        return
    key = _key(fact, "word")
    value = statement.text.rstrip(" .;,")
    found: dict[str, Fact] = {}
    for other in pools.same_label[canonical(statement.label)][:60]:
        text = other.statement.text.rstrip(" .;,")
        apart = fuzz.token_set_ratio(text.lower(), value.lower()) < ALIKE
        near = _place(other) == _place(fact)
        if (
            near
            and _about(other) != _about(fact)
            and apart
            and LENGTHS[0] <= len(text) / len(value) <= LENGTHS[1]
        ):
            found.setdefault(text, other)
    chosen = sorted(found, key=lambda text: digest(key, text))[:MAX_DISTRACTORS]
    if len(chosen) < MIN_DISTRACTORS or not statement.context:
        return
    choices = [ChoiceDraft(value, True, "")]
    choices += [
        ChoiceDraft(text, False, f"That belongs to {found[text].statement.subject.about}.")
        for text in chosen
    ]
    choices.sort(key=lambda choice: digest(key, "place", choice.text))
    yield _plan(
        place, fact, key, QuestionKind.SINGLE,
        f"{joined(statement.context, statement.label)} — which is right?",
        choices=tuple(choices), explanation=joined(statement.context, _full(fact)),
    )  # fmt: skip


def _key(fact: Fact, role: str) -> str:
    statement = fact.statement
    wording = statement.text if statement.relation is Relation.STATES else ""
    return digest(
        nearest_titles(statement.subject.path),
        skeleton(statement.context),
        statement.relation,
        skeleton(statement.label),
        skeleton(wording),
        "question",
        role,
    )


def _plan(
    place: int, fact: Fact, key: str, kind: QuestionKind, stem: str, *,
    choices: tuple[ChoiceDraft, ...] = (), accepted: tuple[str, ...] = (), explanation: str = "",
) -> QuestionPlan:  # fmt: skip
    statement = fact.statement
    return QuestionPlan(
        base_key=key, fact=place, topic=statement.topic, path=statement.subject.path, kind=kind,
        stem=stem, choices=choices, accepted=accepted, explanation=explanation, spans=fact.spans,
        certainty=round(0.9 * statement.certainty, 3),
    )  # fmt: skip
