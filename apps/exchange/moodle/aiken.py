"""Aiken: a stem, lettered choices and the letter of the right one, each on a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_uppercase

from apps.exchange.documents import (
    Choice,
    Entry,
    Field,
    Question,
    QuestionKind,
    ReadFile,
    Written,
    decoded,
    one_line,
    tidy,
)
from apps.exchange.moodle.conventions import FEWEST_CHOICES

LACKS = frozenset({Field.EXPLANATION, Field.WHY, Field.TOPIC})
_CHOICE = re.compile(r"([A-Z])[.)][ \t]+(.*)", re.S)
_ANSWER = re.compile(r"ANSWER:\s*(.*)", re.S)
_SPACE = re.compile(r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def write_aiken(questions: Iterable[Question]) -> Written:
    """The single choices that Aiken can hold; it has no explanations and no ids."""
    written = Written()
    blocks = []
    for question in (each.tidied for each in questions):
        reason = _why_not(question)
        if reason:
            written.lose(question, reason, is_whole=True)
            continue
        if question.explanation or any(choice.why for choice in question.choices):
            written.lose(question, "Aiken has no room for what explains the answer")
        written.lose_case(question)
        lines = [
            f"{letter}) {choice.text}"
            for letter, choice in zip(ascii_uppercase, question.choices, strict=False)
        ]
        right = [choice.is_correct for choice in question.choices].index(True)
        lines = [question.stem, *lines, f"ANSWER: {ascii_uppercase[right]}"]
        blocks.append("".join(f"{line}\n" for line in lines))
        written.count += 1
    written.data = "\n".join(blocks).encode()
    return written


def _why_not(question: Question) -> str:
    if question.kind is not QuestionKind.SINGLE:
        return "Aiken holds only questions with one right choice"
    texts = [question.stem, *(choice.text for choice in question.choices)]
    if sum(choice.is_correct for choice in question.choices) != 1:
        return "it has not just one right choice"
    if not FEWEST_CHOICES <= len(question.choices) <= len(ascii_uppercase):
        return "Aiken holds 2 to 26 choices"
    if not all(texts) or any(_SPACE.search(text) for text in texts):
        return "Aiken gives its question and each of its choices one line"
    if _CHOICE.fullmatch(question.stem) or _ANSWER.fullmatch(question.stem):
        return "Aiken would take its question for a choice or an answer"
    return ""


@dataclass(slots=True)
class _Block:
    """A question while it is read: its lines so far, and where it began."""

    line: int
    stem: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)


def read_aiken(data: bytes) -> ReadFile:
    """All questions of a file of Aiken. Raises Unreadable."""
    entries: list[Entry] = []
    block = _Block(1)
    for number, written in enumerate(_SPACE.split(tidy_lines(decoded(data))), start=1):
        line = written.strip()
        if not line:
            continue
        if not block.stem and not block.choices:
            block.line = number
        if (answer := _ANSWER.fullmatch(line)) is not None:
            entries.append(_entry(block, answer[1].strip()))
            block = _Block(number + 1)
        elif block.stem and (choice := _CHOICE.fullmatch(line)) is not None:
            block.choices.append((choice[1], tidy(choice[2])))
        elif block.choices:
            entries.append(_refused(block, "no line “ANSWER: ” follows its choices"))
            block = _Block(number, [line])
        else:
            block.stem.append(line)
    if block.stem or block.choices:
        entries.append(_refused(block, "no line “ANSWER: ” ends it"))
    return ReadFile(tuple(entries), LACKS)


def tidy_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entry(block: _Block, answer: str) -> Entry:
    letters = [letter for letter, _ in block.choices]
    if not block.stem:
        return _refused(block, "there is no question before its answer")
    if len(block.choices) < FEWEST_CHOICES or letters != list(ascii_uppercase[: len(letters)]):
        return _refused(block, "its choices are not lettered A, B, C and so on")
    if answer not in letters:
        return _refused(block, f"its answer “{answer}” is not the letter of a choice")
    choices = tuple(Choice(text, letter == answer) for letter, text in block.choices)
    question = Question(QuestionKind.SINGLE, tidy("\n".join(block.stem)), choices)
    return Entry(block.line, question.name, question)


def _refused(block: _Block, reason: str) -> Entry:
    return Entry(block.line, one_line(" ".join(block.stem))[:80], reason=reason)
