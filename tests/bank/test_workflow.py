"""The way from draft to retired."""

from itertools import product

import pytest

from apps.accounts.models import User
from apps.bank.errors import Unpublishable, WrongStatus
from apps.bank.models import Card, Question, Status
from apps.bank.services.workflow import NEXT, change_status, publish, retire
from apps.courses.models import Topic
from tests.factories import make_card, make_question

STEPS = [(before, after) for before, after in product(Status, Status) if before != after]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_only_the_steps_of_the_way_can_be_taken(
    topic: Topic, before: Status, after: Status
) -> None:
    card = make_card(topic, status=before)
    if after in NEXT[before]:
        change_status(item=card, status=after)
        assert Card.objects.get().status == after
        return
    with pytest.raises(WrongStatus, match="cannot become"):
        change_status(item=card, status=after)
    assert Card.objects.get().status == before


def test_publishing_what_is_published_changes_nothing(topic: Topic) -> None:
    card = make_card(topic)
    stamp = Card.objects.get().updated_at
    publish(item=card)
    assert Card.objects.get().updated_at == stamp


def test_an_unfinished_question_stays_a_draft(topic: Topic) -> None:
    question = make_question(topic, choices=(), status=Status.DRAFT)
    with pytest.raises(Unpublishable):
        publish(item=question)
    assert Question.objects.get().status == Status.DRAFT


def test_publishing_again_what_its_note_no_longer_says_takes_it_over(topic: Topic) -> None:
    card = make_card(topic, status=Status.RETIRED)
    Card.objects.update(is_orphan=True)
    publish(item=card)
    assert not Card.objects.get().is_orphan


def test_learners_are_asked_published_items_only(topic: Topic, carol: User) -> None:
    card = make_card(topic, status=Status.DRAFT)
    studied = Card.objects.studied_by(carol, topic.exam)
    assert not studied.exists()
    publish(item=card)
    assert studied.exists()
    retire(item=card)
    assert not studied.exists()


def test_a_learner_sees_neither_drafts_nor_other_learners_cards(
    topic: Topic, carol: User, dave: User, bob: User
) -> None:
    make_card(topic, "A draft", status=Status.DRAFT)
    make_card(topic, "Of dave", owner=dave)
    mine = make_card(topic, "Of carol", owner=carol)
    shared = make_card(topic, "For all")
    assert set(Card.objects.visible_to(carol)) == {mine, shared}
    assert set(Card.objects.editable_by(carol)) == {mine}
    assert "Of dave" not in {card.front for card in Card.objects.editable_by(bob)}
