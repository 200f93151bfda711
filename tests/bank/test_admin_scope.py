"""An instructor works on exams they edit, and meets no trace of others anywhere."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.bank.models import Card, Question
from apps.courses.models import Exam, Role, Topic
from apps.ingest.models import IngestRun
from apps.notes.models import Note
from apps.quizzes.models import Blueprint, QuizKind
from tests.bank.authors import author_client, change_role, foreign_exam, text_of
from tests.factories import make_card, make_question, make_user, make_version
from tests.pictures import no_images

MARK = "secret"


@dataclass
class Foreign:
    """A row of everything, in an exam nobody of the cast works on. All are named "secret"."""

    exam: Exam
    topic: Topic
    card: Card
    question: Question
    note: Note
    run: IngestRun
    blueprint: Blueprint


@pytest.fixture
def foreign(db: None) -> Foreign:
    exam, topic = foreign_exam(MARK)
    version = make_version(exam, "secret line", name="secret.txt")
    return Foreign(
        exam=exam,
        topic=topic,
        card=make_card(topic, "A secret front?", "A secret back", version=version),
        question=make_question(topic, "A secret stem?"),
        note=version.note,
        run=IngestRun.objects.create(version=version),
        blueprint=Blueprint.objects.create(
            exam=exam, name="secret quiz", kind=QuizKind.MOCK, question_count=5
        ),
    )


ROWS = {
    "exam": "courses_exam",
    "topic": "courses_topic",
    "card": "bank_card",
    "question": "bank_question",
    "note": "notes_note",
    "run": "ingest_ingestrun",
    "blueprint": "quizzes_blueprint",
}


@pytest.mark.parametrize("name", ROWS.values())
def test_lists_and_their_filters_show_no_other_exam(
    author: Client, topic: Topic, foreign: Foreign, name: str
) -> None:
    make_card(topic)
    answer = author.get(reverse(f"admin:{name}_changelist"))
    assert answer.status_code == 200
    assert MARK not in text_of(answer).lower()


@pytest.mark.parametrize(
    "name", ["courses_topic", "bank_card", "bank_question", "quizzes_blueprint"]
)
def test_forms_offer_no_other_exam(
    author: Client, topic: Topic, foreign: Foreign, name: str
) -> None:
    page = text_of(author.get(reverse(f"admin:{name}_add")))
    assert MARK not in page.lower()
    assert "Biology" in page


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_no_address_leads_to_a_row_of_another_exam(
    author: Client, foreign: Foreign, row: str, page: str
) -> None:
    pk = getattr(foreign, row).pk
    answer = author.get(reverse(f"admin:{ROWS[row]}_{page}", args=[pk]), follow=True)
    assert answer.redirect_chain or answer.status_code in {403, 404}
    assert "A secret" not in text_of(answer)
    assert "secret.txt" not in text_of(answer)


@pytest.mark.parametrize("row", ["card", "question"])
def test_preview_and_restore_of_another_exams_item_do_not_exist(
    author: Client, foreign: Foreign, row: str
) -> None:
    pk = getattr(foreign, row).pk
    assert author.get(reverse(f"admin:bank_{row}_preview", args=[pk])).status_code == 404
    assert author.post(reverse(f"admin:bank_{row}_restore", args=[pk, 1])).status_code == 404


def test_another_exams_card_cannot_be_changed_by_sending_its_form(
    author: Client, topic: Topic, foreign: Foreign
) -> None:
    form = {"topic": topic.pk, "kind": "basic", "front": "Mine now", "back": "x", "position": 0}
    answer = author.post(reverse("admin:bank_card_change", args=[foreign.card.pk]), form)
    assert answer.status_code == 302
    foreign.card.refresh_from_db()
    assert foreign.card.front == "A secret front?"


def test_a_card_cannot_be_written_into_another_exam(
    author: Client, topic: Topic, foreign: Foreign
) -> None:
    form = {"kind": "basic", "front": "Mine", "back": "x", "position": 0, "items": ""}
    form |= no_images()
    page = author.post(reverse("admin:bank_card_add"), form | {"topic": foreign.topic.pk})
    assert page.status_code == 200
    own = make_card(topic)
    author.post(
        reverse("admin:bank_card_change", args=[own.pk]), form | {"topic": foreign.topic.pk}
    )
    assert not Card.objects.filter(topic=foreign.topic).exclude(pk=foreign.card.pk).exists()


def test_an_action_cannot_reach_another_exams_card(author: Client, foreign: Foreign) -> None:
    picked = {"action": "retire_items", "_selected_action": [str(foreign.card.pk)]}
    author.post(reverse("admin:bank_card_changelist"), picked)
    foreign.card.refresh_from_db()
    assert foreign.card.status == "published"


@pytest.mark.parametrize(
    "source",
    [
        {"app_label": "bank", "model_name": "card", "field_name": "topic"},
        {"app_label": "bank", "model_name": "card", "field_name": "exam"},
        {"app_label": "bank", "model_name": "card", "field_name": "note"},
        {"app_label": "bank", "model_name": "cardversion", "field_name": "card"},
        {"app_label": "quizzes", "model_name": "attemptitem", "field_name": "question"},
    ],
)
def test_completion_in_the_browser_finds_nothing_of_other_exams(
    author: Client, topic: Topic, foreign: Foreign, source: dict[str, str]
) -> None:
    answer = author.get(reverse("admin:autocomplete"), source)
    assert answer.status_code in {200, 403}
    assert MARK not in text_of(answer).lower()


def test_completion_in_the_browser_tells_an_instructor_nothing_of_people(
    author: Client, mallory: User
) -> None:
    source = {"app_label": "courses", "model_name": "membership", "field_name": "user"}
    assert author.get(reverse("admin:autocomplete"), source).status_code == 403


def test_learners_own_cards_are_theirs_alone(
    author: Client, topic: Topic, carol: User, admin_client: Client
) -> None:
    own = make_card(topic, "A private thought?", owner=carol)
    for somebody in (author, admin_client):
        page = text_of(somebody.get(reverse("admin:bank_card_changelist")))
        assert "A private thought?" not in page
        assert somebody.get(reverse("admin:bank_card_preview", args=[own.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ASSISTANT, Role.LEARNER])
def test_only_owners_and_editors_author(
    author: Client, topic: Topic, bob: User, role: Role
) -> None:
    card = make_card(topic, "A front?")
    change_role(bob, topic.exam, role)
    assert "A front?" not in text_of(author.get(reverse("admin:bank_card_changelist")))
    assert author.get(reverse("admin:bank_card_change", args=[card.pk])).status_code == 302


def test_an_administrator_works_on_every_exam(
    admin_client: Client, topic: Topic, foreign: Foreign
) -> None:
    make_card(topic, "A front?")
    page = text_of(admin_client.get(reverse("admin:bank_card_changelist")))
    assert "A front?" in page
    assert "A secret front?" in page


@pytest.mark.parametrize("name", ["bank_card", "courses_exam", "notes_note"])
def test_staff_who_are_no_instructors_author_nothing(
    bob: User, topic: Topic, client_of: Any, name: str
) -> None:
    make_card(topic)
    assert client_of(bob).get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_an_instructor_without_an_exam_finds_empty_lists(db: None, topic: Topic) -> None:
    make_card(topic, "A front?")
    newcomer = author_client(make_user("newcomer"))
    page = newcomer.get(reverse("admin:bank_card_changelist"))
    assert page.status_code == 200
    assert "A front?" not in text_of(page)
