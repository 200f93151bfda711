"""Writes Moodle XML."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from apps.exchange.documents import Question, QuestionKind, Written
from apps.exchange.moodle.conventions import (
    TAG,
    WHOLE,
    Amount,
    amount_with_unit,
    category,
    decimal_text,
    is_true_or_false,
    plain_amounts,
    share,
    why_not,
    without_wildcards,
)

PLAIN = 'format="plain_text"'


def write_xml(questions: Iterable[Question]) -> Written:
    """The questions that Moodle XML can hold, and what it cannot of them."""
    written = Written()
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    place: tuple[str, ...] = ()
    for question in (each.tidied for each in questions):
        reason = why_not(question)
        if reason:
            written.lose(question, reason, is_whole=True)
            continue
        if question.topic != place:
            place = question.topic
            parts.append(_category(place))
        parts += _question(question, written)
        written.lose_case(question)
        written.count += 1
    parts.append("</quiz>\n")
    written.data = "".join(parts).encode()
    return written


def _category(topic: tuple[str, ...]) -> str:
    path = _text(category(topic))
    return f'<question type="category">\n<category>{path}</category>\n</question>\n'


def _question(question: Question, written: Written) -> Iterator[str]:
    kind, body, is_own_kind = _answers(question)
    yield f"<question type={quoteattr(kind)}>\n"
    yield f"<name>{_text(question.name)}</name>\n"
    yield f"<questiontext {PLAIN}>{_text(question.stem)}</questiontext>\n"
    yield f"<generalfeedback {PLAIN}>{_text(question.explanation)}</generalfeedback>\n"
    yield "<defaultgrade>1</defaultgrade>\n<hidden>0</hidden>\n"
    if question.id:
        yield f"<idnumber>{escape(question.id)}</idnumber>\n"
    yield from body
    if not is_own_kind:
        yield f"<tags><tag>{_text(f'{TAG}{question.kind}')}</tag></tags>\n"
        written.lose(question, f"Moodle XML has no such kind: Moodle gets it as “{kind}”")
    yield "</question>\n"


def _answers(question: Question) -> tuple[str, Iterable[str], bool]:
    """Moodle's name of the kind, its answers, and whether they say our kind."""
    match question.kind:
        case QuestionKind.TRUE_FALSE if is_true_or_false(question):
            return "truefalse", _true_or_false(question), True
        case QuestionKind.NUMERIC if plain_amounts(question.accepted):
            answers = [_number(each) for each in plain_amounts(question.accepted)]
            return "numerical", answers, True
        case QuestionKind.NUMERIC if units := in_units(question.accepted):
            return "numerical", _with_units(units), True
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            accepted = (_answer(WHOLE, without_wildcards(each)) for each in question.accepted)
            is_typed = question.kind is QuestionKind.TYPED
            return "shortanswer", ["<usecase>0</usecase>\n", *accepted], is_typed
        case QuestionKind.ORDER:
            return "ordering", _order(question), True
        case QuestionKind.MATCH:
            return "match", _pairs(question), True
        case _:
            is_single = question.kind is not QuestionKind.MULTIPLE
            is_own = question.kind is not QuestionKind.TRUE_FALSE
            return "multichoice", _choices(question, is_single=is_single), is_own


def _answer(weight: float | str, text: str, why: str = "", more: str = "", form: str = "") -> str:
    feedback = f"<feedback {PLAIN}>{_text(why)}</feedback>" if why else ""
    head = f'<answer fraction="{weight}"{f" {form}" if form else ""}>'
    return f"{head}{_text(text)}{more}{feedback}</answer>\n"


def _true_or_false(question: Question) -> Iterator[str]:
    for choice in question.choices:
        yield _answer(WHOLE if choice.is_correct else 0, choice.text.lower(), choice.why)


def _choices(question: Question, *, is_single: bool) -> Iterator[str]:
    """Each choice with its weight: of several, all the right ones make the whole."""
    right = sum(choice.is_correct for choice in question.choices)
    yield f"<single>{str(is_single).lower()}</single>\n<shuffleanswers>true</shuffleanswers>\n"
    for choice in question.choices:
        if choice.is_correct:
            weight = str(WHOLE) if is_single else share(right)
        else:
            weight = "0" if is_single else str(-WHOLE)
        yield _answer(weight, choice.text, choice.why, form=PLAIN)


def _number(amount: Amount) -> str:
    return _answer(WHOLE, amount.middle, more=f"<tolerance>{amount.margin}</tolerance>")


def in_units(accepted: tuple[str, ...]) -> list[tuple[Amount, Decimal]]:
    """The accepted amounts, each with how often the first goes into it; none if one does not.

    Moodle holds one number and, of each further unit, what to multiply it by.
    """
    amounts = [amount for each in accepted if (amount := amount_with_unit(each))]
    if len(amounts) < len(accepted) or len({each.unit for each in amounts}) < len(amounts):
        return []
    first, margin = Decimal(amounts[0].middle), Decimal(amounts[0].margin)
    if not first:
        return []
    times = [Decimal(each.middle) / first for each in amounts]
    exact = all(
        (decimal_text(first * factor), decimal_text(margin * factor)) == (each.middle, each.margin)
        for each, factor in zip(amounts[1:], times[1:], strict=True)
    )
    return list(zip(amounts, times, strict=True)) if exact else []


def _with_units(units: list[tuple[Amount, Decimal]]) -> Iterator[str]:
    yield _number(units[0][0])
    # An answer without its unit is wrong here, so it is worth nothing there.
    yield "<unitgradingtype>1</unitgradingtype>\n<unitpenalty>1.0</unitpenalty>\n"
    yield "<showunits>0</showunits>\n<units>\n"
    for amount, factor in units:
        name = escape(amount.unit)
        multiplier = f"<multiplier>{decimal_text(factor)}</multiplier>"
        yield f"<unit>{multiplier}<unit_name>{name}</unit_name></unit>\n"
    yield "</units>\n"


def _order(question: Question) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n"
    yield f"<selectcount>{len(question.accepted)}</selectcount>\n"
    yield "<gradingtype>ABSOLUTE_POSITION</gradingtype>\n<showgrading>SHOW</showgrading>\n"
    for place, step in enumerate(question.accepted, start=1):
        yield _answer(place, step, form=PLAIN)


def _pairs(question: Question) -> Iterator[str]:
    yield "<shuffleanswers>true</shuffleanswers>\n"
    for pair in question.choices:
        answer = f"<answer>{_text(pair.why)}</answer>"
        yield f"<subquestion {PLAIN}>{_text(pair.text)}{answer}</subquestion>\n"


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
