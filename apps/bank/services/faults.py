"""What is wrong or doubtful about stored questions: one by one, and over all of an exam."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from apps.bank.errors import Unpublishable
from apps.bank.lint import lint_bank, lint_question
from apps.bank.models import Question, Status
from apps.bank.services.items import ChoiceText, check_question, choices_of, question_content
from apps.courses.models import Exam
from apps.extraction.lint.questions import Fault

_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True)
class FaultyQuestion:
    """A question with its faults, those that keep it from learners first."""

    question: Question
    faults: Sequence[Fault]

    @property
    def has_errors(self) -> bool:
        return any(fault.is_error for fault in self.faults)


@dataclass(frozen=True)
class Sweep:
    """The faults of an exam's questions, of which `checked` were looked at.

    `found` has the gravest first; `rules` counts the questions that each fault was found in, and
    `bank` is what only all questions together show.
    """

    checked: int
    found: Sequence[FaultyQuestion]
    rules: Sequence[tuple[Fault, int]]
    bank: Sequence[Fault]


def faults_of(question: Question, choices: list[ChoiceText]) -> list[Fault]:
    """What keeps a question from learners, then what the rules of item writing say of it."""
    faults = lint_question(question_content(question, choices))
    try:
        check_question(question, choices)
    except Unpublishable as unfit:
        faults = [Fault(unfit.message), *faults]
    return faults


def stored_faults(question: Question) -> list[Fault]:
    return faults_of(question, choices_of(question))


def rule_of(fault: Fault) -> Fault:
    """A fault without the words that it quotes from a question."""
    return Fault(_QUOTED.sub("“…”", fault.what), fault.is_error)


def sweep(exam: Exam) -> Sweep:
    """Look at all questions of a course that learners have or may get, drafts included."""
    rows = Question.objects.filter(exam=exam, owner=None).exclude(status=Status.RETIRED)
    questions = list(rows.select_related("topic").prefetch_related("choices"))
    found = [
        FaultyQuestion(question, faults)
        for question in questions
        if (faults := stored_faults(question))
    ]
    found.sort(key=lambda each: (-sum(f.is_error for f in each.faults), -len(each.faults)))
    rules = Counter(rule for each in found for rule in {rule_of(fault) for fault in each.faults})
    contents = [question_content(question, choices_of(question)) for question in questions]
    return Sweep(
        checked=len(questions),
        found=found,
        rules=sorted(rules.items(), key=lambda row: (not row[0].is_error, -row[1], row[0].what)),
        bank=lint_bank(contents),
    )
