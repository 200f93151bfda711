"""The pages of quizzes: start, player, results."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam, Topic
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.marking import submit
from tests.factories import NOW, make_question
from tests.quizzes.conftest import after, answer, right, wrong

SECRETS = ("It is so.", "It is not.", "Because the notes", "Sinoatrial", "is_correct", "accepted")
START = "/exams/bio/quizzes/"


@pytest.fixture
def browser(carol: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(carol)


@pytest.fixture
def player(mock_exam: Attempt) -> str:
    return f"/attempts/{mock_exam.pk}/"


def answer_all(attempt: Attempt, right_ones: int) -> None:
    items = attempt.items.select_related("question_version")
    events = [
        answer(item, right(item) if place < right_ones else wrong(item))
        for place, item in enumerate(items)
    ]
    record_answers(attempt=attempt, events=events, now=NOW)


def text_of(page: Any) -> str:
    """The page's words without tags, spaces made single."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_start_page_states_the_rules(browser: Client, bank: list[Question]) -> None:
    words = text_of(browser.get(START))
    assert "Quick 10" in words
    assert "10 questions, no time limit" in words
    assert "10 questions, 20 minutes" in words
    assert "Pass mark 70 %" in words


def test_the_start_page_says_when_there_are_too_few_questions(browser: Client, exam: Exam) -> None:
    words = text_of(browser.get(START))
    assert "Not enough questions yet" in words
    assert "Start" not in words


def test_the_start_page_lists_past_attempts_with_their_scores(
    browser: Client, mock_exam: Attempt
) -> None:
    answer_all(mock_exam, 7)
    submit(attempt=mock_exam, now=NOW)
    words = text_of(browser.get(START))
    assert "70 %" in words
    assert "Passed" in words


def test_starting_leads_to_the_player_and_starting_again_to_the_same_paper(
    browser: Client, bank: list[Question]
) -> None:
    first = browser.post(f"{START}start/", {"kind": "mock"})
    again = browser.post(f"{START}start/", {"kind": "mock"})
    assert first.headers["Location"] == f"/attempts/{Attempt.objects.get().pk}/"
    assert again.headers["Location"] == first.headers["Location"]
    assert "Go on with Mock exam" in text_of(browser.get(START))


def test_starting_without_enough_questions_says_so_and_stays(browser: Client, exam: Exam) -> None:
    page = browser.post(f"{START}start/", {"kind": "mock"}, follow=True)
    assert "A quiz needs 5 published questions; this exam has 0 so far." in text_of(page)


def test_starting_something_unknown_starts_nothing(browser: Client, bank: list[Question]) -> None:
    assert browser.post(f"{START}start/", {"kind": "final"}).headers["Location"] == START
    assert not Attempt.objects.exists()


def test_the_player_holds_no_question_and_no_key(browser: Client, player: str) -> None:
    page = browser.get(player)
    html = page.content.decode()
    assert page.status_code == 200
    assert not [secret for secret in SECRETS if secret in html]
    assert "Which is right" not in html


@pytest.mark.parametrize("url", [START, "player", "results"])
def test_no_page_needs_an_inline_script_or_style(
    browser: Client, mock_exam: Attempt, player: str, url: str
) -> None:
    if url == "results":
        submit(attempt=mock_exam, now=NOW)
    address = {"player": player, "results": f"{player}results/"}.get(url, url)
    html = browser.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)


def test_the_player_is_not_kept_by_the_browser_and_can_send_answers(
    browser: Client, player: str
) -> None:
    page = browser.get(player)
    assert "no-store" in page.headers["Cache-Control"]
    assert "csrftoken" in page.cookies


def test_the_player_of_a_finished_attempt_leads_to_its_results(
    browser: Client, player: str, now: Any
) -> None:
    assert browser.get(f"{player}results/").headers["Location"] == player
    now.move_to(after(minutes=30))
    assert browser.get(player).headers["Location"] == f"{player}results/"


def test_other_peoples_attempts_do_not_exist(
    client_of: Callable[[User], Client], alice: User, mallory: User, player: str
) -> None:
    for user in (alice, mallory):
        assert client_of(user).get(player).status_code == 404
        assert client_of(user).get(f"{player}results/").status_code == 404
    assert client_of(mallory).get(START).status_code == 404
    assert client_of(mallory).post(f"{START}start/", {"kind": "mock"}).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(player: str) -> None:
    for url in (START, player, f"{player}results/"):
        assert "/accounts/login/" in Client().get(url).headers["Location"]


def test_the_results_tell_score_domains_answers_reasons_and_sources(
    browser: Client, mock_exam: Attempt, player: str
) -> None:
    answer_all(mock_exam, 6)
    submit(attempt=mock_exam, now=NOW)
    page = browser.get(f"{player}results/")
    words = text_of(page)
    assert "Not passed: 60 %" in words
    assert "6 of 10 points. The pass mark is 70 %." in words
    assert "Cells" in words
    assert "of 5" in words
    assert "Right, your choice" in words
    assert "Your choice, wrong" in words
    assert "It is not." in words
    assert "Because the notes say so." in words
    assert re.search(r'href="/notes/\d+/\?line=3"', page.content.decode())


def test_the_results_can_show_only_what_was_wrong(
    browser: Client, mock_exam: Attempt, player: str
) -> None:
    answer_all(mock_exam, 6)
    submit(attempt=mock_exam, now=NOW)
    everything = browser.get(f"{player}results/").content.decode()
    wrong_ones = browser.get(f"{player}results/?show=wrong").content.decode()
    assert everything.count("<article") == 10
    assert re.findall(r'<article[^>]*id="q(\d+)"', wrong_ones) == ["7", "8", "9", "10"]


def test_all_right_leaves_nothing_to_show_as_wrong(
    browser: Client, mock_exam: Attempt, player: str
) -> None:
    answer_all(mock_exam, 10)
    submit(attempt=mock_exam, now=NOW)
    words = text_of(browser.get(f"{player}results/?show=wrong"))
    assert "Nothing was wrong" in words


def test_the_results_say_how_many_answers_came_too_late(
    browser: Client, mock_exam: Attempt, player: str
) -> None:
    submit(attempt=mock_exam, now=NOW)
    assert "2 answers reached us after the end" in text_of(browser.get(f"{player}results/?late=2"))
    assert "after the end" not in text_of(browser.get(f"{player}results/?late=x"))


def test_words_of_questions_are_shown_as_words(
    browser: Client, mock_exam: Attempt, player: str, bank: list[Question]
) -> None:
    item = mock_exam.items.select_related("question_version").first()
    assert item is not None
    item.question_version.content["stem"] = "Is <b>this</b> bold?"
    item.question_version.save()
    submit(attempt=mock_exam, now=NOW)
    html = browser.get(f"{player}results/").content.decode()
    assert "Is &lt;b&gt;this&lt;/b&gt; bold?" in html


def test_more_questions_do_not_cost_the_results_page_more_queries(
    browser: Client,
    mock_exam: Attempt,
    topic: Topic,
    player: str,
    django_assert_max_num_queries: Any,
) -> None:
    for index in range(11, 41):
        question = make_question(topic)
        AttemptItem.objects.create(
            attempt=mock_exam,
            index=index,
            question=question,
            question_version=question.versions.get(),
            choice_order=[0, 1, 2],
            domain="Cells",
        )
    submit(attempt=mock_exam, now=NOW)
    with django_assert_max_num_queries(11):
        browser.get(f"{player}results/")
