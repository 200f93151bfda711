"""Reads GIFT, block by block; what it cannot take it says by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from apps.exchange.documents import (
    Choice,
    Entry,
    Question,
    QuestionKind,
    ReadFile,
    decoded,
    one_line,
    tidy,
)
from apps.exchange.markup import from_html
from apps.exchange.moodle.conventions import (
    WHOLE,
    Amount,
    answer_read,
    decimal_text,
    is_right,
    kind_in_tags,
    number,
    remarks_on_weights,
    topic_of,
    true_or_false,
    words_of,
)
from apps.exchange.moodle.marked import Marked

CATEGORY = "$CATEGORY:"
GAP = "_____"
_FORM = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_NOTE = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])*)\]")
_ORDER = re.compile(r">\s*\d*[ \t]*(?:[A-Za-z_]+[ \t]*){0,4}(?:\n|$)")
_TRUE, _FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})


class Refused(Exception):
    """A question that cannot be taken; the message says why."""


@dataclass(slots=True)
class Block:
    """The lines between two blank ones, without comments; `notes` is what comments say."""

    line: int
    written: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Told:
    """What is said of a question beside its words; `form` is how they are written."""

    form: str = "moodle"
    remarks: list[str] = field(default_factory=list)

    def words(self, part: Marked) -> str:
        """The words of a part, whatever form it is written in."""
        part = part.strip()
        form = self.form
        if found := _FORM.match(part.marks):
            form = found[1]
            part = part.part(found.end())
        text, remarks = words_of(part.text, form)
        self.remarks += remarks
        return tidy(text)


def read_gift(data: bytes) -> ReadFile:
    """All questions of a file of GIFT. Raises Unreadable."""
    topic: tuple[str, ...] = ()
    entries: list[Entry] = []
    for block in _blocks(decoded(data)):
        if block.written.startswith(CATEGORY):
            named, _, block.written = block.written.partition("\n")
            topic = topic_of(named.removeprefix(CATEGORY))
        if block.written.strip():
            entries.append(_entry(block, topic))
    return ReadFile(tuple(entries))


def _blocks(text: str) -> Iterator[Block]:
    """The blocks that blank lines part, each with the comments inside and right above it."""
    block: Block | None = None
    # Only these end a line: a text may hold what `splitlines` would break at.
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place, line in enumerate(lines, start=1):
        if not line.strip(" \t"):
            if block is not None:
                yield block
            block = None
            continue
        block = block or Block(place)
        if line.lstrip(" \t").startswith("//"):
            block.notes += _NOTE.findall(line)
        else:
            block.written += f"{line if block.written else line.lstrip()}\n"
    if block is not None:
        yield block


def _entry(block: Block, topic: tuple[str, ...]) -> Entry:
    told = Told()
    notes = [(what, words.replace("\\]", "]")) for what, words in block.notes]
    kind, remark = kind_in_tags([words for what, words in notes if what == "tag"])
    identity = next((words.strip() for what, words in notes if what == "id"), "")
    block_text = Marked.of(block.written).strip()
    try:
        question = _question(block_text, told)
    except Refused as refused:
        return Entry(block.line, one_line(block_text.text)[:80], reason=str(refused))
    if kind is not None:
        question = _as_kind(question, kind)
    question = Question(
        kind=question.kind,
        stem=question.stem,
        choices=question.choices,
        accepted=question.accepted,
        explanation=question.explanation,
        topic=topic,
        id=identity,
    )
    remarks = [*told.remarks, *([remark] if remark else [])]
    return Entry(block.line, question.name, question, tuple(dict.fromkeys(remarks)))


def _as_kind(question: Question, kind: QuestionKind) -> Question:
    """The question as the kind that our own tag names."""
    return Question(kind, question.stem, question.choices, question.accepted, question.explanation)


def _question(block: Marked, told: Told) -> Question:
    title = ""
    if block.marks.startswith("::") and (end := block.marks.find("::", 2)) > 0:
        title = one_line(block.text[2:end])
        block = block.part(end + 2).strip()
    start, end = block.marks.find("{"), block.marks.find("}")
    if start < 0 and end < 0:
        raise Refused("it has no answers in braces: it is a text, not a question")
    if start < 0 or end < start:
        raise Refused("its braces do not match: write \\{ or \\} for braces that are text")
    stem = _stem(block, start, end, told)
    if title and not stem.startswith(title.removesuffix("...").rstrip(" …")):
        told.remarks.append(f"its title is not kept: {title}")
    answers = block.part(start + 1, end).strip()
    cut = answers.marks.rfind("####")
    explanation = ""
    if cut >= 0:
        explanation = told.words(answers.part(cut + 4))
        answers = answers.part(0, cut).strip()
    kind, choices, accepted = _answers(answers, told)
    if not stem:
        raise Refused("it asks nothing: there are no words before its answers")
    return Question(kind, stem, choices, accepted, explanation)


def _stem(block: Marked, start: int, end: int, told: Told) -> str:
    """The words around the answers, with a gap where they stand in the middle."""
    before, after = block.part(0, start), block.part(end + 1)
    if "{" in after.marks or "}" in after.marks:
        raise Refused("it has a second pair of braces: write \\{ and \\} for braces that are text")
    gap = GAP if after.strip().text else ""
    whole = Marked(f"{before.text}{gap}{after.text}", f"{before.marks}{gap}{after.marks}").strip()
    if found := _FORM.match(whole.marks):
        told.form = found[1]
    return told.words(whole)


def _answers(
    answers: Marked, told: Told
) -> tuple[QuestionKind, tuple[Choice, ...], tuple[str, ...]]:
    marks = answers.marks
    if not marks:
        raise Refused("it is answered by an essay, which cannot be marked here")
    if marks.startswith("#"):
        return QuestionKind.NUMERIC, (), _numbers(answers.part(1), told)
    if marks.startswith(">"):
        return QuestionKind.ORDER, (), _steps(answers, told)
    if "~" in marks:
        kind = QuestionKind.SINGLE if "=" in marks else QuestionKind.MULTIPLE
        return kind, _choices(answers, told), ()
    if "=" in marks and "->" in marks:
        return QuestionKind.MATCH, _pairs(answers, told), ()
    word = marks.partition("#")[0].strip()
    if word in _TRUE | _FALSE:
        return QuestionKind.TRUE_FALSE, _true_or_false(answers, told, is_true=word in _TRUE), ()
    return QuestionKind.TYPED, (), _short_answers(answers, told)


def _each(answers: Marked, mark: str) -> list[Marked]:
    """The parts that a mark begins, and what stands before the first if that says anything."""
    parts = answers.split(mark)
    return parts if parts[0].text else parts[1:]


def _weighed(part: Marked) -> tuple[Decimal | None, Marked]:
    """The weight in per cent that a part begins with, if it does, and the rest of it."""
    found = _WEIGHT.match(part.marks)
    if found is None:
        return None, part
    return Decimal(found[1].rstrip(".")), part.part(found.end()).strip()


def _choices(answers: Marked, told: Told) -> tuple[Choice, ...]:
    weighed: list[tuple[Decimal, Choice]] = []
    is_single = "=" in answers.marks
    # What an equals sign begins is right; a wave begins the others.
    for part in _each(answers, "~"):
        wave, *equals = part.split("=")
        for place, each in enumerate([wave, *equals]):
            if place == 0 and not each.text and equals:
                continue
            weight, words = (Decimal(WHOLE), each) if place else _weighed(each)
            text, _, why = words.marks.partition("#")
            said = words.part(len(text) + 1) if why or len(text) < len(words.marks) else None
            choice = Choice(
                told.words(words.part(0, len(text))),
                is_right(weight or Decimal(0), is_single=is_single),
                told.words(said) if said is not None else "",
            )
            weighed.append((weight or Decimal(0), choice))
    told.remarks += remarks_on_weights([weight for weight, _ in weighed], is_single=is_single)
    return tuple(choice for _, choice in weighed)


def _pairs(answers: Marked, told: Told) -> tuple[Choice, ...]:
    pairs = []
    for part in _each(answers, "="):
        term, arrow, _ = part.marks.partition("->")
        if not arrow:
            raise Refused(f"a pair has no arrow “->”: {part.text}")
        meaning = part.part(len(term) + len(arrow)).strip()
        pairs.append(Choice(told.words(part.part(0, len(term))), True, tidy(meaning.text)))
    return tuple(pairs)


def _true_or_false(answers: Marked, told: Told, *, is_true: bool) -> tuple[Choice, ...]:
    _, *said = answers.split("#", 2)
    if_wrong, if_right, *_ = [*map(told.words, said), "", ""]
    if_true, if_false = (if_right, if_wrong) if is_true else (if_wrong, if_right)
    return true_or_false(is_true=is_true, if_true=if_true, if_false=if_false)


def _whole_answers(answers: Marked, told: Told) -> Iterator[Marked]:
    """Each answer that is worth the whole point; the others are named and left out."""
    for part in _each(answers, "="):
        weight, words = _weighed(part)
        text, *said = words.split("#", 1)
        if said and said[0].text:
            told.remarks.append(f"what is said to the answer “{text.text}” is left out")
        if weight is not None and weight < WHOLE:
            percent = decimal_text(weight)
            told.remarks.append(f"the answer “{text.text}” for {percent} % is left out")
            continue
        yield text


def _short_answers(answers: Marked, told: Told) -> tuple[str, ...]:
    accepted = []
    for part in _whole_answers(answers, told):
        answer, remark = answer_read(told.words(part))
        told.remarks += [remark] if remark else []
        accepted.append(answer)
    if not accepted:
        raise Refused("no answer of it is worth the whole point")
    return tuple(accepted)


def _steps(answers: Marked, told: Told) -> tuple[str, ...]:
    """The steps of an order, each on a line; Moodle takes them as HTML."""
    head = _ORDER.match(answers.marks)
    rest = answers.part(head.end() if head else 1)
    steps = []
    for part in rest.split("\n"):
        if part.text:
            words, remarks = from_html(part.text)
            steps.append(tidy(words))
            told.remarks += remarks
    if not steps:
        raise Refused("it has no steps to put in order")
    return tuple(steps)


def _numbers(answers: Marked, told: Told) -> tuple[str, ...]:
    """The numbers that are right, each with how far from it an answer may be."""
    right, _, wrong = answers.marks.partition("~")
    if wrong:
        said = answers.part(len(right) + 1).text.strip().removeprefix("#").strip()
        told.remarks.append(f"what is said to a wrong number is left out: {said}")
    accepted = []
    for part in _whole_answers(answers.part(0, len(right)).strip(), told):
        try:
            accepted.append(_amount(part).written)
        except ValueError as error:
            raise Refused(f"“{part.text}” is no number with a margin") from error
    if not accepted:
        raise Refused("no number of it is worth the whole point")
    return tuple(accepted)


def _amount(part: Marked) -> Amount:
    """A number, `number:margin`, or `least..most`."""
    text = part.text.strip()
    if ".." in text:
        least, most = map(number, text.split("..", 1))
        return Amount(decimal_text((least + most) / 2), decimal_text(abs(most - least) / 2))
    middle, *margin = (each.text for each in part.split(":", 1))
    said = margin[0] if margin else "0"
    number(middle)
    return Amount(middle, said if number(said) else "0")
