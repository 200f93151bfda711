"""The single checks a draft must pass."""

import re
import unicodedata
from functools import lru_cache

from apps.extraction.documents import CardKind
from apps.extraction.items.draft import GAP, CardPlan
from apps.extraction.lexicon import REMEMBERED, STOP_WORDS, has_digit, stands_in, words
from apps.extraction.lint.wording import GAP_SHOWN, wording_faults
from apps.extraction.roots import root, roots
from apps.extraction.titles import spells

_MARKS = re.compile(r"[^\w%$/.+<>=:-]+")
MIN_TELLING = 3
"""Characters below which an answer may stand in a prompt by chance."""
LONG_ROOT = 5
"""Letters of a root that may be found within another word: "freez" in "unfreeze"."""
MOST = 0.6
MAX_PROMPT = 240
MAX_ANSWER = 500
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf]|\u0e42\u20ac|\ufffd")


@lru_cache(maxsize=REMEMBERED)
def normal(text: str) -> str:
    """Return a text as prompts and answers are compared: lower case, marks and spacing apart."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return " ".join(_MARKS.sub(" ", text).split())


def sides(plan: CardPlan) -> tuple[tuple[str, str], ...]:
    """Return every (prompt, answer) a card asks, one for each gap."""
    if plan.kind is CardKind.CLOZE:
        return _sides_of_cloze(plan.front)
    return ((plan.front, plan.back),)


@lru_cache(maxsize=REMEMBERED)
def _sides_of_cloze(front: str) -> tuple[tuple[str, str], ...]:
    numbers = sorted({match[1] for match in GAP.finditer(front)})
    return tuple(_side(front, number) for number in numbers)


def _side(front: str, number: str) -> tuple[str, str]:
    answer = " ; ".join(match[2] for match in GAP.finditer(front) if match[1] == number)
    shown = GAP.sub(lambda match: GAP_SHOWN if match[1] == number else match[2], front)
    return shown, answer


def card_faults(plan: CardPlan) -> list[str]:
    """Return what is wrong with a card, in a few words each; a sound card has no faults."""
    faults: list[str] = []
    where = " / ".join(plan.path)
    for prompt, answer in sides(plan):
        faults += text_faults(prompt, answer)
        echo = plan.kind is CardKind.CLOZE and _is_echo(answer, prompt, plan.path)
        if echo or gives_away(f"{prompt} / {where}", answer):
            faults.append("answer stands in the prompt")
    return faults


def _is_echo(answer: str, prompt: str, path: tuple[str, ...]) -> bool:
    """Return whether an answer only says again what is seen, in other forms or cut otherwise.

    "Implicit deny: the request is [implicitly denied]", "Shutdown … when it is [shut down]".
    """
    if answer.isupper() and any(spells(answer, title) for title in path):
        return True
    telling = [word for word in words(answer) if word.lower() not in STOP_WORDS]
    if has_digit(answer) or not (telling and answer[0].isalpha()):
        return False
    seen = roots(prompt)
    above = roots(path[-1]) if path else frozenset()
    squeezed = "".join(words(answer.lower()))
    return squeezed in seen or all(_is_seen(root(word), seen, above) for word in telling)


def _is_seen(root: str, seen: frozenset[str], above: frozenset[str]) -> bool:
    """Return whether a root is seen, or makes up most of a long word of the prompt."""
    if root in seen or root in above:
        return True
    return len(root) >= LONG_ROOT and any(
        (root in other or other in root) and MOST * max(len(root), len(other)) <= min_length
        for other in seen
        if (min_length := min(len(root), len(other))) >= LONG_ROOT
    )


@lru_cache(maxsize=REMEMBERED)
def text_faults(prompt: str, answer: str) -> tuple[str, ...]:
    """Return what is wrong with one prompt and its answer, whatever asks them."""
    faults = wording_faults(prompt, answer)
    if not normal(prompt) or not normal(answer):
        faults.append("empty side")
    if len(prompt) > MAX_PROMPT:
        faults.append("prompt too long")
    if len(answer) > MAX_ANSWER:
        faults.append("answer too long")
    if prompt.count("(") != prompt.count(")"):
        faults.append("unbalanced brackets")
    if _MOJIBAKE.search(prompt + answer):
        faults.append("damaged characters")
    return tuple(faults)


def gives_away(prompt: str, answer: str) -> bool:
    """Return whether the whole answer stands in the prompt as words of its own."""
    prompt, answer = normal(prompt), normal(answer)
    if len(answer) < MIN_TELLING:
        return False
    return stands_in(answer, prompt)
