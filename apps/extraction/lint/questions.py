"""Checks a question against the rules of item writing that a program can decide.

The rules follow Haladyna, Downing and Rodriguez (2002): a full question as the stem, one best
answer, choices of one kind and length, no filler, nothing that tells the key.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from apps.extraction.documents import ChoiceDraft, QuestionKind
from apps.extraction.items.draft import QuestionPlan
from apps.extraction.items.groups import NUMBERS
from apps.extraction.lexicon import STOP_WORDS, words
from apps.extraction.lint.checks import gives_away, normal, text_faults

MIN_CHOICES, MAX_CHOICES = 3, 6
MIN_PAIRS = 3
MIN_STEM_WORDS = 2
NEARLY_SAME = 0.92
LONGER, MARGIN = 1.5, 15
"""How much longer than every wrong choice the right one may be, as a share and in characters."""
_ENDS = re.compile(r"[?:.]\s*$|_{2,}|”$")
_FILLER = re.compile(
    r"\b(?:all|none) (?:of )?(?:the )?(?:above|these)\b|\b(?:both|neither) [a-e]\b|"
    r"^[a-e] (?:and|or|&) [a-e]$",
    re.I,
)
_NEGATIVE = re.compile(
    r"\b(?:not|except|least likely|incorrect|isn['’]t|doesn['’]t|cannot)\b", re.I
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|only|every|must|completely|impossible|guaranteed?)\b", re.I
)
_ARTICLE_END = re.compile(r"\b(?:a|an)\s*(?:_+|\.{3})?\s*[:?]?$", re.I)
_VOWEL = re.compile(r"[aeiou]", re.I)
_TYPED = (QuestionKind.TYPED, QuestionKind.NUMERIC)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question; an error refuses it, a warning casts doubt on it."""

    what: str
    is_error: bool = True


def question_faults(plan: QuestionPlan) -> list[Fault]:
    """Return what is wrong with a question; a sound one has no faults."""
    right = [choice.text for choice in plan.choices if choice.correct]
    answer = " ; ".join(right or plan.accepted)
    faults = [Fault(what) for what in text_faults(plan.stem, answer)]
    if plan.kind is not QuestionKind.TRUE_FALSE and any(
        gives_away(plan.stem, text) for text in (right or plan.accepted)
    ):
        faults.append(Fault("answer stands in the prompt"))
    told = [word for word in words(plan.stem) if word.lower() not in STOP_WORDS]
    if len(told) < MIN_STEM_WORDS:
        faults.append(Fault("the stem asks nothing"))
    if not _ENDS.search(plan.stem.strip()):
        faults.append(Fault("the stem ends openly", is_error=False))
    if not plan.explanation or not plan.spans:
        faults.append(Fault("no explanation or no source"))
    if plan.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        faults += _choice_faults(plan, right)
    elif plan.kind is QuestionKind.TRUE_FALSE and len(right) != 1:
        faults.append(Fault("not one right choice"))
    elif plan.kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        faults += _group_faults(plan)
    elif plan.kind in _TYPED and not any(map(normal, plan.accepted)):
        faults.append(Fault("no answer is accepted"))
    return faults


def _group_faults(plan: QuestionPlan) -> Iterator[Fault]:
    """Yield what is wrong with the parts of an order or of a match."""
    for parts in (plan.accepted, [c.text for c in plan.choices], [c.why for c in plan.choices]):
        if len(set(map(normal, parts))) < len(parts):
            yield Fault("two parts are the same")
    if max(len(plan.accepted), len(plan.choices)) < MIN_PAIRS:
        yield Fault("too few parts")


def _choice_faults(plan: QuestionPlan, right: Sequence[str]) -> Iterator[Fault]:
    texts = [normal(choice.text) for choice in plan.choices]
    wrong = [choice.text for choice in plan.choices if not choice.correct]
    if len(set(texts)) != len(texts):
        yield Fault("choices repeat")
    if not MIN_CHOICES <= len(texts) <= MAX_CHOICES:
        yield Fault("too few choices or too many")
    if plan.kind is QuestionKind.SINGLE and len(right) != 1:
        yield Fault("not one right choice")
    if plan.kind is QuestionKind.MULTIPLE:
        if not 1 < len(right) < len(texts):
            yield Fault("not several right choices and a wrong one")
        elif NUMBERS.get(len(right), "") not in plan.stem:
            yield Fault("the stem does not say how many to choose")
    if any(_FILLER.search(choice.text) for choice in plan.choices):
        yield Fault("a choice is filler")
    yield from _cues(plan.stem, plan.choices, right, wrong)
    for place, one in enumerate(texts):
        if any(
            NEARLY_SAME < SequenceMatcher(None, one, other).ratio() < 1 for other in texts[:place]
        ):
            yield Fault("two choices are nearly the same", is_error=False)
            break


def _cues(
    stem: str, choices: Sequence[ChoiceDraft], right: Sequence[str], wrong: Sequence[str]
) -> Iterator[Fault]:
    """Yield what tells the key, or trips a reader, whatever the question is about."""
    if _NEGATIVE.search(stem) and any(_NEGATIVE.search(choice.text) for choice in choices):
        yield Fault("a negative stem with a negative choice", is_error=False)
    if not right or not wrong:
        return
    longest = max(map(len, wrong))
    mean = sum(map(len, right)) / len(right)
    if mean > LONGER * longest and mean - longest > MARGIN:
        yield Fault("the right choice is the longest by far", is_error=False)
    if all(map(_ABSOLUTE.search, wrong)) and not any(map(_ABSOLUTE.search, right)):
        yield Fault("absolute words in the wrong choices only", is_error=False)
    said = _telling(stem)
    shared = [len(said & _telling(text)) for text in right]
    if min(shared) > 1 and not any(said & _telling(text) for text in wrong):
        yield Fault("only the right choice repeats words of the stem", is_error=False)
    vowels = {_VOWEL.match(choice.text.strip()) is not None for choice in choices}
    if _ARTICLE_END.search(stem.strip()) and len(vowels) > 1:
        yield Fault("the article at the end of the stem tells the key")


def _telling(text: str) -> set[str]:
    return {word.lower() for word in words(text) if word.lower() not in STOP_WORDS}
