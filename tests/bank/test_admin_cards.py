"""Writing cards in the authoring pages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Status
from apps.courses.models import Topic
from tests.bank.authors import count_queries, text_of
from tests.factories import make_card, make_topic, make_version
from tests.pictures import no_images

LIST = reverse("admin:bank_card_changelist")
ADD = reverse("admin:bank_card_add")


def form(topic: Topic, **fields: Any) -> dict[str, Any]:
    """What a browser sends of a card's form."""
    words = {
        "topic": topic.pk,
        "kind": CardKind.BASIC,
        "front": "What pumps blood?",
        "back": "The heart",
        "items": "",
        "explanation": "",
        "position": 0,
    }
    return words | no_images() | fields


def page_of(card: Card) -> str:
    return reverse("admin:bank_card_change", args=[card.pk])


def act(author: Client, action: str, *cards: Card) -> str:
    picked = {"action": action, "_selected_action": [str(card.pk) for card in cards]}
    return text_of(author.post(LIST, picked, follow=True))


def test_it_works(author: Client, topic: Topic, bob: User) -> None:
    answer = author.post(ADD, form(topic))
    assert answer.status_code == 302
    card = Card.objects.get()
    assert (card.exam, card.owner, card.status) == (topic.exam, None, Status.DRAFT)
    assert card.versions.get().author == bob


def test_a_new_card_can_be_published_at_once(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic, _publish="Save and publish"))
    assert Card.objects.get().status == Status.PUBLISHED


def test_a_card_can_be_retired_from_its_form(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    author.post(page_of(card), form(topic, _retire="Retire"))
    card.refresh_from_db()
    assert card.status == Status.RETIRED


def test_a_card_is_found_by_its_items_its_topic_and_its_note(author: Client, topic: Topic) -> None:
    version = make_version(topic.exam, "A line.", name="planets.txt")
    make_card(
        topic, "The planets", "", kind=CardKind.LIST, items=["Mars", "Venus"], version=version
    )
    for words in ("venus", topic.title, "planets.txt"):
        assert "The planets" in text_of(author.get(LIST, {"q": words})), words
    assert "The planets" not in text_of(author.get(LIST, {"q": "saturn"}))


def test_list_items_are_written_one_on_each_line(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic, kind=CardKind.LIST, items="red cells\r\n\r\n  white cells \r\n"))
    card = Card.objects.get()
    assert card.items == ["red cells", "white cells"]
    assert "red cells\nwhite cells</textarea>" in text_of(author.get(page_of(card)))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": CardKind.CLOZE}, "A gap card needs a gap"),
        ({"kind": CardKind.LIST, "items": "just one"}, "two items or more"),
        ({"back": ""}, "The back is empty"),
    ],
)
def test_a_card_that_cannot_be_asked_comes_back_with_the_reason_and_every_word(
    author: Client, topic: Topic, fields: dict[str, Any], reason: str
) -> None:
    answer = author.post(ADD, form(topic, explanation="Typed with care", **fields))
    page = text_of(answer)
    assert answer.status_code == 200
    assert reason in page
    assert "Typed with care" in page
    assert "What pumps blood?" in page
    assert not Card.objects.exists()


def test_a_refused_change_leaves_the_card_as_it_was(author: Client, topic: Topic) -> None:
    card = make_card(topic, "What pumps?", "The heart")
    page = text_of(author.post(page_of(card), form(topic, front="Changed?", back="")))
    assert "The back is empty" in page
    assert "Changed?" in page
    assert Card.objects.get().front == "What pumps?"
    assert card.versions.count() == 1


def test_a_change_of_words_is_a_version_with_its_author(
    author: Client, topic: Topic, bob: User
) -> None:
    card = make_card(topic, "What pumps?", "The hart")
    author.post(page_of(card), form(topic, front="What pumps?", back="The heart"))
    newest = card.versions.first()
    assert newest is not None
    assert (newest.number, newest.author, newest.content["back"]) == (2, bob, "The heart")


def test_saving_without_a_change_is_no_version_whatever_ends_a_browsers_lines(
    author: Client, topic: Topic
) -> None:
    card = make_card(topic, "First line\nsecond line", "Answer\nof two lines")
    same = form(topic, front="First line\r\nsecond line", back="Answer\r\nof two lines")
    author.post(page_of(card), same)
    assert card.versions.count() == 1


def test_the_list_finds_words_of_the_front_and_of_the_back(author: Client, topic: Topic) -> None:
    make_card(topic, "What pumps?", "The heart")
    make_card(topic, "What thinks?", "The brain")
    for word in ("pumps", "heart"):
        page = text_of(author.get(LIST, {"q": word}))
        assert "What pumps?" in page
        assert "What thinks?" not in page


def test_the_list_can_be_narrowed_to_what_needs_a_look(author: Client, topic: Topic) -> None:
    sure = make_card(topic, "A sure one?")
    unsure = make_card(topic, "An unsure one?", status=Status.DRAFT)
    Card.objects.filter(pk=unsure.pk).update(certainty=0.4)
    for query in ({"certainty": "low"}, {"status__exact": "draft"}):
        page = text_of(author.get(LIST, query))
        assert str(unsure) in page
        assert str(sure) not in page


def test_the_list_can_be_narrowed_to_a_domain_with_all_below_it(
    author: Client, topic: Topic
) -> None:
    below = make_topic(topic.exam, "Below", parent=topic)
    other = make_topic(topic.exam, "Other domain")
    make_card(below, "Deep inside?")
    make_card(other, "Elsewhere?")
    page = text_of(author.get(LIST, {"domain": topic.pk}))
    assert "Deep inside?" in page
    assert "Elsewhere?" not in page


def test_each_row_says_where_the_card_stands_and_what_it_was_read_from(
    author: Client, topic: Topic
) -> None:
    below = make_topic(topic.exam, "Membrane", parent=topic)
    version = make_version(topic.exam, "one\ntwo", name="cells.txt")
    make_card(below, "What is it?", version=version, line=2)
    page = text_of(author.get(LIST))
    assert "Cells › Membrane" in page
    assert "cells.txt, line 2" in page
    assert f'href="{reverse("note", args=[version.note_id])}?line=2"' in page


def test_a_longer_list_costs_no_more_queries(author: Client, topic: Topic) -> None:
    version = make_version(topic.exam, "\n".join("abcdefghijklmnop"))
    make_card(topic, version=version)
    few = count_queries(author, LIST)
    for line in range(2, 16):
        make_card(topic, version=version, line=line)
    assert count_queries(author, LIST) == few


def test_cards_are_published_one_by_one_and_refusals_are_named(
    author: Client, topic: Topic
) -> None:
    good = make_card(topic, "Good?", status=Status.DRAFT)
    bad = make_card(topic, "Spoilt?", status=Status.DRAFT)
    Card.objects.filter(pk=bad.pk).update(back="")
    page = act(author, "publish_items", good, bad)
    assert "1 now published." in page
    assert "“Spoilt?”: The back is empty" in page
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.status, bad.status) == (Status.PUBLISHED, Status.DRAFT)


def test_cards_are_sent_to_review_and_retired(author: Client, topic: Topic) -> None:
    card = make_card(topic, status=Status.DRAFT)
    assert "1 now in review." in act(author, "send_to_review", card)
    assert "1 now retired." in act(author, "retire_items", card)
    assert "cannot become in review" in act(author, "send_to_review", card)
    assert Card.objects.get().status == Status.RETIRED


def test_an_instructor_retires_cards_and_cannot_delete_them(author: Client, topic: Topic) -> None:
    card = make_card(topic)
    assert author.get(reverse("admin:bank_card_delete", args=[card.pk])).status_code == 403
    act(author, "delete_selected", card)
    assert Card.objects.exists()
    assert "deletelink" not in text_of(author.get(page_of(card)))


def test_a_form_shows_what_its_kind_uses(author: Client, topic: Topic) -> None:
    for page in (text_of(author.get(ADD)), text_of(author.get(page_of(make_card(topic))))):
        assert re.search(r'name="items"[^>]*data-kinds="list steps"', page)
        assert re.search(r'name="back"[^>]*data-kinds="basic reversed cloze [^"]*"', page)
        assert not re.search(r'name="front"[^>]*data-kinds', page)
