"""Deciding about drafts by program: accepting, discarding, changing, merging, and undoing it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, Question, Status
from apps.courses.models import Exam, Topic
from tests.factories import make_card, make_question, make_version

pytestmark = pytest.mark.django_db
ApiOf = Callable[[User | None], APIClient]


@pytest.fixture
def draft(topic: Topic, exam: Exam) -> Card:
    """A draft that says the same as a published card, from a note of its own."""
    version = make_version(exam, "ATP is made by mitochondria.")
    return make_card(topic, "What makes ATP?", "Mitochondria", status=Status.DRAFT, version=version)


@pytest.fixture
def published(topic: Topic, exam: Exam) -> Card:
    version = make_version(exam, "Mitochondria make ATP.")
    return make_card(topic, "What is ATP made by?", "Mitochondria", version=version)


@pytest.mark.parametrize("kind", ["cards", "questions"])
def test_a_decision_can_be_taken_and_taken_back(
    api_of: ApiOf, bob: User, topic: Topic, kind: str
) -> None:
    item = (
        make_card(topic, status=Status.DRAFT)
        if kind == "cards"
        else make_question(topic, status=Status.DRAFT)
    )
    api = api_of(bob)
    for step, status in [
        ("publish", "published"),
        ("reopen", "draft"),
        ("retire", "retired"),
        ("retire", "retired"),
        ("reopen", "draft"),
    ]:
        assert api.post(f"/api/v1/{kind}/{item.pk}/{step}/").json()["status"] == status


def test_a_question_is_changed_with_its_choices(api_of: ApiOf, bob: User, topic: Topic) -> None:
    question = make_question(topic, status=Status.DRAFT)
    choices = [
        {"text": text, "is_correct": text == "A", "why": f"Because of {text}"} for text in "ABC"
    ]
    wish = {"stem": "Which letter is first?", "choices": choices}
    answer = api_of(bob).patch(f"/api/v1/questions/{question.pk}/", wish)
    assert answer.status_code == 200
    assert answer.json()["choices"] == choices
    assert Question.objects.get().versions.count() == 2


def test_a_published_question_keeps_an_answer(api_of: ApiOf, bob: User, topic: Topic) -> None:
    question = make_question(topic)
    choices = [{"text": text, "is_correct": False, "why": ""} for text in "ABC"]
    answer = api_of(bob).patch(f"/api/v1/questions/{question.pk}/", {"choices": choices})
    assert answer.status_code == 400
    assert Question.objects.get().choices.filter(is_correct=True).exists()


def test_the_cards_most_like_a_draft_are_found(
    api_of: ApiOf, bob: User, topic: Topic, draft: Card, published: Card
) -> None:
    make_card(topic, "Where do planets come from?", "From dust")
    found = api_of(bob).get(f"/api/v1/cards/{draft.pk}/alike/").json()
    assert [card["id"] for card in found] == [str(published.pk)]


def test_a_merged_draft_leaves_its_source_to_the_other_card(
    api_of: ApiOf, bob: User, draft: Card, published: Card
) -> None:
    answer = api_of(bob).post(f"/api/v1/cards/{draft.pk}/merge/", {"into": published.pk})
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.status == Status.RETIRED
    quotes = {passage.quote for passage in published.passages.all()}
    assert quotes == {"Mitochondria make ATP.", "ATP is made by mitochondria."}


def test_a_merge_can_be_undone_exactly(
    api_of: ApiOf, bob: User, draft: Card, published: Card
) -> None:
    merged = api_of(bob).post(f"/api/v1/cards/{draft.pk}/merge/", {"into": published.pk}).json()
    answer = api_of(bob).post(f"/api/v1/cards/{draft.pk}/separate/", merged)
    assert answer.json()["status"] == "draft"
    assert [passage.quote for passage in published.passages.all()] == ["Mitochondria make ATP."]


def test_only_drafts_are_merged_and_never_into_somebody_elses(
    api_of: ApiOf, bob: User, carol: User, topic: Topic, draft: Card, published: Card
) -> None:
    api = api_of(bob)
    assert api.post(f"/api/v1/cards/{published.pk}/merge/", {"into": draft.pk}).status_code == 409
    assert api.post(f"/api/v1/cards/{draft.pk}/merge/", {"into": draft.pk}).status_code == 400
    own = make_card(topic, owner=carol)
    assert api.post(f"/api/v1/cards/{draft.pk}/merge/", {"into": own.pk}).status_code == 400
    assert api.post(f"/api/v1/cards/{draft.pk}/merge/", {"into": uuid4()}).status_code == 400
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
