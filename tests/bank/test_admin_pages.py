"""Beside the form: the preview, the history, and the rules of a strict browser."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.bank.models import Card, CardKind, Question, Status
from apps.bank.services.items import ChoiceText, save_card, save_question
from apps.courses.models import Topic
from tests.bank.authors import text_of
from tests.factories import make_card, make_question, make_version
from tests.pictures import no_images

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>", re.I)


def address(page: str, item: Card | Question, *more: object) -> str:
    kind = "card" if isinstance(item, Card) else "question"
    return reverse(f"admin:bank_{kind}_{page}", args=[item.pk, *more])


def test_a_draft_can_be_seen_as_a_learner_will_see_it(author: Client, topic: Topic) -> None:
    version = make_version(topic.exam, "The heart pumps blood.", name="organs.txt")
    card = make_card(topic, "What pumps?", status=Status.DRAFT, version=version)
    page = text_of(author.get(address("preview", card)))
    assert "What pumps?" in page
    assert "<summary" in page
    assert "The heart pumps blood." in page
    assert "organs.txt, line 1" in page


def test_the_preview_shows_every_way_in_which_a_card_is_asked(author: Client, topic: Topic) -> None:
    card = make_card(topic, "{{c1::Red}} and {{c2::white}} cells", "", kind=CardKind.CLOZE)
    page = text_of(author.get(address("preview", card)))
    assert "[…] and white cells" in page
    assert "Red and […] cells" in page


def test_the_preview_of_a_list_shows_its_items_one_by_one(author: Client, topic: Topic) -> None:
    card = make_card(topic, "Which cells?", kind=CardKind.LIST, items=["red", "white"])
    page = text_of(author.get(address("preview", card)))
    assert re.search(r"<li[^>]*>red</li>\s*<li[^>]*>white</li>", page)


def test_the_preview_of_a_question_shows_choices_key_and_reasons(
    author: Client, topic: Topic
) -> None:
    page = text_of(author.get(address("preview", make_question(topic))))
    assert "Also wrong" in page
    assert "It is so." in page


def test_what_an_author_types_is_text_and_never_markup(author: Client, topic: Topic) -> None:
    card = make_card(topic, "<b>bold</b>?", "<script>alert(1)</script>")
    question = make_question(topic, "<i>stem</i>")
    for item in (card, question):
        for page in ("preview", "change", "history"):
            html = text_of(author.get(address(page, item)))
            assert "<b>bold" not in html
            assert "<i>stem" not in html
            assert "<script>alert" not in html


def test_the_form_of_a_stored_card_shows_the_preview_below_it(author: Client, topic: Topic) -> None:
    card = make_card(topic, "{{c1::Red}} cells", "", kind=CardKind.CLOZE)
    page = text_of(author.get(address("change", card)))
    assert "As a learner sees it" in page
    assert "[…] cells" in page
    assert address("preview", card) in page


def test_history_names_author_and_time_and_marks_the_words_that_changed(
    author: Client, topic: Topic
) -> None:
    card = make_card(topic, "What pumps?", "The hart")
    form = {"topic": topic.pk, "kind": "basic", "front": "What pumps?", "back": "The heart"}
    author.post(
        address("change", card), form | no_images() | {"items": "", "position": card.position}
    )
    page = text_of(author.get(address("history", card)))
    assert re.search(r"Version 2,.*Bob", page, re.S)
    assert "<del>hart</del><ins>heart</ins>" in page
    assert "Changed Back." in page


def test_an_old_version_of_a_card_can_be_restored(author: Client, topic: Topic) -> None:
    card = make_card(topic, "What pumps?", kind=CardKind.LIST, items=["one", "two"])
    card.front, card.items = "Spoilt", ["three", "four"]
    save_card(card=card, author=None)
    answer = author.post(address("restore", card, 1), follow=True)
    assert "It reads as in version 1 again." in text_of(answer)
    card.refresh_from_db()
    assert (card.front, card.items, card.version) == ("What pumps?", ["one", "two"], 3)


def test_an_old_version_of_a_question_is_restored_with_its_choices(
    author: Client, topic: Topic
) -> None:
    question = make_question(topic, "Which?")
    new = [ChoiceText("New", True), ChoiceText("b"), ChoiceText("c")]
    save_question(question=question, author=None, choices=new)
    author.post(address("restore", question, 1))
    assert [c.text for c in question.choices.all()] == ["Right", "Wrong", "Also wrong"]
    assert question.versions.count() == 3


def test_a_version_that_can_no_longer_be_published_is_not_restored(
    author: Client, topic: Topic
) -> None:
    question = make_question(topic, "Which?", choices=(), status=Status.DRAFT)
    whole = [ChoiceText("a", True), ChoiceText("b"), ChoiceText("c")]
    question.status = Status.PUBLISHED
    save_question(question=question, author=None, choices=whole)
    page = text_of(author.post(address("restore", question, 1), follow=True))
    assert "This question cannot be published" in page
    assert question.choices.count() == 3


def test_restoring_is_asked_for_and_never_a_link(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    assert author.get(address("restore", card, 1)).status_code == 405
    assert author.post(address("restore", card, 7)).status_code == 404


@pytest.mark.parametrize("page", ["changelist", "add", "change", "history", "preview"])
def test_no_page_needs_anything_a_strict_browser_refuses(
    author: Client, topic: Topic, page: str
) -> None:
    for item in (make_card(topic), make_question(topic)):
        kind = "card" if isinstance(item, Card) else "question"
        args = [] if page in {"changelist", "add"} else [item.pk]
        answer = author.get(reverse(f"admin:bank_{kind}_{page}", args=args))
        assert answer.status_code == 200
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert not INLINE.findall(text_of(answer))
