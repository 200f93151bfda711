"""Reads Moodle XML; what it cannot take it says by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from apps.exchange.documents import (
    Choice,
    Entry,
    Question,
    QuestionKind,
    ReadFile,
    Unreadable,
    one_line,
    tidy,
)
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
from apps.exchange.xmltree import Element, read_tree

DESCRIPTION = "it is a text, not a question"
_UNTAKEN = {
    "description": DESCRIPTION,
    "essay": "it is answered by an essay, which cannot be marked here",
    "cloze": "it has several gaps with answers of their own, which is no kind of question here",
    "multianswer": "it has several gaps with answers of their own, which is no kind of question "
    "here",
}
_FEEDBACK = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_UNIT_IS_GRADED = frozenset({"1", "2"})
_NO_UNITS_SHOWN = "3"


class Refused(Exception):
    """A question that cannot be taken; the message says why."""


@dataclass(slots=True)
class Told:
    """Reads the words of a question, and gathers what of them is left behind."""

    remarks: list[str] = field(default_factory=list)

    def words(self, element: Element | None, form: str = "html") -> str:
        """The text of an element in whatever form it has."""
        if element is None:
            return ""
        said = element.first("text")
        text = (said if said is not None else element).text
        form = element.attributes.get("format", form).replace("moodle_auto_format", "moodle")
        words, remarks = words_of(text.strip(), form)
        files = [f"the file {each.attributes.get('name', '')}" for each in element.all("file")]
        self.remarks += [*remarks, *(f"{each} is left out" for each in files)]
        return tidy(words)


def read_xml(data: bytes) -> ReadFile:
    """All questions of a file of Moodle XML. Raises Unreadable."""
    root = read_tree(data)
    if root.tag != "quiz":
        raise Unreadable(
            f"Line {root.line}: this is no Moodle XML, which begins with <quiz>, not <{root.tag}>."
        )
    topic: tuple[str, ...] = ()
    entries: list[Entry] = []
    for element in root.all("question"):
        if element.attributes.get("type") == "category":
            place = element.first("category")
            topic = topic_of(place.said("text") or place.text) if place is not None else ()
        else:
            entries.append(_entry(element, topic))
    return ReadFile(tuple(entries))


def _entry(element: Element, topic: tuple[str, ...]) -> Entry:
    told = Told()
    name = element.first("name")
    title = one_line(name.said("text") if name is not None else "")
    tags = [each.said("text") for group in element.all("tags") for each in group.all("tag")]
    kind, remark = kind_in_tags(tags)
    try:
        question = _question(element, told)
    except Refused as refused:
        return Entry(element.line, title[:80], reason=str(refused))
    if title and not one_line(question.stem).startswith(title.removesuffix("…").strip()):
        told.remarks.append(f"its title is not kept: {title}")
    told.remarks += [remark] if remark else []
    identity = element.said("idnumber")
    question = replace(question, kind=kind or question.kind, topic=topic, id=identity)
    return Entry(element.line, question.name, question, tuple(dict.fromkeys(told.remarks)))


def _question(element: Element, told: Told) -> Question:
    kind = element.attributes.get("type", "")
    text = element.first("questiontext")
    stem = told.words(text)
    if not stem:
        raise Refused("it asks nothing: there are no words in it")
    form = text.attributes.get("format", "html") if text is not None else "html"
    explanation = told.words(element.first("generalfeedback"), form)
    said = [told.words(element.first(each), form) for each in _FEEDBACK]
    if any(said):
        told.remarks.append(
            f"what is said to all answers is left out: {' / '.join(filter(None, said))}"
        )
    if element.first("hint") is not None:
        told.remarks.append("its hints are left out")
    match kind:
        case "multichoice":
            is_single = element.said("single", "true") not in {"false", "0"}
            own = QuestionKind.SINGLE if is_single else QuestionKind.MULTIPLE
            return Question(own, stem, _choices(element, told, form, is_single), (), explanation)
        case "truefalse":
            choices = _true_or_false(element, told, form)
            return Question(QuestionKind.TRUE_FALSE, stem, choices, (), explanation)
        case "shortanswer":
            accepted = _short_answers(element, told)
            return Question(QuestionKind.TYPED, stem, (), accepted, explanation)
        case "numerical":
            accepted = _numbers(element, told)
            return Question(QuestionKind.NUMERIC, stem, (), accepted, explanation)
        case "ordering":
            steps = tuple(told.words(each, form) for each in element.all("answer"))
            return Question(QuestionKind.ORDER, stem, (), steps, explanation)
        case "match" | "matching":
            return Question(QuestionKind.MATCH, stem, _pairs(element, told, form), (), explanation)
    raise Refused(_UNTAKEN.get(kind, f"Moodle's kind “{kind}” is none that is asked here"))


def _weight(answer: Element) -> Decimal:
    try:
        return number(answer.attributes.get("fraction") or answer.said("fraction") or "0")
    except ValueError as error:
        raise Refused(f"line {answer.line}: the weight of an answer is no number") from error


def _choices(element: Element, told: Told, form: str, is_single: bool) -> tuple[Choice, ...]:
    answers = list(element.all("answer"))
    weights = [_weight(answer) for answer in answers]
    told.remarks += remarks_on_weights(weights, is_single=is_single)
    return tuple(
        Choice(
            told.words(answer, form),
            is_right(weight, is_single=is_single),
            told.words(answer.first("feedback"), form),
        )
        for answer, weight in zip(answers, weights, strict=True)
    )


def _true_or_false(element: Element, told: Told, form: str) -> tuple[Choice, ...]:
    """The two answers by their words; where these are in another language, true is the first."""
    answers = list(element.all("answer"))
    if len(answers) != 2:  # noqa: PLR2004 - true and false
        raise Refused("it has not just the answers true and false")
    answers.sort(key=lambda answer: answer.said("text").casefold() == "false")
    if_true, if_false = (told.words(each.first("feedback"), form) for each in answers)
    is_true = _weight(answers[0]) >= WHOLE
    return true_or_false(is_true=is_true, if_true=if_true, if_false=if_false)


def _whole_answers(element: Element, told: Told) -> Iterator[tuple[Element, str]]:
    """Each answer that is worth the whole point; the others are named and left out."""
    for answer in element.all("answer"):
        text = (answer.said("text") or answer.text).strip()
        if told.words(answer.first("feedback")):
            told.remarks.append(f"what is said to the answer “{text}” is left out")
        weight = _weight(answer)
        if weight < WHOLE:
            told.remarks.append(f"the answer “{text}” for {decimal_text(weight)} % is left out")
            continue
        yield answer, tidy(text)


def _short_answers(element: Element, told: Told) -> tuple[str, ...]:
    accepted = []
    for _, text in _whole_answers(element, told):
        answer, remark = answer_read(text)
        told.remarks += [remark] if remark else []
        accepted.append(answer)
    if not accepted:
        raise Refused("no answer of it is worth the whole point")
    return tuple(accepted)


def _numbers(element: Element, told: Told) -> tuple[str, ...]:
    """The right numbers, each with how far from it an answer may be, in each of their units."""
    accepted: list[str] = []
    for answer, text in _whole_answers(element, told):
        try:
            margin = answer.said("tolerance") or "0"
            for unit, factor in _units(element):
                accepted.append(_amount(text, margin, unit, factor).written)
        except ValueError as error:
            raise Refused(f"line {answer.line}: “{error}” is no number") from error
    if not accepted:
        raise Refused("no number of it is worth the whole point")
    return tuple(accepted)


def _amount(text: str, margin: str, unit: str, factor: Decimal) -> Amount:
    middle, far = number(text), abs(number(margin))
    if factor == 1:
        return Amount(text, margin.strip("-") if far else "0", unit)
    return Amount(decimal_text(middle * factor), decimal_text(far * abs(factor)), unit)


def _units(element: Element) -> list[tuple[str, Decimal]]:
    """What an answer may be measured in; without a unit too where Moodle does not ask for one."""
    groups = element.all("units")
    found = [
        (one_line(unit.said("unit_name")), number(unit.said("multiplier") or "1"))
        for group in groups
        for unit in group.all("unit")
    ]
    named = [(name, factor) for name, factor in found if name]
    is_needed = element.said("unitgradingtype") in _UNIT_IS_GRADED
    if named and element.said("showunits") != _NO_UNITS_SHOWN and is_needed:
        return named
    return [("", Decimal(1)), *named]


def _pairs(element: Element, told: Told, form: str) -> tuple[Choice, ...]:
    pairs = []
    for pair in element.all("subquestion"):
        answer = pair.first("answer")
        meaning = answer.said("text") if answer is not None else ""
        term = told.words(pair, form)
        if not term:
            told.remarks.append(
                f"the wrong meaning “{meaning}”, which no term goes with, is left out"
            )
            continue
        pairs.append(Choice(term, True, tidy(meaning)))
    return tuple(pairs)
