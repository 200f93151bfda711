"""Item analysis for instructors: what the answers tell of the questions, not of the learners."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from apps.bank.models import Choice, Question, QuestionKind, Status
from apps.courses.models import Exam
from apps.insights.item_answers import CHOSEN, ItemAnswers, answers_by_item
from apps.insights.rulings import rulings_of
from apps.insights.statistics.items import (
    DEAD,
    FEWEST_FLAGGED,
    FEWEST_SHOWN,
    ChoiceFigures,
    Figures,
    Flag,
    choice_figures,
    figures,
    flags,
    guess_of_choices,
    guess_of_order,
)
from apps.quizzes.models import AttemptItem, Ruling

MOST_TYPED = 10
ADVICE = {
    Flag.CHECK_KEY: "Who did well elsewhere did badly here: check the key.",
    Flag.MISLEADING: "The best choose a wrong answer more often than the right one.",
    Flag.HARD: "Fewer than a quarter of the points are earned.",
    Flag.WEAK: "It hardly tells good learners from others.",
    Flag.EASY: "Nearly everybody gets it right.",
    Flag.DEAD: "A wrong choice is chosen by nearly nobody.",
}


@dataclass(frozen=True)
class ChoiceStatistics:
    """One choice with how often it was chosen."""

    text: str
    is_correct: bool
    figures: ChoiceFigures

    @property
    def is_dead(self) -> bool:
        return not self.is_correct and self.figures.share < DEAD


@dataclass(frozen=True)
class ItemStatistics:
    """A question of a course with the figures of its first answers.

    `figures`, `choices` and `typed` are empty until there are `FEWEST_SHOWN` answers; `flags`
    until there are `FEWEST_FLAGGED`. `guess` is the score of who knows nothing. `typed` are the
    answers written most often. `ruling` is the one by which everybody gets the point or nobody
    does: the figures are then those of the question as it was written, and nothing is flagged.
    """

    question: Question
    answered: int
    guess: float
    figures: Figures | None
    flags: Sequence[Flag]
    choices: Sequence[ChoiceStatistics]
    typed: Sequence[tuple[str, int]]
    ruling: Ruling | None = None

    @property
    def fewest(self) -> int:
        return FEWEST_SHOWN

    @property
    def may_be_flagged(self) -> bool:
        return self.answered >= FEWEST_FLAGGED

    @property
    def advice(self) -> list[str]:
        return [ADVICE[flag] for flag in self.flags]


def analysis_of(exam: Exam) -> list[ItemStatistics]:
    """Every question of the course: what needs a look first, then those answered most."""
    rulings = rulings_of(exam)
    answers = answers_by_item(exam, rulings)
    asked = Exists(AttemptItem.objects.filter(question=OuterRef("pk")))
    questions = Question.objects.filter(asked | Q(status=Status.PUBLISHED), exam=exam, owner=None)
    found = [
        statistics(question, answers.get(question.pk, ItemAnswers()), rulings.settles(question))
        for question in questions.select_related("topic").prefetch_related("choices")
    ]
    order = list(Flag)
    return sorted(
        found,
        key=lambda each: (
            order.index(each.flags[0]) if each.flags else len(order),
            -each.answered,
            each.question.position,
        ),
    )


def item_statistics(question: Question) -> ItemStatistics:
    """The figures of one question of a course."""
    rulings = rulings_of(question.exam)
    answers = answers_by_item(question.exam, rulings, question.pk)
    found = answers.get(question.pk, ItemAnswers())
    return statistics(question, found, rulings.settles(question))


def statistics(question: Question, answers: ItemAnswers, ruling: Ruling | None) -> ItemStatistics:
    answered = len(answers.scores)
    choices = list(question.choices.all())
    found = None
    told: list[ChoiceFigures] = []
    if answered >= FEWEST_SHOWN:
        found = figures(answers.scores, answers.rests, answers.seconds)
        if question.kind in CHOSEN:
            told = choice_figures(answers.chosen, answers.rests, len(choices))
    right = {place for place, choice in enumerate(choices) if choice.is_correct}
    return ItemStatistics(
        question=question,
        answered=answered,
        guess=guess_of(question, choices),
        figures=found,
        flags=flags(found, told, right) if found and ruling is None else [],
        choices=[
            ChoiceStatistics(choice.text, choice.is_correct, each)
            for choice, each in zip(choices, told, strict=False)
        ],
        typed=Counter(answers.typed).most_common(MOST_TYPED) if found else [],
        ruling=ruling,
    )


def guess_of(question: Question, choices: Sequence[Choice]) -> float:
    """The score a blind guess earns on average."""
    match question.kind:
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            return 0.0
        case QuestionKind.ORDER:
            return guess_of_order(len(question.accepted))
        case QuestionKind.MATCH:
            return guess_of_order(len(choices))
    return guess_of_choices(len(choices), sum(choice.is_correct for choice in choices))
