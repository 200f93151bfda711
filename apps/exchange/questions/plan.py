"""What bringing a file in would do: each question beside what the bank has, with its fate."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID, uuid5

from apps.bank.errors import Unpublishable
from apps.bank.lint import lint_question
from apps.bank.models import Question, Status
from apps.bank.services.items import ChoiceText, check_question
from apps.courses.models import Exam
from apps.exchange import documents
from apps.exchange.documents import Entry, Field
from apps.exchange.format_child import entry_to_json
from apps.exchange.models import QuestionImportRow, RowFate
from apps.exchange.questions.bank import Held, digest, earlier_wordings, held_by, wording

# A stranger's question is known again by an id that comes from the exam and the name it has in
# its file, or from what it asks where it has none.
QUESTIONS = UUID("3b3c1c2e-8f0b-5d0e-a5de-6a2b5f0c9d41")
DEEPEST_TOPIC = 8
LONGEST_TITLE = 300
MOST_PARTS = 20
LONGEST_STEM, LONGEST_PART = 10_000, 2_000
LONGEST_NAME = 200
OLDER = "the file has an earlier version of it; what is here stays"


def plan_rows(
    *, exam: Exam, entries: Sequence[Entry], lacks: frozenset[Field], default: Sequence[str]
) -> list[QuestionImportRow]:
    """A row for each entry, in order, not stored. Writes nothing.

    `default` is the topic of questions that name none.
    """
    asked = [entry.question.tidied if entry.question else None for entry in entries]
    held = held_by(exam, [pk for each in asked if each and (pk := own_id(each.id))])
    ids = [id_here(exam, each, held) if each else None for each in asked]
    earlier = earlier_wordings([pk for pk in ids if pk and pk in held.rows])
    seen: dict[UUID, int] = {}
    rows = []
    for position, (entry, question, pk) in enumerate(zip(entries, asked, ids, strict=True)):
        row = QuestionImportRow(
            position=position,
            line=entry.line,
            name=entry.name[:LONGEST_NAME],
            said=entry_to_json(entry),
            question=pk,
            remarks=list(entry.remarks),
        )
        if question is None or pk is None:
            refuse(row, entry.reason)
        elif pk in seen:
            refuse(row, f"it stands in this file twice, first in line {seen[pk]}")
        else:
            seen[pk] = entry.line
            place(row, completed(question, held.texts.get(pk), lacks, default), held, earlier)
        rows.append(row)
    return rows


def own_id(name: str) -> UUID | None:
    """The id that our own export wrote; None for a name of anybody else's."""
    try:
        return UUID(name)
    except ValueError:
        return None


def id_here(exam: Exam, question: documents.Question, held: Held) -> UUID:
    """The id a question has here, or will have: the same for the same file every time."""
    own = own_id(question.id)
    if own is not None and own in held.rows:
        return own
    named = uuid5(QUESTIONS, f"{exam.pk}/name/{question.id}")
    if question.id and named in held.rows:
        return named
    asked = digest(question)
    if asked in held.by_digest:
        return held.by_digest[asked]
    if own is not None and own not in held.elsewhere:
        return own
    return named if question.id else uuid5(QUESTIONS, f"{exam.pk}/asked/{asked}")


def completed(
    question: documents.Question,
    here: documents.Question | None,
    lacks: frozenset[Field],
    default: Sequence[str],
) -> documents.Question:
    """A question with what its file says nothing of, as it is here."""
    if here is not None and Field.EXPLANATION in lacks:
        question = replace(question, explanation=here.explanation)
    if here is not None and Field.WHY in lacks and here.kind == question.kind:
        why = {choice.text: choice.why for choice in here.choices}
        question = replace(
            question,
            choices=tuple(
                replace(each, why=each.why or why.get(each.text, "")) for each in question.choices
            ),
        )
    if question.topic:
        return question
    return replace(question, topic=here.topic if here is not None else tuple(default))


def place(
    row: QuestionImportRow,
    question: documents.Question,
    held: Held,
    earlier: dict[UUID, list[documents.Question]],
) -> None:
    """Decide the fate of a question that could be read."""
    pk = row.question
    here = held.texts.get(pk) if pk else None
    row.after = content_of(question)
    row.faults = [asdict(fault) for fault in lint_question(row.after)]
    reason = why_not(question)
    if reason:
        refuse(row, reason)
    elif here is None or pk is None:
        row.fate = RowFate.NEW
    else:
        compare(row, question, here, held.rows[pk], earlier.get(pk, []))


def compare(
    row: QuestionImportRow,
    question: documents.Question,
    here: documents.Question,
    stored: Question,
    earlier: Sequence[documents.Question],
) -> None:
    """Decide the fate of a question that is here already."""
    row.before, row.version = content_of(here), stored.version
    is_moved = not is_same_topic(question.topic, here.topic)
    is_same = wording(question) == wording(here)
    if stored.status == Status.RETIRED:
        row.remarks = [*row.remarks, "it is retired here, and stays so"]
    if is_same and not is_moved:
        row.fate = RowFate.SAME
    elif not is_same and wording(question) in earlier:
        row.fate = RowFate.SAME
        row.remarks = [*row.remarks, OLDER]
    else:
        row.fate = RowFate.CHANGED
        if stored.status == Status.PUBLISHED and (reason := why_unfit(question)):
            refuse(row, f"it is published here: {reason}")


def refuse(row: QuestionImportRow, reason: str) -> None:
    row.fate, row.reason = RowFate.REFUSED, reason


def why_not(question: documents.Question) -> str:
    """Why the bank cannot hold a question; empty if it can."""
    parts = [*question.accepted, *(text for c in question.choices for text in (c.text, c.why))]
    if len(question.topic) > DEEPEST_TOPIC:
        return f"its topic lies deeper than {DEEPEST_TOPIC} levels"
    if max(len(question.choices), len(question.accepted)) > MOST_PARTS:
        return f"it has more than {MOST_PARTS} choices or answers"
    if len(question.stem) > LONGEST_STEM or len(question.explanation) > LONGEST_STEM:
        return f"its text is longer than {LONGEST_STEM} characters"
    if any(len(part) > LONGEST_PART for part in parts):
        return f"a choice or an answer is longer than {LONGEST_PART} characters"
    return ""


def why_unfit(question: documents.Question) -> str:
    """Why learners could not be given it; empty if they could."""
    trial = Question(kind=question.kind, accepted=list(question.accepted))
    try:
        check_question(trial, choices_of(question))
    except Unpublishable as unfit:
        return unfit.message
    return ""


def choices_of(question: documents.Question) -> list[ChoiceText]:
    return [ChoiceText(each.text, each.is_correct, each.why) for each in question.choices]


def is_same_topic(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two paths of titles are one topic, as `find_or_create_topic` takes them."""
    short = [[title[:LONGEST_TITLE].casefold() for title in path] for path in (one, other)]
    return short[0] == short[1]


def content_of(question: documents.Question) -> dict[str, Any]:
    """The form of a question's versions, with the titles of its topic."""
    return {
        "kind": str(question.kind),
        "stem": question.stem,
        "choices": [asdict(choice) for choice in question.choices],
        "accepted": list(question.accepted),
        "explanation": question.explanation,
        "topic": list(question.topic),
    }
