"""Writing questions with their choices in the authoring pages."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind, Status
from apps.courses.models import Topic
from tests.bank.authors import count_queries, text_of
from tests.factories import make_question

LIST = reverse("admin:bank_question_changelist")
ADD = reverse("admin:bank_question_add")
CHOICES = (("Heart", True), ("Liver", False), ("Lung", False))


def form(
    topic: Topic,
    choices: tuple[tuple[str, bool], ...] = CHOICES,
    question: Question | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """What a browser sends of a question's form; known choices keep their keys."""
    known = list(question.choices.all()) if question else []
    sent = {
        "topic": topic.pk,
        "kind": QuestionKind.SINGLE,
        "stem": "Which organ pumps blood?",
        "accepted": "",
        "explanation": "",
        "position": 0,
        "choices-TOTAL_FORMS": len(choices),
        "choices-INITIAL_FORMS": len(known),
        "choices-MIN_NUM_FORMS": 0,
        "choices-MAX_NUM_FORMS": 1000,
    }
    for place, (text, is_right) in enumerate(choices):
        sent[f"choices-{place}-text"] = text
        sent[f"choices-{place}-why"] = f"Why {text}"
        sent[f"choices-{place}-position"] = place
        if is_right:
            sent[f"choices-{place}-is_correct"] = "on"
        if place < len(known):
            sent[f"choices-{place}-id"] = known[place].pk
            sent[f"choices-{place}-question"] = str(known[place].question_id)
    return sent | fields


def page_of(question: Question) -> str:
    return reverse("admin:bank_question_change", args=[question.pk])


def test_it_works(author: Client, topic: Topic, bob: User) -> None:
    assert author.post(ADD, form(topic)).status_code == 302
    question = Question.objects.get()
    assert (question.exam, question.owner, question.status) == (topic.exam, None, Status.DRAFT)
    assert [(c.text, c.is_correct) for c in question.choices.all()] == list(CHOICES)
    version = question.versions.get()
    assert (version.number, version.author) == (1, bob)
    assert version.content["choices"][1] == {
        "text": "Liver",
        "is_correct": False,
        "why": "Why Liver",
    }


def test_stem_and_choices_changed_together_are_one_version(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic))
    question = Question.objects.get()
    changed = (("Heart", True), ("Kidney", False), ("Lung", False), ("Skin", False))
    author.post(page_of(question), form(topic, changed, question, stem="Which of these pumps?"))
    newest, _ = question.versions.all()
    assert newest.content["stem"] == "Which of these pumps?"
    assert [c["text"] for c in newest.content["choices"]] == ["Heart", "Kidney", "Lung", "Skin"]
    assert question.choices.count() == 4


def test_a_choice_can_be_taken_out(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic, (*CHOICES, ("Skin", False))))
    question = Question.objects.get()
    sent = form(topic, (*CHOICES, ("Skin", False)), question)
    author.post(page_of(question), sent | {"choices-3-DELETE": "on"})
    assert [c.text for c in question.choices.all()] == ["Heart", "Liver", "Lung"]


def test_choices_stand_in_the_order_of_their_numbers(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic) | {"choices-0-position": 9})
    assert [c.text for c in Question.objects.get().choices.all()] == ["Liver", "Lung", "Heart"]


def test_a_choice_without_a_number_stands_last(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic) | {"choices-0-position": ""})
    assert [c.text for c in Question.objects.get().choices.all()] == ["Liver", "Lung", "Heart"]


def test_accepted_answers_are_written_one_on_each_line(author: Client, topic: Topic) -> None:
    typed = form(topic, (), kind=QuestionKind.TYPED, accepted="heart\r\nthe heart")
    author.post(ADD, typed)
    assert Question.objects.get().accepted == ["heart", "the heart"]


def test_an_unfinished_question_is_kept_as_a_draft_but_not_published(
    author: Client, topic: Topic
) -> None:
    no_key = (("Heart", False), ("Liver", False), ("Lung", False))
    page = text_of(author.post(ADD, form(topic, no_key, _publish="Save and publish")))
    assert "exactly one choice must be right" in page
    assert "Which organ pumps blood?" in page
    assert "Why Liver" in page
    assert not Question.objects.exists()
    author.post(ADD, form(topic, no_key))
    assert Question.objects.get().status == Status.DRAFT


def test_who_publishes_a_question_with_a_fault_is_told(author: Client, topic: Topic) -> None:
    filler = (*CHOICES, ("All of the above", False))
    page = text_of(author.post(ADD, form(topic, filler, _publish="Save and publish"), follow=True))
    assert "Published, though with a fault: a choice is filler" in page
    sound = form(topic, stem="Which one beats?", _publish="Save and publish")
    assert "with a fault" not in text_of(author.post(ADD, sound, follow=True))


def test_a_published_question_cannot_be_saved_without_its_key(author: Client, topic: Topic) -> None:
    author.post(ADD, form(topic, _publish="Save and publish"))
    question = Question.objects.get()
    spoilt = (("Heart", False), ("Liver", False), ("Lung", False))
    page = text_of(author.post(page_of(question), form(topic, spoilt, question)))
    assert "exactly one choice must be right" in page
    assert question.choices.get(is_correct=True).text == "Heart"
    assert question.versions.count() == 1


def test_the_list_finds_words_of_the_stem(author: Client, topic: Topic) -> None:
    make_question(topic, "Which organ pumps?")
    make_question(topic, "Which organ thinks?")
    page = text_of(author.get(LIST, {"q": "pumps"}))
    assert "Which organ pumps?" in page
    assert "Which organ thinks?" not in page


def test_a_longer_list_costs_no_more_queries(author: Client, topic: Topic) -> None:
    make_question(topic)
    few = count_queries(author, LIST)
    for _ in range(10):
        make_question(topic)
    assert count_queries(author, LIST) == few


def test_questions_are_published_one_by_one_and_refusals_are_named(
    author: Client, topic: Topic
) -> None:
    good = make_question(topic, "Good?", status=Status.DRAFT)
    bad = make_question(topic, "No key?", choices=(), status=Status.DRAFT)
    picked = {"action": "publish_items", "_selected_action": [str(good.pk), str(bad.pk)]}
    page = text_of(author.post(LIST, picked, follow=True))
    assert "1 now published." in page
    assert "“No key?”: This question cannot be published" in page


def test_a_form_shows_what_its_kind_uses(author: Client, topic: Topic) -> None:
    for page in (text_of(author.get(ADD)), text_of(author.get(page_of(make_question(topic))))):
        assert re.search(r'name="accepted"[^>]*data-kinds="typed numeric order"', page)
        assert re.search(r'name="choices-0-is_correct"[^>]*data-kinds="[^"]*true_false"', page)
        assert 'data-group-kinds="single multiple true_false match"' in page
        assert re.search(r'<script src="[^"]*kinds[^"]*js" type="module">', page)
