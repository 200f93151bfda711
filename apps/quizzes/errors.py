"""What can stand in the way of a quiz, in words for the learner."""

from apps.common.errors import Conflict


class TooFewQuestions(Conflict):
    """The exam has too few published questions for a quiz."""

    code = "too_few_questions"


class NotSubmitted(Conflict):
    """The attempt is still running, so its results are not open."""

    code = "not_submitted"
