"""Drafts questions whose wrong choices are other facts' values and cannot be true here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from apps.extraction.documents import ChoiceDraft, Fact, QuestionKind, Relation, Statement
from apps.extraction.identity import digest
from apps.extraction.items.draft import QuestionPlan, item_key, plan_question
from apps.extraction.items.groups import ask_list, ask_match, ask_order
from apps.extraction.items.numbers import (
    MAX_DISTRACTORS,
    MIN_DISTRACTORS,
    ask_number,
    explained,
)
from apps.extraction.items.poles import OPPOSITES
from apps.extraction.items.pools import ALIKE, WINDOW, Pools, about_of, content_words
from apps.extraction.items.prompts import below, is_sentence, joined, leaks, shown_context
from apps.extraction.items.ranking import question_rank
from apps.extraction.items.truths import ask_truth
from apps.extraction.lexicon import STOP_WORDS, canonical, is_verb, words
from apps.extraction.progress import Tell, unheard, watched
from apps.extraction.titles import is_generic, name_of
from apps.extraction.verbs import is_past

LENGTHS = (0.5, 2.0)
"""How much shorter or longer than the right choice a wrong one may be."""
MAX_MEANING_WORDS = 25
MIN_MEANING_CONTENT = 4
SHARED, MOSTLY = 2, 0.4
"""Telling words two meanings may share, and the share of them that makes them interchangeable."""
MAX_WORD_CHOICE, MAX_TYPED = 14, 3
_CODE = re.compile(r"\b\d(?:\d\d|xx)\b", re.I)
_NAMES = re.compile(r"^[A-Z][\w&+-]*(?: [A-Z0-9][\w&+-]*)*$")


def draft_questions(
    pools: Pools, stressed: frozenset[int] = frozenset(), tell: Tell = unheard
) -> list[QuestionPlan]:
    """Return the questions of a note in the order of their facts, ranked.

    `stressed` are the lines the note sets off.
    """
    facts = pools.facts
    plans: list[QuestionPlan] = []
    for place, fact in enumerate(watched(facts, tell)):
        if not fact.disputed:
            plans.extend(_questions(place, fact, pools))
    return [replace(plan, rank=question_rank(plan, facts[plan.fact], stressed)) for plan in plans]


def _questions(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    statement = fact.statement
    match statement.relation:
        case Relation.IS_A:
            yield from _which_term(place, fact, pools)
            yield from ask_match(place, fact, pools)
        case Relation.HAS_PART:
            yield from ask_list(place, fact, pools)
        case Relation.STEP:
            yield from ask_order(place, fact)
        case Relation.EXPANDS:
            yield from _expansion(place, fact)
        case Relation.DONE_BY:
            yield from _which_command(place, fact)
        case Relation.HAS_VALUE | Relation.STATES:
            if len(statement.quantities) == 1:
                yield from ask_number(place, fact, pools)
            elif statement.relation is Relation.HAS_VALUE and not statement.quantities:
                yield from _which_word(place, fact, pools)
            yield from ask_truth(place, fact, pools)


def _which_term(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Ask which of the sibling terms a meaning belongs to, where it can belong to one only."""
    statement = fact.statement
    meaning = statement.text.rstrip(" .;,")
    content = [word for word in words(meaning) if word.lower() not in STOP_WORDS]
    if not len(content) >= MIN_MEANING_CONTENT or len(words(meaning)) > MAX_MEANING_WORDS:
        return
    if leaks(statement.label, meaning) or is_generic(statement.label):
        return
    if is_sentence(statement.label):
        return
    labels = _safe_labels(place, fact, meaning, pools)
    key = item_key(statement, "question which term")
    chosen = sorted(labels, key=lambda label: digest(key, label))[:MAX_DISTRACTORS]
    if len(chosen) < MIN_DISTRACTORS:
        return
    choices = [ChoiceDraft(statement.label, True, f"{statement.label}: {meaning}.")]
    choices += [
        ChoiceDraft(label, False, f"{label}: {labels[label].statement.text.rstrip('.')}.")
        for label in chosen
    ]
    choices.sort(key=lambda choice: digest(key, "place", choice.text))
    ask = f"which term is described? “{meaning}”"
    yield plan_question(
        place, fact, "which term", QuestionKind.SINGLE, joined(shown_context(statement), ask),
        choices=tuple(choices), explanation=f"{statement.label}: {meaning}.",
    )  # fmt: skip


def _safe_labels(place: int, fact: Fact, meaning: str, pools: Pools) -> dict[str, Fact]:
    """Return the sibling terms a meaning does not fit; {} if it may fit one of them."""
    statement = fact.statement
    told = content_words(meaning)
    found: dict[str, Fact] = {}
    group = pools.groups[statement.topic, statement.parent]
    for other_place in group[:WINDOW]:
        other = pools.facts[other_place]
        label = other.statement.label
        if other_place == place or canonical(label) == canonical(statement.label):
            continue
        if fuzz.token_set_ratio(meaning.lower(), other.statement.text.lower()) >= ALIKE:
            return {}
        theirs = content_words(other.statement.text)
        shared = len(told & theirs)
        if shared >= SHARED and shared >= MOSTLY * min(len(told), len(theirs)):
            return {}
        apart = not (
            canonical(label) in canonical(statement.label)
            or canonical(statement.label) in canonical(label)
            or _is_class(label, statement.label)
            or label.split(" ")[0].lower() == statement.label.split(" ")[0].lower()
        )
        alike = label[:1].isupper() == statement.label[:1].isupper()
        named = len(label) > 1 and not is_generic(label) and not is_sentence(label)
        if apart and alike and named and shared < SHARED and not leaks(label, meaning):
            found[label] = other
    return found


def _is_class(one: str, other: str) -> bool:
    """Return whether one of two labels is the class the other is of: "5xx errors", "503 errors"."""
    first, second = _CODE.search(one), _CODE.search(other)
    if first is None or second is None or first[0][0] != second[0][0]:
        return False
    return first[0].isdigit() != second[0].isdigit()


def _expansion(place: int, fact: Fact) -> Iterator[QuestionPlan]:
    """Have an abbreviation spelt out; the way back could be read off the capitals."""
    statement = fact.statement
    yield plan_question(
        place, fact, "expansion", QuestionKind.TYPED, f"What does “{statement.label}” stand for?",
        accepted=(statement.text,), explanation=f"{statement.label}: {statement.text}.",
    )  # fmt: skip


def _which_command(place: int, fact: Fact) -> Iterator[QuestionPlan]:
    """Have the command of a task typed, where it is one line."""
    statement = fact.statement
    command = statement.text.strip()
    if command and "\n" not in command:
        stem = below(shown_context(statement), statement.label, "which command?")
        yield plan_question(
            place, fact, "command", QuestionKind.TYPED, stem, accepted=(command,),
            explanation=f"{statement.label}: {command}",
        )  # fmt: skip


def _which_word(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Ask for an attribute in words, with the same attribute of sibling subjects as wrong choices.

    With too few of them a short name is typed instead.
    """
    statement = fact.statement
    value = statement.text.rstrip(" .;,")
    if is_generic(statement.label) or len(words(value)) > MAX_WORD_CHOICE or not statement.context:
        return
    key = item_key(statement, "question word")
    ask = joined(shown_context(statement), statement.label)
    found = _sibling_values(fact, value, pools)
    chosen = sorted(found, key=lambda text: digest(key, text))[:MAX_DISTRACTORS]
    if len(chosen) < MIN_DISTRACTORS:
        if len(words(value)) <= MAX_TYPED and _NAMES.match(value) and _names(statement):
            yield plan_question(
                place, fact, "word", QuestionKind.TYPED, f"{ask}: ___", accepted=(value,),
                explanation=explained(fact),
            )  # fmt: skip
        return
    choices = [ChoiceDraft(value, True, explained(fact))]
    choices += [
        ChoiceDraft(text, False, f"That belongs to {found[text].statement.subject.about}.")
        for text in chosen
    ]
    choices.sort(key=lambda choice: digest(key, "place", choice.text))
    yield plan_question(
        place, fact, "word", QuestionKind.SINGLE, f"{ask}: which is right?",
        choices=tuple(choices), explanation=explained(fact),
    )  # fmt: skip


def _names(statement: Statement) -> bool:
    """Return whether a value names something that one word fits: a name, or one of two states."""
    value, label = statement.text.strip(" .;,").lower(), words(statement.label)
    return bool(label) and not is_verb(label[0]) and (value in OPPOSITES or not is_past(value))


def _sibling_values(fact: Fact, value: str, pools: Pools) -> dict[str, Fact]:
    """Return the other values of an attribute that no line gives this subject."""
    statement = fact.statement
    found: dict[str, Fact] = {}
    if pools.is_turned(fact):
        return found
    for place in pools.same_label[canonical(statement.label)][:WINDOW]:
        other = pools.facts[place]
        text = other.statement.text.rstrip(" .;,")
        siblings = other.statement.subject.path[:-1] == statement.subject.path[:-1]
        fits = bool(value) and LENGTHS[0] <= len(text) / len(value) <= LENGTHS[1]
        apart = fuzz.token_set_ratio(text.lower(), value.lower()) < ALIKE
        if not siblings or not fits or not apart or other.disputed:
            continue
        if _same_line(other, fact) or about_of(other) == about_of(fact):
            continue
        if not pools.says(name_of(statement.subject.about), text):
            found.setdefault(text, other)
    return found


def _same_line(one: Fact, other: Fact) -> bool:
    return one.statement.node == other.statement.node
