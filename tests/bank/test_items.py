"""What becomes a version, and what cannot be stored at all."""

import pytest

from apps.accounts.models import User
from apps.bank.errors import Unpublishable
from apps.bank.models import Card, CardKind, Choice, Question, QuestionKind, Status
from apps.bank.services.items import ChoiceText, save_card, save_question
from apps.common.errors import DomainError
from apps.courses.models import Topic
from tests.factories import make_card, make_question


def test_a_new_card_has_its_first_version(topic: Topic, alice: User) -> None:
    card = Card(exam=topic.exam, topic=topic, front="What pumps?", back="The heart")
    assert save_card(card=card, author=alice)
    [version] = card.versions.all()
    assert (version.number, version.author) == (1, alice)
    assert version.content == {
        "kind": "basic",
        "front": "What pumps?",
        "back": "The heart",
        "items": [],
        "explanation": "",
    }


def test_a_change_of_words_is_a_new_version_and_the_old_one_stays(topic: Topic) -> None:
    card = make_card(topic, "What pumps?", "The hart")
    card.back = "The heart"
    assert save_card(card=card, author=None)
    assert [v.content["back"] for v in card.versions.all()] == ["The heart", "The hart"]
    assert card.version == 2


def test_saving_the_same_words_again_is_no_version(topic: Topic) -> None:
    card = make_card(topic)
    card.position = 99
    assert not save_card(card=card, author=None)
    assert card.versions.count() == 1
    assert Card.objects.get().position == 99


def test_a_card_knows_in_how_many_ways_it_is_asked(topic: Topic) -> None:
    card = make_card(topic, "{{c1::A}} and {{c3::B}}", kind=CardKind.CLOZE)
    assert Card.objects.get(pk=card.pk).prompt_count == 2


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (Card(front="  ", back="x"), "The front is empty"),
        (Card(front="x", back=" "), "The back is empty"),
        (Card(front="no gap", kind=CardKind.CLOZE), "needs a gap"),
        (Card(front="x", kind=CardKind.LIST, items=["one"]), "two items or more"),
        (Card(front="x", kind=CardKind.STEPS, items=["one", " "]), "a line of text"),
        (Card(front="x", kind=CardKind.LIST, items="one, two"), "a line of text"),
    ],
)
def test_a_card_that_nobody_could_be_asked_is_refused_with_the_reason(
    topic: Topic, card: Card, reason: str
) -> None:
    card.exam, card.topic = topic.exam, topic
    with pytest.raises(DomainError, match=reason):
        save_card(card=card, author=None)
    assert not Card.objects.exists()


def test_a_draft_question_may_be_unfinished(topic: Topic) -> None:
    question = make_question(topic, "Which?", choices=(), status=Status.DRAFT)
    assert question.version == 1


def test_a_published_question_never_loses_its_key(topic: Topic) -> None:
    question = make_question(topic)
    wrong = [ChoiceText("a"), ChoiceText("b"), ChoiceText("c")]
    with pytest.raises(Unpublishable, match="exactly one choice must be right"):
        save_question(question=question, author=None, choices=wrong)
    assert question.choices.filter(is_correct=True).count() == 1
    assert question.versions.count() == 1


def test_a_questions_version_remembers_its_choices_and_key(topic: Topic) -> None:
    question = make_question(topic, "Which?")
    save_question(
        question=question,
        author=None,
        choices=[ChoiceText("Only", True, "so")] * 1 + [ChoiceText("Other"), ChoiceText("Third")],
    )
    newest, first = question.versions.all()
    assert [choice["text"] for choice in newest.content["choices"]] == ["Only", "Other", "Third"]
    assert [choice["text"] for choice in first.content["choices"]] == [
        "Right",
        "Wrong",
        "Also wrong",
    ]
    assert first.content["choices"][0]["is_correct"]


def test_choices_keep_the_order_they_were_given(topic: Topic) -> None:
    question = make_question(topic)
    texts = [choice.text for choice in Choice.objects.filter(question=question)]
    assert texts == ["Right", "Wrong", "Also wrong"]


@pytest.mark.parametrize(
    ("kind", "choices", "accepted", "reason"),
    [
        (QuestionKind.SINGLE, "Rw", [], "at least 3 choices"),
        (QuestionKind.SINGLE, "RRw", [], "exactly one"),
        (QuestionKind.SINGLE, "Rww", [], "two choices are the same"),
        (QuestionKind.MULTIPLE, "RRR", [], "at least one wrong"),
        (QuestionKind.MULTIPLE, "Rwx", [], "several choices must be right"),
        (QuestionKind.TRUE_FALSE, "R", [], "at least 2 choices"),
        (QuestionKind.TYPED, "", ["  "], "an answer that it accepts"),
        (QuestionKind.NUMERIC, "", [], "an answer that it accepts"),
        (QuestionKind.ORDER, "", ["first", "then"], "at least 3 steps"),
        (QuestionKind.ORDER, "", ["first", "then", "Then "], "all of them different"),
        (QuestionKind.MATCH, "RR", [], "at least 3 terms"),
        (QuestionKind.MATCH, "RRR", [], "at least 3 meanings"),
    ],
)
def test_a_question_that_cannot_be_scored_is_not_published(
    topic: Topic, kind: QuestionKind, choices: str, accepted: list[str], reason: str
) -> None:
    rows = [
        ChoiceText(mark if mark == "w" else f"{mark}{place}", mark == "R")
        for place, mark in enumerate(choices)
    ]
    with pytest.raises(Unpublishable, match=reason):
        make_question(topic, choices=rows, kind=kind, accepted=accepted)
    assert not Question.objects.exists()


def test_a_question_needs_a_stem_even_as_a_draft(topic: Topic) -> None:
    question = Question(exam=topic.exam, topic=topic, stem=" ")
    with pytest.raises(DomainError, match="The stem is empty"):
        save_question(question=question, author=None)
