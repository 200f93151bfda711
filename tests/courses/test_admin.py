"""Authoring exams: rules, domains, topics, and who works on them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.courses.models import Exam, Membership, Role, Topic
from tests.bank.authors import author_client, count_queries, text_of
from tests.factories import make_topic, make_user

RULES = {
    "title": "Biology, renewed",
    "description": "",
    "question_count": 40,
    "minutes": 50,
    "pass_mark": 60,
    "visibility": "private",
    "licence": "",
}


@pytest.fixture
def owner(alice: User, exam: Exam) -> Client:
    return author_client(alice)


@pytest.fixture
def editor(bob: User, exam: Exam) -> Client:
    return author_client(bob)


def page_of(row: Exam | Topic) -> str:
    return reverse(f"admin:courses_{row._meta.model_name}_change", args=[row.pk])


def rows(prefix: str, stored: list[Any], written: list[dict[str, Any]]) -> dict[str, Any]:
    """What a browser sends of a table in a form: the stored rows first, then new ones."""
    sent: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(written),
        f"{prefix}-INITIAL_FORMS": len(stored),
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for place, row in enumerate(written):
        sent |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
        if place < len(stored):
            sent[f"{prefix}-{place}-id"] = stored[place].pk
            sent[f"{prefix}-{place}-exam"] = stored[place].exam_id
    return sent


def form(
    exam: Exam,
    domains: list[dict[str, Any]] | None = None,
    people: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The whole form of an exam; what is not given stays as it is."""
    topics = list(Topic.objects.filter(exam=exam, parent=None, owner=None))
    members = list(Membership.objects.filter(exam=exam).exclude(role=Role.LEARNER).order_by("pk"))
    same_topics = [{"title": topic.title, "weight": topic.weight or ""} for topic in topics]
    same_people = [{"role": member.role} for member in members]
    return (
        RULES
        | rows("topics", topics, same_topics if domains is None else domains)
        | rows("memberships", members, same_people if people is None else people)
    )


def test_whoever_makes_an_exam_in_the_authoring_pages_owns_it(db: None) -> None:
    newcomer = make_user("newcomer")
    client = author_client(newcomer)
    client.post(reverse("admin:courses_exam_add"), RULES | {"code": "new"})
    exam = Exam.objects.get(code="new")
    assert exam.question_count == 40
    assert Membership.objects.get(exam=exam).user == newcomer
    assert Membership.objects.get(exam=exam).role == Role.OWNER
    assert client.get(page_of(exam)).status_code == 200


def test_a_code_that_is_taken_is_said_so(editor: Client, exam: Exam) -> None:
    page = editor.post(reverse("admin:courses_exam_add"), RULES | {"code": exam.code})
    assert "already exists" in text_of(page)
    assert "Biology, renewed" in text_of(page)


def test_an_editor_changes_rules_and_domains(editor: Client, exam: Exam, topic: Topic) -> None:
    domains: list[dict[str, Any]] = [
        {"title": "Cells and tissue", "weight": 60},
        {"title": "Heredity", "weight": 40},
    ]
    answer = editor.post(page_of(exam), form(exam, domains), follow=True)
    assert "add up" not in text_of(answer)
    exam.refresh_from_db()
    topic.refresh_from_db()
    assert (exam.minutes, exam.code) == (50, "bio")
    assert (topic.title, topic.weight) == ("Cells and tissue", 60)
    new = Topic.objects.get(title="Heredity")
    assert (new.weight, new.path, new.owner) == (40, f"/{new.pk}/", None)


def test_shares_that_make_no_whole_are_kept_and_pointed_out(
    editor: Client, exam: Exam, topic: Topic
) -> None:
    answer = editor.post(page_of(exam), form(exam, [{"title": "Cells", "weight": 70}]), follow=True)
    assert "add up to 70 per cent" in text_of(answer)
    topic.refresh_from_db()
    assert topic.weight == 70


def test_two_domains_of_one_title_are_refused(editor: Client, exam: Exam, topic: Topic) -> None:
    twice: list[dict[str, Any]] = [
        {"title": "Cells", "weight": 50},
        {"title": "CELLS", "weight": 50},
    ]
    page = text_of(editor.post(page_of(exam), form(exam, twice)))
    assert "Two domains have the same title." in page
    assert Topic.objects.count() == 1


def test_an_owner_brings_somebody_in_by_their_address(
    owner: Client, exam: Exam, dave: User
) -> None:
    people = [
        {"role": "owner"},
        {"role": "editor"},
        {"email": "Dave@example.org", "role": "editor"},
    ]
    owner.post(page_of(exam), form(exam, people=people))
    assert exam in Exam.objects.editable_by(dave)


def test_an_owner_makes_a_learner_an_editor(owner: Client, exam: Exam, carol: User) -> None:
    people = [{"role": "owner"}, {"role": "editor"}, {"email": carol.email, "role": "editor"}]
    owner.post(page_of(exam), form(exam, people=people))
    assert Membership.objects.get(exam=exam, user=carol).role == Role.EDITOR


def test_an_editor_named_by_the_owner_may_author_at_once(
    owner: Client, exam: Exam, carol: User
) -> None:
    people = [{"role": "owner"}, {"role": "editor"}, {"email": carol.email, "role": "editor"}]
    owner.post(page_of(exam), form(exam, people=people))
    browser = Client()
    browser.force_login(User.objects.get(pk=carol.pk))
    assert browser.get("/admin/bank/card/").status_code == 200


def test_an_address_nobody_signed_up_with_is_said_so(owner: Client, exam: Exam) -> None:
    people = [{"role": "owner"}, {"role": "editor"}, {"email": "no@example.org", "role": "editor"}]
    page = text_of(owner.post(page_of(exam), form(exam, people=people)))
    assert "Nobody has signed up with this address yet." in page
    assert "no@example.org" in page


def test_somebody_named_twice_is_said_so(owner: Client, exam: Exam, bob: User) -> None:
    people = [{"role": "owner"}, {"role": "editor"}, {"email": bob.email, "role": "reviewer"}]
    page = text_of(owner.post(page_of(exam), form(exam, people=people)))
    assert "Somebody is named twice" in page


def test_an_exam_never_loses_its_last_owner(owner: Client, exam: Exam, alice: User) -> None:
    page = text_of(
        owner.post(page_of(exam), form(exam, people=[{"role": "editor"}, {"role": "editor"}]))
    )
    assert "An exam keeps at least one owner." in page
    assert Membership.objects.get(exam=exam, user=alice).role == Role.OWNER


def test_an_owner_takes_an_editor_out(owner: Client, exam: Exam, bob: User) -> None:
    people = [{"role": "owner"}, {"role": "editor", "DELETE": "on"}]
    owner.post(page_of(exam), form(exam, people=people))
    assert exam not in Exam.objects.editable_by(bob)


def test_an_editor_cannot_make_themselves_owner(editor: Client, exam: Exam, bob: User) -> None:
    assert "memberships-" not in text_of(editor.get(page_of(exam)))
    editor.post(page_of(exam), form(exam, people=[{"role": "editor"}, {"role": "owner"}]))
    assert Membership.objects.get(exam=exam, user=bob).role == Role.EDITOR


def test_learners_are_not_listed_among_those_at_work(owner: Client, exam: Exam) -> None:
    page = text_of(owner.get(page_of(exam)))
    assert "bob@example.org" in page
    assert "carol@example.org" not in page


def test_a_topic_is_added_below_another(editor: Client, exam: Exam, topic: Topic) -> None:
    sent = {"exam": exam.pk, "parent": topic.pk, "title": "Membrane", "weight": ""}
    editor.post(reverse("admin:courses_topic_add"), sent)
    assert Topic.objects.get(title="Membrane").path.startswith(topic.path)


def test_a_topic_moves_with_all_below_it(editor: Client, exam: Exam, topic: Topic) -> None:
    moved = make_topic(exam, "Moved")
    leaf = make_topic(exam, "Leaf", parent=moved)
    sent = {"parent": topic.pk, "title": "Moved here", "weight": "", "position": 3}
    editor.post(page_of(moved), sent)
    moved.refresh_from_db()
    leaf.refresh_from_db()
    assert (moved.title, moved.parent, moved.position) == ("Moved here", topic, 3)
    assert leaf.path == f"{topic.path}{moved.pk}/{leaf.pk}/"


def test_what_a_topic_cannot_do_is_said_and_nothing_typed_is_lost(
    editor: Client, exam: Exam, topic: Topic
) -> None:
    below = make_topic(exam, "Below", parent=topic)
    sent = {"parent": below.pk, "title": "Typed title", "weight": "", "position": 0}
    page = text_of(editor.post(page_of(topic), sent))
    assert "A topic cannot move below itself." in page
    assert "Typed title" in page
    topic.refresh_from_db()
    assert (topic.title, topic.parent) == ("Cells", None)


def test_a_title_that_is_there_already_is_said_so(editor: Client, exam: Exam, topic: Topic) -> None:
    sent = {"exam": exam.pk, "parent": "", "title": "cells", "weight": ""}
    page = text_of(editor.post(reverse("admin:courses_topic_add"), sent))
    assert "There is a topic of this title in this place already." in page


def test_only_a_domain_has_a_share(editor: Client, exam: Exam, topic: Topic) -> None:
    sent = {"exam": exam.pk, "parent": topic.pk, "title": "Membrane", "weight": 10}
    page = text_of(editor.post(reverse("admin:courses_topic_add"), sent))
    assert "Only a domain" in page


def test_a_longer_list_of_topics_costs_no_more_queries(
    editor: Client, exam: Exam, topic: Topic
) -> None:
    address = reverse("admin:courses_topic_changelist")
    make_topic(exam, parent=topic)
    few = count_queries(editor, address)
    for _ in range(10):
        make_topic(exam, parent=topic)
    assert count_queries(editor, address) == few
