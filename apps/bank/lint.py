"""What is doubtful about a question, by the rules of item writing; shown, never in the way.

What extraction refuses in its own drafts is found by `apps.extraction.lint`; here stand the rules
that only a person's wording needs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

from apps.extraction.documents import ChoiceDraft, QuestionKind, Span
from apps.extraction.items.draft import QuestionPlan
from apps.extraction.lexicon import words
from apps.extraction.lint.questions import Fault, question_faults
from apps.extraction.lint.wording import wording_faults

# Whoever writes a question by hand is its source: only the explanation may be missing.
UNEXPLAINED, SAID = "no explanation or no source", "nothing explains the answer"
CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
LONGEST_STEM = 120
"""Words above which a stem is more reading than asking."""
SHORTER, MARGIN = 2, 25
"""How often the right choice goes into every wrong one, and by how many characters it is less."""
FEWEST_TOLD = 20
"""Single choices below which their lengths say more of chance than of a habit."""
_NEGATIVE = re.compile(r"\b(not|except|least|incorrect|false|never)\b")
# "Is it true that …" asks about what follows it.
_FRAME = re.compile(r"^\s*(?:is it true(?: or false)?|true or false)(?: that|\s*:)\s+", re.I)
_HEDGE = re.compile(r"\b(usually|generally|often|may|might|can|typically|most|some)\b", re.I)
_JOKE = re.compile(r"\b(?:i don['’]t know|joke|lol|haha)\b", re.I)
_NUMBER = re.compile(r"[$€£]?\s*(-?\d[\d,]*(?:\.\d+)?)\s*[^\d\s]*")


def lint_question(content: Mapping[str, Any]) -> list[Fault]:
    """The faults of a question's words, in the form its versions keep them; errors first."""
    kind = QuestionKind(content["kind"])
    choices = tuple(
        ChoiceDraft(choice["text"], choice["is_correct"], choice["why"])
        for choice in content["choices"]
    )
    plan = QuestionPlan(
        base_key="",
        fact=0,
        topic=None,
        path=(),
        kind=kind,
        stem=_FRAME.sub("", content["stem"]),
        choices=choices,
        accepted=tuple(map(str, content["accepted"])),
        explanation=content["explanation"],
        spans=(Span(1, 1),),
        certainty=1,
    )
    faults = [judged(fault, plan) for fault in question_faults(plan)]
    doubts = [*_doubts_of_stem(plan.stem)]
    if kind in CHOSEN and choices:
        doubts += _doubts_of_choices(choices)
    faults += [Fault(what, is_error=False) for what in doubts]
    return sorted(dict.fromkeys(faults), key=lambda fault: not fault.is_error)


def judged(fault: Fault, plan: QuestionPlan) -> Fault:
    """A fault as it weighs in a person's question: how it is worded is theirs to judge.

    What would be half a sentence out of a note may follow from the sentences before it here.
    """
    if fault.what == UNEXPLAINED:
        return Fault(SAID, is_error=False)
    answer = " ; ".join([c.text for c in plan.choices if c.correct] or plan.accepted)
    return Fault(fault.what, fault.is_error and fault.what not in wording_faults(plan.stem, answer))


def lint_bank(contents: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """What only many questions together give away: here, that the right choice tends to be long.

    A learner who always takes the longest choice should be right as often as by chance; the doubt
    is told from two standard errors above that.
    """
    told = [len(content["choices"]) for content in contents if _tells_by_length(content)]
    hits = sum(map(_key_is_longest, filter(_tells_by_length, contents)))
    if len(told) < FEWEST_TOLD:
        return []
    expected = sum(1 / count for count in told)
    spread = sqrt(sum((1 - 1 / count) / count for count in told))
    if hits <= expected + 2 * spread:
        return []
    what = (
        f"in {hits} of {len(told)} questions the right choice is the longest, where chance would "
        f"make it about {round(expected)}: who always takes the longest gains by it"
    )
    return [Fault(what, is_error=False)]


def _tells_by_length(content: Mapping[str, Any]) -> bool:
    """Whether a question has one right choice, and one choice that is longer than all others."""
    lengths = sorted(len(choice["text"]) for choice in content["choices"])
    right = sum(choice["is_correct"] for choice in content["choices"])
    is_single = content["kind"] == QuestionKind.SINGLE and right == 1 and len(lengths) > 1
    return is_single and lengths[-1] > lengths[-2]


def _key_is_longest(content: Mapping[str, Any]) -> bool:
    longest = max(content["choices"], key=lambda choice: len(choice["text"]))
    return bool(longest["is_correct"])


def _doubts_of_stem(stem: str) -> Iterator[str]:
    if found := _NEGATIVE.search(stem):
        yield f"the word “{found[1]}” in the stem is easily missed: write it in capitals"
    if len(words(stem)) > LONGEST_STEM:
        yield f"the stem has more than {LONGEST_STEM} words"


def _doubts_of_choices(choices: Sequence[ChoiceDraft]) -> Iterator[str]:
    texts = [choice.text.strip() for choice in choices]
    right = [choice.text for choice in choices if choice.correct]
    wrong = [choice.text for choice in choices if not choice.correct]
    if any(map(_JOKE.search, texts)):
        yield "a choice is a joke"
    if not all(choice.why for choice in choices if not choice.correct):
        yield "a wrong choice has no reason"
    if len({text.endswith((".", "!")) for text in texts}) > 1:
        yield "some choices end with a full stop, some do not"
    if len({text[:1].isupper() for text in texts if text[:1].isalpha()}) > 1:
        yield "some choices begin with a capital, some do not"
    starts = {" ".join(words(text.lower())[:2]) for text in texts}
    if len(texts) > 1 and len(starts) == 1 and " " in min(starts):
        yield f"all choices begin with “{min(starts)}”: move it to the stem"
    if not _in_order(texts):
        yield "the numbers are not in order"
    if not right or not wrong:
        return
    shortest, mean = min(map(len, wrong)), sum(map(len, right)) / len(right)
    if mean * SHORTER < shortest and shortest - mean > MARGIN:
        yield "the right choice is the shortest by far"
    if any(map(_HEDGE.search, right)) and not any(map(_HEDGE.search, wrong)):
        yield "only the right choice is worded with caution"


def _in_order(texts: Sequence[str]) -> bool:
    """Whether choices that are all numbers rise or fall; other choices have no order."""
    found = [_NUMBER.fullmatch(text) for text in texts]
    values = [float(each[1].replace(",", "")) for each in found if each]
    if len(values) < len(texts):
        return True
    pairs = list(pairwise(values))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)
