"""The single checks a draft must pass."""

import re
import unicodedata

from apps.extraction.documents import CardKind, QuestionKind
from apps.extraction.items.draft import CardPlan, QuestionPlan
from apps.extraction.lexicon import stands_in

MIN_TELLING = 3
"""Characters below which an answer may stand in a prompt by chance."""
MAX_PROMPT = 240
MAX_ANSWER = 500
MIN_CHOICES = 3
_GAP = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.S)
_SUBJECTLESS = re.compile(
    r"^(?:what|which|when|where|how|why)?\W*(?:is|are|does|do|can)?\W*"
    r"(?:it|it['’]s|its|they|they['’]re|their|this|that|these|those|there)\b",
    re.I,
)
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf]|\u0e42\u20ac|\ufffd")


def normal(text: str) -> str:
    """Return a text as prompts and answers are compared: lower case, marks and spacing apart."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return " ".join(re.sub(r"[^\w%$/.+<>=:-]+", " ", text).split())


def sides(plan: CardPlan) -> list[tuple[str, str]]:
    """Return every (prompt, answer) a card asks, one for each gap or direction."""
    if plan.kind is CardKind.CLOZE:
        numbers = sorted({match[1] for match in _GAP.finditer(plan.front)})
        return [_side(plan.front, number) for number in numbers]
    if plan.kind is CardKind.REVERSED:
        return [(plan.front, plan.back), (plan.back, plan.front)]
    return [(plan.front, plan.back)]


def _side(front: str, number: str) -> tuple[str, str]:
    answer = " ; ".join(match[2] for match in _GAP.finditer(front) if match[1] == number)
    shown = _GAP.sub(lambda match: "[...]" if match[1] == number else match[2], front)
    return shown, answer


def card_faults(plan: CardPlan) -> list[str]:
    """Return what is wrong with a card, in a few words each; a sound card has no faults."""
    faults: list[str] = []
    where = " / ".join(plan.path)
    for prompt, answer in sides(plan):
        faults += _text_faults(prompt, answer)
        if gives_away(f"{prompt} / {where}", answer):
            faults.append("answer stands in the prompt")
    return faults


def question_faults(plan: QuestionPlan) -> list[str]:
    """Return what is wrong with a question; a sound one has no faults."""
    right = [choice.text for choice in plan.choices if choice.correct]
    answer = " ; ".join(right) or (plan.accepted[0] if plan.accepted else "")
    faults = _text_faults(plan.stem, answer)
    if any(gives_away(plan.stem, text) for text in (right or plan.accepted)):
        faults.append("answer stands in the prompt")
    if plan.kind is QuestionKind.TYPED:
        return faults
    texts = [normal(choice.text) for choice in plan.choices]
    if len(set(texts)) != len(texts):
        faults.append("choices repeat")
    if plan.kind is QuestionKind.SINGLE and (len(texts) < MIN_CHOICES or len(right) != 1):
        faults.append("too few choices, or not one right")
    return faults


def _text_faults(prompt: str, answer: str) -> list[str]:
    faults: list[str] = []
    if not normal(prompt) or not normal(answer):
        faults.append("empty side")
    if _SUBJECTLESS.match(prompt.strip()):
        faults.append("prompt without a subject")
    if len(prompt) > MAX_PROMPT:
        faults.append("prompt too long")
    if len(answer) > MAX_ANSWER:
        faults.append("answer too long")
    if prompt.count("(") != prompt.count(")"):
        faults.append("unbalanced brackets")
    if _MOJIBAKE.search(prompt + answer):
        faults.append("damaged characters")
    return faults


def gives_away(prompt: str, answer: str) -> bool:
    """Return whether the whole answer stands in the prompt as words of its own."""
    prompt, answer = normal(prompt), normal(answer)
    if len(answer) < MIN_TELLING:
        return False
    return stands_in(answer, prompt)
