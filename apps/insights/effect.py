"""What one quiz did to a learner's readiness: today's estimate with its answers and without."""

from dataclasses import dataclass
from datetime import datetime

from apps.insights.answers import answers_of
from apps.insights.knowledge import knowledge_of
from apps.insights.readiness import Readiness, judge, questions_of
from apps.quizzes.models import Attempt
from apps.study.models import Enrolment


@dataclass(frozen=True)
class Effect:
    """The readiness of one moment, with an attempt's answers and without them.

    Both have the same memory of cards behind them. `counted` are the attempt's answers that are
    evidence: those to questions never met before, as far as no ruling gave or took their point.
    """

    counted: int
    without: Readiness
    readiness: Readiness


def effect_of(attempt: Attempt, enrolment: Enrolment, *, now: datetime) -> Effect:
    """What the answers of a marked attempt change in the estimate for its exam."""
    user, exam = attempt.user_id, attempt.exam_id
    (known,) = knowledge_of([enrolment], now)
    answers = list(answers_of(user, {exam}))
    others = [answer for answer in answers if answer.attempt_id != attempt.pk]
    return Effect(
        counted=len(answers) - len(others),
        without=judge(known, others, questions_of(user, {exam}, without=attempt)[exam], now),
        readiness=judge(known, answers, questions_of(user, {exam})[exam], now),
    )
