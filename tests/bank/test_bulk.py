"""Many items at once: all of them, or none."""

import pytest

from apps.bank.models import Card, CardKind, Question
from apps.bank.services.bulk import add_cards, add_questions
from apps.bank.services.items import ChoiceText
from apps.common.errors import DomainError
from apps.courses.models import Topic
from apps.notes.services import cite
from tests.factories import make_version

CHOICES = (ChoiceText("a", True), ChoiceText("b"), ChoiceText("c"))


def card_of(topic: Topic, front: str, **fields: object) -> Card:
    return Card(exam=topic.exam, topic=topic, front=front, back="x", **fields)


def test_cards_added_together_have_versions_prompts_and_sources(topic: Topic) -> None:
    version = make_version(topic.exam, "one\ntwo")
    passages = cite(version=version, spans=[(1, 1)])
    gap = card_of(topic, "{{c1::a}} {{c2::b}}", kind=CardKind.CLOZE)
    add_cards([gap, card_of(topic, "plain")], passages={gap.pk: passages}, author=None)
    stored = Card.objects.get(pk=gap.pk)
    assert stored.prompt_count == 2
    assert [v.number for v in stored.versions.all()] == [1]
    assert [p.quote for p in stored.passages.all()] == ["one"]


def test_one_bad_card_keeps_all_of_them_out(topic: Topic) -> None:
    with pytest.raises(DomainError):
        add_cards([card_of(topic, "good"), card_of(topic, " ")], passages={}, author=None)
    assert not Card.objects.exists()


def test_questions_added_together_have_versions_and_choices(topic: Topic) -> None:
    question = Question(exam=topic.exam, topic=topic, stem="Which?")
    add_questions([(question, CHOICES)], passages={}, author=None)
    stored = Question.objects.get()
    assert [choice.text for choice in stored.choices.all()] == ["a", "b", "c"]
    assert stored.versions.get().content["choices"][0]["is_correct"]


def test_one_question_without_a_key_keeps_all_of_them_out(topic: Topic) -> None:
    good, bad = (Question(exam=topic.exam, topic=topic, stem=stem) for stem in "ab")
    with pytest.raises(DomainError):
        add_questions([(good, CHOICES), (bad, CHOICES[1:])], passages={}, author=None)
    assert not Question.objects.exists()


def test_adding_a_hundred_cards_costs_as_many_queries_as_adding_ten(
    topic: Topic, django_assert_max_num_queries: object
) -> None:
    cards = [card_of(topic, f"card {number}") for number in range(100)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        add_cards(cards, passages={}, author=None)
