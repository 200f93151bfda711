"""Writes GIFT, Moodle's format of plain text."""

from collections.abc import Iterable

from apps.exchange.documents import Question, QuestionKind, Written
from apps.exchange.markup import as_html
from apps.exchange.moodle.conventions import (
    TAG,
    WHOLE,
    category,
    is_true_or_false,
    plain_amounts,
    share,
    why_not,
    without_wildcards,
)

_ESCAPED = str.maketrans({**{char: f"\\{char}" for char in "\\~=#{}:"}, "\n": "\\n"})
_IN_ORDER = ":#={}~\\/"
"""What stands as a reference in the steps of an order, which Moodle takes as HTML."""
ARROW = "->"
PLAIN = "[plain]"


def write_gift(questions: Iterable[Question]) -> Written:
    """The questions that GIFT can hold, and what it cannot of them."""
    written = Written()
    blocks: list[str] = []
    place: tuple[str, ...] = ()
    for question in (each.tidied for each in questions):
        reason = why_not(question) or _why_not_here(question)
        if reason:
            written.lose(question, reason, is_whole=True)
            continue
        if question.topic != place:
            place = question.topic
            blocks.append(f"$CATEGORY: {category(place)}")
        blocks.append(_block(question, written))
        written.lose_case(question)
        written.count += 1
    written.data = "".join(f"{block}\n\n" for block in blocks).encode()
    return written


def _why_not_here(question: Question) -> str:
    is_typed = question.kind in {QuestionKind.TYPED, QuestionKind.NUMERIC}
    if is_typed and not _is_number(question) and any(ARROW in text for text in question.accepted):
        return "GIFT takes the arrow “->” in an answer for a pair; Moodle XML holds it"
    return ""


def _is_number(question: Question) -> bool:
    return question.kind is QuestionKind.NUMERIC and bool(plain_amounts(question.accepted))


def _block(question: Question, written: Written) -> str:
    """A question with its id and, where GIFT knows no such kind, a tag that names it."""
    head, body, is_own_kind = _answers(question)
    notes = [f"[id:{question.id}]"] if question.id else []
    if not is_own_kind:
        notes.append(f"[tag:{TAG}{question.kind}]")
        written.lose(question, f"GIFT has no such kind: Moodle gets it as {head}")
    explanation = _part("####", question.explanation) if question.explanation else ""
    comment = f"// {' '.join(notes)}\n" if notes else ""
    tail = f"\t{explanation}\n" if explanation and body.endswith("\n") else explanation
    return f"{comment}{PLAIN}{_escaped(question.stem)}{{{body}{tail}}}"


def _answers(question: Question) -> tuple[str, str, bool]:
    """What Moodle calls it, how GIFT writes its answers, and whether that says its kind."""
    match question.kind:
        case QuestionKind.TRUE_FALSE if is_true_or_false(question):
            return "true or false", _true_or_false(question), True
        case QuestionKind.NUMERIC if _is_number(question):
            amounts = plain_amounts(question.accepted)
            lines = [f"=%{WHOLE}%{each.middle}:{each.margin}" for each in amounts]
            return "a number", f"#\n{_lines(lines)}", True
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            answers = map(without_wildcards, question.accepted)
            lines = [_part(f"=%{WHOLE}%", answer) for answer in answers]
            return "a short answer", f"\n{_lines(lines)}", question.kind is QuestionKind.TYPED
        case QuestionKind.ORDER:
            count = len(question.accepted)
            lines = [as_html(step, _IN_ORDER) for step in question.accepted]
            return (
                "an order",
                f">{count} ALL VERTICAL ABSOLUTE_POSITION SHOW\n{_lines(lines)}",
                True,
            )
        case QuestionKind.MATCH:
            lines = [
                f"{_term(pair.text)} {ARROW} {_escaped(pair.why)}" for pair in question.choices
            ]
            return "pairs to match", f"\n{_lines(lines)}", True
        case _:
            return "choices", f"\n{_lines(_choices(question))}", _says_its_kind(question)


def _says_its_kind(question: Question) -> bool:
    """Whether the marks of its choices alone tell a single choice from several."""
    if question.kind is QuestionKind.SINGLE:
        return any(choice.is_correct for choice in question.choices)
    return question.kind is QuestionKind.MULTIPLE


def _choices(question: Question) -> Iterable[str]:
    """Each choice with its weight: of several, all the right ones make the whole."""
    is_single = question.kind is not QuestionKind.MULTIPLE
    right = sum(choice.is_correct for choice in question.choices)
    for choice in question.choices:
        if choice.is_correct:
            mark = "=" if is_single else f"~%{share(right)}%"
        else:
            mark = "~" if is_single else f"~%-{WHOLE}%"
        if mark == "~" and choice.text.startswith("%"):
            mark = "~%0%"
        why = _part("#", choice.why) if choice.why else ""
        yield f"{_part(mark, choice.text)}{why}"


def _true_or_false(question: Question) -> str:
    """The right word, then what is said to who is wrong, then to who is right."""
    if_true, if_false = question.choices
    right, wrong = (if_true, if_false) if if_true.is_correct else (if_false, if_true)
    said = _part("#", wrong.why) if wrong.why or right.why else ""
    return f"{right.text.upper()}{said}{_part('#', right.why) if right.why else ''}"


def _term(text: str) -> str:
    """The first of a pair; an arrow inside it would end it, unless it is HTML."""
    if ARROW in text:
        return f"=[html]{_escaped(as_html(text))}"
    return _part("=", text)


def _part(mark: str, text: str) -> str:
    """A text behind its mark; one that begins like the name of a form is told to be plain."""
    return f"{mark}{PLAIN if text.startswith('[') else ''}{_escaped(text)}"


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"\t{part}\n" for part in parts)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
