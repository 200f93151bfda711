"""What can stand in the way of a quiz, in words for the learner."""

from apps.common.errors import Conflict


class TooFewQuestions(Conflict):
    """The exam has too few published questions for a quiz."""

    code = "too_few_questions"


class NotSubmitted(Conflict):
    """The attempt is still running, so its results are not open."""

    code = "not_submitted"


class NotChecked(Conflict):
    """This question's answer cannot be told now."""

    code = "not_checked"


class NoStudy(Conflict):
    """The learner has not begun to study the exam, so that no card can be asked."""

    code = "no_study"


class OtherQuestion(Conflict):
    """The new version is another question, so that its key says nothing about old answers."""

    code = "other_question"
