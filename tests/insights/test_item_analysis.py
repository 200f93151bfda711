"""What first answers tell of a question: who counts, from when on, and the figures themselves."""

from datetime import timedelta

import numpy as np
import pytest

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind
from apps.bank.services.items import ChoiceText, save_question
from apps.courses.models import Exam, Topic
from apps.insights.item_analysis import analysis_of, item_statistics
from apps.insights.statistics.items import Flag
from apps.quizzes.models import Attempt
from tests.factories import NOW, make_question
from tests.insights.cohort import all_sit, by_skill, cohort
from tests.insights.sitting import blank, chosen, right, sit, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    """Ten questions: a quick quiz asks them all."""
    return [make_question(topic) for _ in range(10)]


def test_figures_are_those_of_the_marks_of_first_answers(exam: Exam, bank: list[Question]) -> None:
    people = cohort(exam, 50)
    all_sit(exam, people, by_skill(bank[0]))
    found = item_statistics(bank[0])
    rests = []
    for number, person in enumerate(people):
        attempt = Attempt.objects.get(user=person)
        rests.append(((attempt.points or 0) - (number >= 20)) / 9)
    scores = [float(number >= 20) for number in range(50)]
    assert found.figures is not None
    assert (found.answered, found.figures.facility) == (50, 0.6)
    assert found.figures.discrimination == pytest.approx(np.corrcoef(scores, rests)[0, 1])
    largest = np.cov(sorted(scores), sorted(rests))[0, 1]
    assert found.figures.efficiency == pytest.approx(np.cov(scores, rests)[0, 1] / largest)
    assert found.guess == pytest.approx(1 / 3)
    assert found.flags == [Flag.DEAD]


def test_below_thirty_answers_there_is_a_count_and_nothing_else(
    exam: Exam, bank: list[Question]
) -> None:
    people = cohort(exam, 30)
    all_sit(exam, people[:29], by_skill(bank[0]))
    found = item_statistics(bank[0])
    assert (found.answered, found.figures, found.choices, found.flags) == (29, None, [], [])
    all_sit(exam, people[29:], by_skill(bank[0]))
    found = item_statistics(bank[0])
    assert found.figures is not None
    assert (found.answered, len(found.choices), found.flags) == (30, 3, [])


def test_each_choice_is_counted_wherever_it_was_shown(exam: Exam, bank: list[Question]) -> None:
    texts = ["Right"] * 15 + ["Wrong"] * 10 + ["Also wrong"] * 5
    for person, text in zip(cohort(exam, 30), texts, strict=True):
        sit(person, exam, lambda item, text=text: chosen(item, text))  # type: ignore[misc]
    found = item_statistics(bank[3])
    assert [(c.text, c.is_correct, c.figures.count) for c in found.choices] == [
        ("Right", True, 15),
        ("Wrong", False, 10),
        ("Also wrong", False, 5),
    ]
    # Who chose "Right" did so everywhere, so the best third are all of them.
    assert [c.figures.best for c in found.choices] == [1, 0, 0]


def test_only_the_first_answer_counts(exam: Exam, bank: list[Question]) -> None:
    people = cohort(exam, 30)
    all_sit(exam, people, lambda n, item: wrong)
    all_sit(exam, people, lambda n, item: right, at=NOW + timedelta(hours=1))  # type: ignore[arg-type]
    found = item_statistics(bank[0])
    assert found.figures is not None
    assert (found.answered, found.figures.facility) == (30, 0)


def test_authors_and_what_was_not_tried_do_not_count(
    exam: Exam, bank: list[Question], bob: User, carol: User
) -> None:
    sit(bob, exam, right)
    sit(carol, exam, blank)
    assert item_statistics(bank[0]).answered == 0


def test_a_rewritten_question_begins_anew(
    exam: Exam, bank: list[Question], carol: User, dave: User
) -> None:
    sit(carol, exam, right)
    bank[0].stem = "Put otherwise, which is right?"
    choices = [ChoiceText(c.text, c.is_correct, c.why) for c in bank[0].choices.all()]
    save_question(question=bank[0], author=None, choices=choices)
    assert item_statistics(bank[0]).answered == 0
    # Carol met it before, in other words.
    sit(carol, exam, right, at=NOW + timedelta(hours=1))
    assert item_statistics(bank[0]).answered == 0
    assert item_statistics(bank[1]).answered == 1


def test_what_was_written_is_told_by_how_often(exam: Exam, topic: Topic) -> None:
    question = make_question(
        topic, "What sets the pace?", (), kind=QuestionKind.TYPED, accepted=["Sinus node"]
    )
    for _ in range(9):
        make_question(topic)
    written = ["Sinus node"] * 18 + ["Vagus"] * 11 + ["?"]
    for person, text in zip(cohort(exam, 30), written, strict=True):
        sit(
            person,
            exam,
            lambda item, text=text: [text] if item.question_id == question.pk else right(item),  # type: ignore[misc]
        )
    found = item_statistics(question)
    assert (found.typed, found.guess) == ([("Sinus node", 18), ("Vagus", 11), ("?", 1)], 0)
    assert found.choices == []


def test_the_time_is_how_long_the_question_was_in_view(exam: Exam, bank: list[Question]) -> None:
    people = cohort(exam, 30)
    all_sit(exam, people[:20], by_skill(bank[0]), seconds=20)
    all_sit(exam, people[20:], by_skill(bank[0]), seconds=90)
    found = item_statistics(bank[0])
    assert found.figures is not None
    assert found.figures.seconds == 20


def test_a_wrong_key_is_the_first_thing_to_look_at(exam: Exam, topic: Topic) -> None:
    turned = (
        ChoiceText("Right", False, "So it says."),
        ChoiceText("Wrong", True, "A slip."),
        ChoiceText("Neither", False, "No."),
    )
    question = make_question(topic, choices=turned)
    for _ in range(9):
        make_question(topic)
    for number, person in enumerate(cohort(exam, 50)):
        knows = number >= 25
        sit(person, exam, lambda item, knows=knows: chosen(item, "Right" if knows else "Wrong"))  # type: ignore[misc]
    first, *others = analysis_of(exam)
    assert first.question == question
    assert first.flags[:2] == [Flag.CHECK_KEY, Flag.MISLEADING]
    assert all(Flag.CHECK_KEY not in each.flags for each in others)


def test_more_answers_do_not_make_more_queries(
    exam: Exam, bank: list[Question], django_assert_num_queries: object
) -> None:
    for people in (cohort(exam, 2, "few"), cohort(exam, 8, "more")):
        all_sit(exam, people, by_skill(bank[0]))
        with django_assert_num_queries(4):  # type: ignore[operator]
            analysis_of(exam)
