"""How ready a learner is: what counts as evidence, and when there is enough of it."""

from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.insights.readiness import Readiness, readiness_of
from apps.quizzes.models import QuizKind
from apps.study.models import Enrolment
from tests.factories import NOW, make_question, make_topic
from tests.insights.sitting import blank, right, sit, wrong
from tests.study.preparing import make_cards, remember

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells(topic: Topic) -> Topic:
    """60 % of the exam; "Organs" is the rest."""
    topic.weight = 60
    topic.save()
    return topic


@pytest.fixture
def organs(exam: Exam, cells: Topic) -> Topic:
    return make_topic(exam, "Organs", weight=40)


@pytest.fixture
def bank(cells: Topic, organs: Topic) -> None:
    for topic in (cells, organs):
        for _ in range(30):
            make_question(topic)


def now_of(enrolment: Enrolment, days: int = 0) -> Readiness:
    return readiness_of(enrolment, now=NOW + timedelta(minutes=5, days=days))


def test_without_any_answer_it_says_how_many_are_needed(bank: None, enrolment: Enrolment) -> None:
    found = now_of(enrolment)
    assert (found.level, found.passing) == (None, None)
    assert (found.answered, found.missing, found.lacks_questions) == (0, 20, False)
    assert [(d.title, d.share, d.missing, d.level) for d in found.domains] == [
        ("Cells", 0.6, 12, None),
        ("Organs", 0.4, 8, None),
    ]


def test_after_enough_first_answers_it_estimates(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    sit(carol, exam, right)
    halfway = now_of(enrolment)
    assert (halfway.answered, halfway.missing, halfway.level) == (10, 10, None)
    sit(carol, exam, right, at=NOW + timedelta(hours=1))
    found = now_of(enrolment)
    assert (found.answered, found.missing) == (20, 0)
    assert found.level is not None
    assert found.passing is not None
    # Twelve and eight right of as many, each on top of a uniform belief.
    assert found.level.value == pytest.approx(0.6 * 13 / 14 + 0.4 * 9 / 10, abs=0.001)
    assert found.level.low < 0.9 < found.level.high
    assert found.passing > 0.9


def test_the_same_evidence_gives_the_same_estimate(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for hour in range(3):
        sit(carol, exam, right, at=NOW + timedelta(hours=hour))
    assert now_of(enrolment) == now_of(enrolment)


def test_only_the_first_answer_to_a_question_counts(
    cells: Topic, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for _ in range(10):
        make_question(cells)
    sit(carol, exam, wrong)
    for hour in range(1, 4):
        sit(carol, exam, right, at=NOW + timedelta(hours=hour))
    (domain,) = now_of(enrolment).domains
    assert (domain.answered, domain.right) == (10, 0)


def test_questions_left_blank_count_in_a_mock_exam_only(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    sit(carol, exam, blank)
    assert now_of(enrolment).answered == 0
    sit(carol, exam, blank, kind=QuizKind.MOCK)
    found = now_of(enrolment)
    assert (found.answered, sum(d.right for d in found.domains)) == (10, 0)


def test_a_bank_with_too_few_questions_says_so(
    cells: Topic, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for _ in range(6):
        make_question(cells)
    assert now_of(enrolment).lacks_questions
    sit(carol, exam, right)
    found = now_of(enrolment)
    assert (found.answered, found.missing, found.level) == (6, 0, None)
    assert found.lacks_questions


def test_a_domain_without_questions_keeps_its_share_of_doubt(
    cells: Topic, organs: Topic, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for _ in range(30):
        make_question(cells)
    for hour in range(3):
        sit(carol, exam, right, at=NOW + timedelta(hours=hour))
    found = now_of(enrolment)
    assert found.level is not None
    # Of the organs nothing is known: any level is as likely as any other.
    assert found.level.value == pytest.approx(0.6 * 31 / 32 + 0.4 * 0.5, abs=0.001)
    assert found.level.high - found.level.low > 0.3


def test_remembered_cards_raise_the_level_and_are_told_apart(
    bank: None, cells: Topic, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for hour in range(2):
        sit(carol, exam, wrong, at=NOW + timedelta(hours=hour))
    before = now_of(enrolment)
    remember(enrolment, make_cards(cells, 100), stability=100, last=0)
    after = now_of(enrolment)
    assert before.level is not None
    assert after.level is not None
    assert after.level.value > before.level.value
    cards, organs = after.domains
    assert (cards.met, cards.prompts) == (100, 100)
    assert cards.recall == pytest.approx(1)
    assert (organs.met, organs.prompts) == (0, 0)
    # 100 cards stand for 10 answers: 12 wrong ones and these make (1 + 10) / (2 + 12 + 10).
    assert cards.level is not None
    assert cards.level.value == pytest.approx(11 / 24, abs=0.001)


def test_with_time_an_estimate_grows_less_sure(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for hour in range(3):
        sit(carol, exam, right, at=NOW + timedelta(hours=hour))
    fresh, old = now_of(enrolment), now_of(enrolment, days=120)
    assert fresh.level is not None
    assert old.level is not None
    assert old.answered == fresh.answered == 30
    assert old.level.high - old.level.low > 1.5 * (fresh.level.high - fresh.level.low)


def test_topics_without_a_share_are_the_rest_of_the_exam(
    exam: Exam, carol: User, enrolment: Enrolment
) -> None:
    plain = make_topic(exam, "My own notes")
    make_question(plain)
    assert [(d.title, d.share) for d in now_of(enrolment).domains] == [("The whole exam", 1)]
    weighted = make_topic(exam, "Cells", weight=70)
    make_question(weighted)
    assert [(d.title, d.share) for d in now_of(enrolment).domains] == [
        ("Cells", 0.7),
        ("Other topics", 0.3),
    ]


def test_other_learners_answers_are_no_evidence(
    bank: None, alice: User, exam: Exam, enrolment: Enrolment
) -> None:
    sit(alice, exam, right)
    assert now_of(enrolment).answered == 0


def test_more_cards_and_answers_do_not_make_more_queries(
    bank: None,
    cells: Topic,
    carol: User,
    exam: Exam,
    enrolment: Enrolment,
    django_assert_max_num_queries: object,
) -> None:
    sit(carol, exam, right)
    remember(enrolment, make_cards(cells, 60))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        now_of(enrolment)
