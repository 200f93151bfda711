"""A sweep over a whole bank: every question with a fault, for who authors the exam."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind, Status
from apps.bank.services.items import ChoiceText
from apps.bank.services.workflow import retire
from apps.courses.models import Exam, Topic
from apps.courses.permissions import make_instructor
from tests.factories import make_question
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
URL = "/exams/bio/questions/faults/"
SOUND = (
    ChoiceText("The heart", True, "It is a muscle."),
    ChoiceText("The liver", False, "It stores sugar."),
    ChoiceText("The lungs", False, "They take up air."),
)


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    """A sound question, one with a doubt, and a draft with a fault."""
    filler = (*SOUND, ChoiceText("All of the above", False, "They are not."))
    return [
        make_question(topic, "Which organ pumps the blood through the body?", SOUND),
        make_question(topic, "Which organ does not pump blood?", SOUND),
        make_question(topic, "Which organ moves the blood?", filler, status=Status.DRAFT),
    ]


def stems(page: str) -> list[str]:
    return re.findall(r'<h3 class="preline">(.*?)</h3>', page)


def test_every_question_with_a_fault_is_listed_the_gravest_first(
    client_of: SignIn, bob: User, bank: list[Question]
) -> None:
    page = client_of(bob).get(URL).text
    assert "3 questions looked at" in page
    assert "<strong>1 with faults</strong>, 1 with doubts only" in page
    assert stems(page) == ["Which organ moves the blood?", "Which organ does not pump blood?"]
    assert "Fault: a choice is filler" in page
    assert "Doubt: the word “not” in the stem is easily missed" in page


def test_one_rule_can_be_swept_through_the_bank(
    client_of: SignIn, bob: User, topic: Topic, bank: list[Question]
) -> None:
    make_question(topic, "Which organ is never at rest?", SOUND)
    browser = client_of(bob)
    link = re.search(r'href="(\?what=the%20word[^"#]*)', browser.get(URL).text)
    assert link is not None
    page = browser.get(f"{URL}{link[1]}").text
    assert stems(page) == ["Which organ does not pump blood?", "Which organ is never at rest?"]
    assert len(stems(browser.get(URL, {"what": "no such rule"}).text)) == 3


def test_it_leads_to_where_a_question_is_mended(
    client_of: SignIn, alice: User, bank: list[Question]
) -> None:
    make_instructor(alice)
    browser = client_of(alice)
    page = browser.get(URL).text
    address = f"/admin/bank/question/{bank[2].pk}/change/"
    assert address in page
    assert browser.get(address).status_code == 200
    assert URL in browser.get("/exams/bio/items/").text


def test_retired_and_learners_own_questions_are_left_out(
    client_of: SignIn, alice: User, carol: User, topic: Topic, bank: list[Question]
) -> None:
    make_question(topic, "Name it", owner=carol)
    retire(item=bank[1])
    page = client_of(alice).get(URL).text
    assert "2 questions looked at" in page
    assert stems(page) == ["Which organ moves the blood?"]


def test_a_bank_without_faults_or_questions_says_so(
    client_of: SignIn, alice: User, topic: Topic
) -> None:
    browser = client_of(alice)
    assert "No questions yet" in browser.get(URL).text
    make_question(topic, "Which organ pumps the blood through the body?", SOUND)
    page = browser.get(URL).text
    assert "1 question looked at, drafts too: nothing found." in " ".join(page.split())
    assert "No questions yet" not in page


@pytest.mark.parametrize("longest", [True, False])
def test_a_bank_whose_right_choices_are_long_is_told_of_it(
    client_of: SignIn, alice: User, topic: Topic, longest: bool
) -> None:
    for place in range(20):
        is_long = longest or place < 6
        make_question(
            topic,
            f"Which organ has the number {place} on the chart?",
            (
                ChoiceText("The heart of a man" if is_long else "The heart", True, "So."),
                ChoiceText("The liver", False, "No."),
                ChoiceText("A lung" if is_long else "The lungs of a man", False, "No."),
            ),
        )
    page = client_of(alice).get(URL).text
    words = "in 20 of 20 questions the right choice is the longest, where chance would make it"
    assert (f"{words} about 7" in page) == longest
    assert ("Doubt about them all" in page) == longest


def test_what_is_typed_is_shown_as_text(client_of: SignIn, alice: User, topic: Topic) -> None:
    make_question(topic, "<b>Name it", (), kind=QuestionKind.TYPED, accepted=["x"])
    page = client_of(alice).get(URL).text
    assert "&lt;b&gt;Name it" in page


def test_many_are_shown_in_pages_of_the_rule_chosen(
    client_of: SignIn, alice: User, topic: Topic, bank: list[Question]
) -> None:
    for number in range(30):
        make_question(topic, f"Organ number {number} does not pump: which is it?", SOUND)
    browser = client_of(alice)
    address = re.findall(r'href="(\?what=[^"#]*)', browser.get(URL).text)[1]
    page = browser.get(f"{URL}{address}").text
    assert len(stems(page)) == 25
    later = re.search(r'rel="next" href="([^"]*)"', page)
    assert later is not None
    second = browser.get(URL + later[1].replace("&amp;", "&")).text
    assert 0 < len(stems(second)) < 25
    assert not set(stems(page)) & set(stems(second))
    assert "Which organ moves the blood?" not in stems(second)


def test_learners_and_strangers_do_not_find_it(
    client_of: SignIn, carol: User, mallory: User, exam: Exam
) -> None:
    for person in (carol, mallory):
        assert client_of(person).get(URL).status_code == 404


def test_more_questions_do_not_make_more_queries(
    client_of: SignIn,
    alice: User,
    topic: Topic,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(60):
        make_question(topic)
    browser = client_of(alice)
    with django_assert_max_num_queries(7):
        browser.get(URL)
