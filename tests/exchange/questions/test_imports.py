"""A file of questions is looked at first, then brought in as drafts and new versions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind, Status
from apps.bank.services.items import ChoiceText, save_question
from apps.bank.services.workflow import retire
from apps.courses.models import Exam, Topic
from apps.exchange.models import QuestionImport
from apps.exchange.questions.export import export_questions
from apps.exchange.questions.runs import CHANGED_SINCE, run_question_import
from tests.factories import make_question

URL = "/api/v1/question-imports/"
ApiOf = Callable[[User | None], APIClient]
ClientOf = Callable[[User], Client]
GIFT = """// a stranger's file
$CATEGORY: $course$/top/Cells/Membranes

::Walls::What is the cell wall of plants made of? {
  =cellulose#It is a chain of glucose.
  ~chitin#That is what fungi have.
  ~keratin
  ####Plants build it themselves.
}

Name the pigment of leaves. {=chlorophyll =%50%green}

Write about leaves. {}
"""


def send(api: APIClient, text: str | bytes, name: str = "bank.gift", **wish: Any) -> dict[str, Any]:
    """Send a file and let the background work on it; what the API says of it then."""
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, data)
    sent = api.post(URL, {"exam": "bio", "file": file, **wish}, format="multipart")
    assert sent.status_code == 201, sent.json()
    return carried_on(api, sent.json())


def carried_on(api: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    run_question_import(run_id=run["id"], clock=now)
    told: dict[str, Any] = api.get(f"{URL}{run['id']}/").json()
    return told


def confirmed(api: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    queued = api.post(f"{URL}{run['id']}/apply/")
    assert queued.status_code == 200, queued.json()
    return carried_on(api, queued.json())


def rows_of(api: APIClient, run: dict[str, Any], fate: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.get(f"{URL}{run['id']}/rows/", {"fate": fate}).json()[
        "results"
    ]
    return rows


def test_a_strangers_file_is_shown_first_and_brought_in_on_a_second_word(
    api_of: ApiOf, exam: Exam, topic: Topic, bob: User
) -> None:
    api = api_of(bob)
    run = send(api, GIFT)
    assert (run["state"], run["form"], run["waits_for_a_word"]) == ("succeeded", "gift", True)
    assert run["counts"] == {"new": 2, "refused": 1}
    walls, pigment, essay = rows_of(api, run)
    assert walls["remarks"] == ["its title is not kept: Walls"]
    assert pigment["remarks"] == ["the answer “green” for 50 % is left out"]
    assert (essay["fate"], essay["line"]) == ("refused", 13)
    assert essay["reason"] == "it is answered by an essay, which cannot be marked here"
    assert not Question.objects.exists()

    done = confirmed(api, run)
    assert done["applied_at"] is not None
    question = Question.objects.get(stem__startswith="What is")
    assert (question.status, question.owner, question.version) == (Status.DRAFT, None, 1)
    assert question.topic.path.startswith(topic.path), "the category is a topic below Cells"
    assert [(c.text, c.is_correct, c.why) for c in question.choices.all()] == [
        ("cellulose", True, "It is a chain of glucose."),
        ("chitin", False, "That is what fungi have."),
        ("keratin", False, ""),
    ]
    assert question.versions.get().author == bob
    again = send(api, GIFT)
    assert again["counts"] == {"same": 2, "refused": 1}
    assert not again["waits_for_a_word"]
    assert api.post(f"{URL}{again['id']}/apply/").status_code == 409


def test_a_file_that_is_being_read_says_how_far_it_is(
    api_of: ApiOf, client_of: ClientOf, exam: Exam, alice: User
) -> None:
    file = SimpleUploadedFile("bank.gift", GIFT.encode())
    sent = api_of(alice).post(URL, {"exam": "bio", "file": file}, format="multipart")
    page = client_of(alice).get(f"/question-imports/{sent.json()['id']}/").text
    assert f'data-job="{URL}{sent.json()["id"]}/"' in page
    assert "Your file is being read" in page


def test_a_changed_question_becomes_a_new_version_and_stays_published(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic, "Which is right?")
    text = export_questions(exam=exam, form="gift").data.decode()
    api = api_of(alice)
    run = send(api, text.replace("Which is right", "Which of them is right"))
    (row,) = rows_of(api, run)
    assert (row["fate"], row["question"]) == ("changed", str(question.pk))
    assert row["before"]["stem"] == "Which is right?"
    assert row["after"]["stem"] == "Which of them is right?"
    confirmed(api, run)
    question.refresh_from_db()
    assert (question.stem, question.version) == ("Which of them is right?", 2)
    assert question.status == Status.PUBLISHED
    # The file that was written before the change says nothing new.
    old = send(api, text)
    assert old["counts"] == {"same": 1}
    (row,) = rows_of(api, old)
    assert row["remarks"] == ["the file has an earlier version of it; what is here stays"]


def test_what_would_unmake_a_published_question_is_refused(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    make_question(topic)
    text = export_questions(exam=exam, form="gift").data.decode()
    run = send(api_of(alice), text.replace("=Right", "~Right"))
    (row,) = rows_of(api_of(alice), run)
    assert row["fate"] == "refused"
    assert "it is published here" in row["reason"]
    assert "several choices must be right" in row["reason"]


def test_a_bank_that_changed_since_the_look_is_shown_anew(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic, "Which is right?")
    text = export_questions(exam=exam, form="xml").data.decode()
    api = api_of(alice)
    run = send(api, text.replace("Which is right", "Which is it"), "bank.xml")
    question.stem = "Which one, then?"
    save_question(question=question, author=alice)
    shown = confirmed(api, run)
    assert shown["applied_at"] is None
    assert (shown["notice"], shown["waits_for_a_word"]) == (CHANGED_SINCE, True)
    assert rows_of(api, shown)[0]["before"]["stem"] == "Which one, then?"
    question.refresh_from_db()
    assert question.stem == "Which one, then?"
    assert confirmed(api, shown)["applied_at"] is not None
    question.refresh_from_db()
    assert question.stem == "Which is it?"


def test_a_moved_question_moves_and_keeps_its_words(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic)
    text = export_questions(exam=exam, form="csv").data.decode().replace("Cells", "Organs")
    api = api_of(alice)
    run = send(api, text, "bank.csv")
    assert run["counts"] == {"changed": 1}
    confirmed(api, run)
    question.refresh_from_db()
    assert (question.topic.title, question.version) == ("Organs", 1)


def test_what_a_table_does_not_speak_of_stays(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic, "How many?", (), kind=QuestionKind.TYPED, accepted=["two"])
    table = f"id;kind;stem;accepted 1\r\n{question.pk};typed;How many are there?;two\r\n"
    api = api_of(alice)
    confirmed(api, send(api, table, "bank.csv"))
    question.refresh_from_db()
    assert (question.stem, question.version) == ("How many are there?", 2)
    assert question.explanation == "Because the notes say so."
    assert question.topic == topic


def test_questions_without_a_topic_go_where_the_author_says(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    api = api_of(alice)
    confirmed(api, send(api, "The sun is a star.{T}", topic=topic.pk))
    assert Question.objects.get().topic == topic
    confirmed(api, send(api, "The moon is a star.{F}"))
    assert Question.objects.get(stem__contains="moon").topic.title == "Imported questions"


def test_an_incomplete_question_is_a_draft_with_its_faults_named(
    api_of: ApiOf, exam: Exam, alice: User
) -> None:
    api = api_of(alice)
    run = send(api, "Which of these are leaves?{~%-100%a stem ~%-100%a root}")
    (row,) = rows_of(api, run)
    assert {"what": "not several right choices and a wrong one", "is_error": True} in row["faults"]
    confirmed(api, run)
    assert Question.objects.get().status == Status.DRAFT


def test_a_question_that_stands_twice_is_taken_once(api_of: ApiOf, exam: Exam, alice: User) -> None:
    run = send(api_of(alice), "A leaf is green.{T}\n\nA leaf is green.{T}\n")
    assert run["counts"] == {"new": 1, "refused": 1}
    (row,) = rows_of(api_of(alice), run, "refused")
    assert row["reason"] == "it stands in this file twice, first in line 1"


def test_retired_questions_stay_here_and_stay_retired(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic)
    text = export_questions(exam=exam, form="gift").data
    retire(item=question)
    assert export_questions(exam=exam, form="gift").count == 0
    run = send(api_of(alice), text)
    (row,) = rows_of(api_of(alice), run)
    assert row["remarks"] == ["it is retired here, and stays so"]


def test_a_question_of_another_exam_is_copied_not_taken(
    api_of: ApiOf, exam: Exam, open_exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic, "Which is right?")
    text = export_questions(exam=exam, form="gift").data.decode()
    open_exam.memberships.create(user=alice, role="editor")
    api = api_of(alice)
    confirmed(api, send(api, text, exam=open_exam.code))
    copy = Question.objects.get(exam=open_exam)
    assert copy.pk != question.pk
    assert send(api, text, exam=open_exam.code)["counts"] == {"same": 1}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xml", b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "Line 1: this file declares"),
        ("a.xml", b'<!DOCTYPE q SYSTEM "http://example.org/x.dtd"><quiz/>', "document type"),
        ("a.xml", b"<quiz>\n<question>\n</quiz>", "Line 3 is not well-formed XML"),
        ("a.xml", b"<html></html>", "this is no Moodle XML"),
        ("a.xml", b"<quiz>" + b"<a>" * 60 + b"</a>" * 60 + b"</quiz>", "nested too deeply"),
        ("a.gift", b"First{T}\n\nCaf\xe9{T}", "Line 3 is not UTF-8"),
        ("a.csv", b'kind,stem\nsingle,"open\n', "no row of a table"),
        ("a.csv", b"kind,stem,colour\n", "the column “colour” is not known"),
        ("a.zip", b"PK\x03\x04....", "QTI is only written here"),
        ("a.gift", b"// only a comment\n", "There are no questions in this file"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_is_not_kept(
    api_of: ApiOf, exam: Exam, alice: User, name: str, data: bytes, words: str
) -> None:
    run = send(api_of(alice), data, name)
    assert run["state"] == "failed"
    assert words in run["error"]
    kept = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert kept == []


def test_entities_that_would_grow_are_never_expanded(
    api_of: ApiOf, exam: Exam, alice: User
) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY l0 "ha">{laughs}]><quiz>&l11;</quiz>'
    run = send(api_of(alice), bomb, "bomb.xml")
    assert "declares a document type or entities" in run["error"]


def test_only_who_edits_the_exam_may_send_or_fetch(
    api_of: ApiOf, client_of: ClientOf, exam: Exam, topic: Topic, carol: User, mallory: User
) -> None:
    file = SimpleUploadedFile("bank.gift", GIFT.encode())
    refused = api_of(carol).post(URL, {"exam": "bio", "file": file}, format="multipart")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert not QuestionImport.objects.exists()
    make_question(topic)
    for person in (carol, mallory):
        assert api_of(person).get("/api/v1/question-files/bio/gift/").status_code == 404
        assert client_of(person).get("/exams/bio/questions/file/gift/").status_code == 404


def test_who_lost_the_exam_meanwhile_brings_nothing_in(
    api_of: ApiOf, exam: Exam, bob: User
) -> None:
    run = send(api_of(bob), GIFT)
    queued = api_of(bob).post(f"{URL}{run['id']}/apply/").json()
    bob.memberships.all().delete()
    run_question_import(run_id=queued["id"], clock=now)
    assert QuestionImport.objects.get().state == "failed"
    assert not Question.objects.exists()


def test_a_file_is_fetched_again_only_if_it_changed(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    question = make_question(topic)
    for form in ("gift", "xml", "aiken", "csv", "qti"):
        address = f"/api/v1/question-files/bio/{form}/"
        first = api_of(alice).get(address)
        assert first.status_code == 200
        assert "bio-questions" in first["Content-Disposition"]
        again = api_of(alice).get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert again.status_code == 304
    question.stem = "Something else, is it?"
    save_question(question=question, author=alice)
    assert api_of(alice).get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    assert api_of(alice).get("/api/v1/question-files/bio/word/").status_code == 400


def test_the_pages_do_not_ask_more_of_the_database_for_more_rows(
    api_of: ApiOf, client_of: ClientOf, exam: Exam, alice: User
) -> None:
    counts = []
    for number in (2, 15):
        text = "\n\n".join(f"Leaf {number}/{n} is green.{{T}}" for n in range(number))
        run = send(api_of(alice), text)
        with CaptureQueriesContext(connection) as queries:
            page = client_of(alice).get(f"/question-imports/{run['id']}/")
        assert page.content.decode().count("Doubt: ") >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_planning_does_not_ask_more_of_the_database_for_more_questions(
    api_of: ApiOf, exam: Exam, topic: Topic, alice: User
) -> None:
    counts = []
    for number in (2, 20):
        for n in range(number):
            choices = [ChoiceText(f"{letter}{n}", letter == "a") for letter in "abc"]
            make_question(topic, f"Which of {number}, number {n}?", choices)
        text = export_questions(exam=exam, form="gift").data
        file = SimpleUploadedFile("bank.gift", text)
        sent = api_of(alice).post(URL, {"exam": "bio", "file": file}, format="multipart").json()
        with CaptureQueriesContext(connection) as queries:
            run_question_import(run_id=sent["id"], clock=now)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_commands_say_who_is_missing(exam: Exam, alice: User, tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text(GIFT)
    with pytest.raises(CommandError, match="no exam nothing"):
        call_command("import_questions", str(path), exam="nothing", author=alice.email)
    with pytest.raises(CommandError, match="Nobody is signed up"):
        call_command("import_questions", str(path), exam="bio", author="who@example.org")
    with pytest.raises(CommandError, match="names no format"):
        call_command("export_questions", "bio", str(tmp_path / "bank.doc"))
    call_command("import_questions", str(path), exam="bio", author=alice.email, dry_run=True)
    assert not Question.objects.exists()
