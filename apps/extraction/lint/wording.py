"""Finds the wordings that a stranger could not make sense of."""

import re

from apps.extraction.lexicon import letter_runs
from apps.extraction.sentences import SUBJECTLESS
from apps.extraction.verbs import word_set

GAP_SHOWN = "[...]"
_POINTING = re.compile(
    r"\b(?:in (?:this|that) case|for this purpose|to go back to this|"
    r"(?:as |like )?(?:we )?(?:explained|mentioned|described|shown|seen) "
    r"(?:above|below|earlier|before)|"
    r"see (?:above|below)|the (?:above|below))\b|"
    r"\bsee [^()]{0,30}, (?:below|above)\b|(?:^|: )see (?=[A-Z])|"
    r"(?:one|some|any|all|each|none) of (?:these|those|them)\b|(?:one|ones|as) above\b|"
    r"\b(?:do|doing|like) (?:this|that|these)\b|\b(?:above|below) (?:shows?|illustrates)\b|"
    r"(?:^|: )[A-Z][a-z]+, (?:it|they|this|these)\b",
    re.I,
)
_HALF = re.compile(
    r"(?:^|: )(?:if|when|whenever|once|while|after|before|in case|rather than|because|since|unless|"
    r"instead of)\b(?:(?!- )[^,:]){0,160},?\s*$|"
    r"(?:^|: )by (?:\w+ )?\w+ing\b[^,:]*$|"
    r"(?:^|: )(?:(?:under|in|at|for|to) )?(?:which|what|how|why|where) \w+ ?(?:\w+ )?"
    r"(?:do|does|is|are|can|should) (?:we|you|it|they|this|these)\b|"
    r"(?:^|: )how (?:it|they|to|we|you)\b[^?“:]*\[\.{3}\]|"
    r"(?:^|: )which (?:is|are|was|were|has|have|can|will)\b[^?“]*$",
    re.I,
)
_BROKEN = re.compile(
    r"[a-z\])] (?:for|of|with|and|or|the|an|from|into|as|by|than|because|which|that|"
    r"(?:it|they|we|you) (?:is|are|can|must|need|needs|requires?|includes?|allows?|uses?))[\s.…]*$"
)
_EXAMPLE = re.compile(
    r"(?:^|: )(?:e\.g\.?|for example|for instance|we (?:have|had|want|got))\b", re.I
)
_POINTERS = word_set(
    "this that these those them it they above below explained mentioned described shown seen see"
)
"""Words of which one stands in whatever points at other lines."""
_LEANS = re.compile(
    r"^because [^,:]*:|"
    r"(?:^|: )(?:meanwhile|likewise|similarly|otherwise|instead)\b|\binstead\b(?! of)|"
    r"\bin (?:a|the) (?:similar|same) (?:way|manner|fashion)[\s.]*$|\bhere[\s.]*$",
    re.I,
)
_SIGN = re.compile(r"↳|(?:^|: |› )(?:\[?[↑↓←⇒→]|! )|(?:^|\s)\*(?:\s|$)")
"""Marks of a layout or a notation that is gone where a card stands alone."""
_ADDRESS = re.compile(
    r"(?<![\d.])(?!0\.|127\.|169\.254\.|22[4-9]\.|23\d\.|25[0-5]\.|1\.1\.1\.1|8\.8\.)"
    r"\d{1,3}(?:\.\d{1,3}){3}(?![\d./])"
)
"""The address of one machine, which only an example has."""
_REFERENCE = re.compile(r"^(?:see|cf\.?|refer to|e\.g\.?)\W|\bsee (?:below|above)\b", re.I)


_FIGURE = re.compile(
    r"\b(?:of the (?:day|fact|box|art)|best fit|point of view|confused with|(?:and|or) others?)\b",
    re.I,
)
"""Figures of speech, which are no knowledge."""
_SAMPLE_NAME = re.compile(r"\bexample\.(?:com|org|net)\b|(?<![\w-])my-[a-z]|[a-z]-?123\b")
_IN_PROMPT = (
    ("prompt without a subject", SUBJECTLESS),
    ("prompt is half a sentence", _HALF),
    ("prompt breaks off", _BROKEN),
    ("prompt leans on another sentence", _LEANS),
    ("a sign of the layout is left", _SIGN),
    ("prompt is an example", _EXAMPLE),
    ("prompt is an example", _ADDRESS),
    ("prompt is an example", _SAMPLE_NAME),
)
_IN_ANSWER = (
    ("answer breaks off", _BROKEN),
    ("answer leans on another sentence", _LEANS),
    ("a sign of the layout is left", _SIGN),
    ("answer is an example", _ADDRESS),
    ("answer is an example", _SAMPLE_NAME),
    ("answer sends elsewhere", _REFERENCE),
    ("answer is a figure of speech", _FIGURE),
)


def wording_faults(prompt: str, answer: str) -> list[str]:
    """Return what is wrong with the words of a prompt and its answer, a few words each."""
    faults = [what for what, sign in _IN_PROMPT if sign.search(prompt)]
    faults += [what for what, sign in _IN_ANSWER if sign.search(answer)]
    if _points(prompt):
        faults.append("prompt points at other lines")
    if _points(answer):
        faults.append("answer sends elsewhere")
    if GAP_SHOWN in prompt and "?" in prompt + answer:
        faults.append("prompt is a question with a gap")
    return faults


def _points(text: str) -> bool:
    """Return whether a text sends its reader to other lines."""
    return not _POINTERS.isdisjoint(letter_runs(text)) and _POINTING.search(text) is not None
