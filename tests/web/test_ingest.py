"""Giving a note, watching it being read, and looking over what came of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card, Dispute, Question, Status
from apps.courses.models import Exam, Topic
from apps.courses.services import create_exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from apps.notes.models import Note, NoteVersion
from apps.notes.services import cite
from tests.factories import NOW, make_card, make_question
from tests.web.conftest import TEXT, SignIn

pytestmark = pytest.mark.django_db

COUNTS = {
    "topics": 1,
    "cards": {"create": 1, "update": 0, "keep": 0, "orphan": 0, "conflict": 0},
    "questions": {"create": 1, "update": 0, "keep": 0, "orphan": 0, "conflict": 0},
    "drafts": 2,
    "lines": {"topic": 0, "label": 0, "item": 2, "skipped": 1},
}


def a_file(data: bytes, name: str = "notes.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def finished(version: NoteVersion, **fields: Any) -> IngestRun:
    over = {"state": "succeeded", "stage": "store", "progress": 1, "applied_at": NOW}
    fields = over | {"counts": COUNTS} | fields
    return IngestRun.objects.create(version=version, **fields)


def test_a_pasted_text_is_taken_in_and_read(client_of: SignIn, carol: User, exam: Exam) -> None:
    answer = client_of(carol).post("/exams/bio/notes/add/", {"text": TEXT, "name": "Cells"})
    run = IngestRun.objects.get()
    assert answer.headers["Location"] == reverse("run", args=[run.pk])
    assert run.version.note.name == "Cells"
    assert run.version.note.owner == carol


def test_a_paste_without_a_name_is_called_by_its_first_line(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    client_of(carol).post("/exams/bio/notes/add/", {"text": "\n# The cell\n\nIt lives."})
    assert Note.objects.get().name == "The cell"


def test_a_file_keeps_its_name(client_of: SignIn, carol: User, exam: Exam) -> None:
    client_of(carol).post("/exams/bio/notes/add/", {"file": a_file(TEXT.encode(), "week 1.md")})
    assert Note.objects.get().name == "week 1.md"


def test_a_note_can_be_filed_under_a_topic(
    client_of: SignIn, carol: User, exam: Exam, topic: Topic
) -> None:
    client_of(carol).post("/exams/bio/notes/add/", {"text": TEXT, "topic": topic.pk})
    assert Note.objects.get().topic == topic


@pytest.mark.parametrize(("audience", "is_mine"), [("everybody", False), ("me", True)])
def test_an_editor_says_whose_the_cards_will_be(
    client_of: SignIn, bob: User, exam: Exam, audience: str, is_mine: bool
) -> None:
    client_of(bob).post("/exams/bio/notes/add/", {"text": TEXT, "audience": audience})
    assert (Note.objects.get().owner == bob) is is_mine


def test_a_learner_cannot_give_a_note_to_everybody(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    browser = client_of(carol)
    assert "For everybody" not in browser.get("/exams/bio/notes/add/").text
    browser.post("/exams/bio/notes/add/", {"text": TEXT, "audience": "everybody"})
    assert Note.objects.get().owner == carol


def test_nothing_given_says_what_to_do(client_of: SignIn, carol: User, exam: Exam) -> None:
    page = client_of(carol).post("/exams/bio/notes/add/", {"text": "  "}).text
    assert "Paste a text here, or choose a file below." in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n", "copy its text into a .txt or .md file"),
        (b"%PDF-1.7 ...", "print it to a new PDF"),
        (b"", "empty"),
        (b"x" * (11 * 1024 * 1024), "Up to 10 MB are read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_the_paste_kept(
    client_of: SignIn, carol: User, exam: Exam, data: bytes, words: str
) -> None:
    answer = client_of(carol).post(
        "/exams/bio/notes/add/", {"name": "Kept name", "file": a_file(data)}
    )
    assert answer.status_code == 200
    assert words in answer.text
    assert "Kept name" in answer.text
    assert not Note.objects.exists()


def test_a_text_and_a_file_at_once_lose_neither(client_of: SignIn, carol: User, exam: Exam) -> None:
    both = {"text": "Typed with care.", "file": a_file(TEXT.encode())}
    page = client_of(carol).post("/exams/bio/notes/add/", both).text
    assert "Give either a text or a file" in page
    assert "Typed with care." in page


def test_an_unreadable_paste_is_kept_in_the_page(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    text = "<!doctype html><html><script>paint('Copied from a page')</script></html>"
    page = client_of(carol).post("/exams/bio/notes/add/", {"text": text}).text
    assert "Copied from a page" in page
    assert "This page has no text of its own" in page
    assert "<script>paint" not in page


def test_a_pasted_page_is_read_as_a_page_and_runs_nothing(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    text = (
        "<h1 onclick='alert(1)'>Cells</h1><script>alert(2)</script>"
        "<p>Ribosomes build &lt;script&gt;alert(3)&lt;/script&gt; proteins.</p>"
    )
    browser = client_of(carol)
    browser.post("/exams/bio/notes/add/", {"text": text})
    version = NoteVersion.objects.get()
    assert (version.kind, version.lines[0]) == ("html", "# Cells")
    page = browser.get(f"/notes/{version.note_id}/").text
    assert "Ribosomes build" in page
    assert "&lt;script&gt;alert(3)" in page
    assert "<script>alert" not in page


def test_strangers_cannot_add_notes(client_of: SignIn, mallory: User, exam: Exam) -> None:
    browser = client_of(mallory)
    assert browser.get("/exams/bio/notes/add/").status_code == 404
    assert browser.post("/exams/bio/notes/add/", {"text": TEXT}).status_code == 404


def test_a_reading_shows_its_stage_while_it_runs(
    client_of: SignIn, bob: User, version: NoteVersion
) -> None:
    run = IngestRun.objects.create(version=version, state="running", stage="items", progress=0.5)
    page = client_of(bob).get(f"/runs/{run.pk}/").text
    assert '<li data-stage="items" aria-current="step">Writing cards and questions</li>' in page
    assert f"/api/v1/ingest-runs/{run.pk}/" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_reading_done_end_to_end_offers_its_cards(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    browser = client_of(carol)
    browser.post("/exams/bio/notes/add/", {"text": TEXT})
    run = IngestRun.objects.get()
    run_ingest(run_id=run.pk, clock=lambda: datetime.now(UTC))
    page = browser.get(f"/runs/{run.pk}/").text
    assert "What became of the lines" in page
    assert reverse("note", args=[run.version.note_id]) in page


def test_a_finished_reading_shows_the_cards_with_their_lines(
    client_of: SignIn, bob: User, version: NoteVersion, card: Card
) -> None:
    page = client_of(bob).get(f"/runs/{finished(version).pk}/").text
    assert "What builds proteins?" in page
    assert "Ribosomes build proteins." in page
    assert f"/notes/{version.note_id}/?line=3" in page
    assert f"/exams/bio/study/?note={version.note_id}" in page
    assert "1 caption" in page


def test_a_failed_reading_says_why_and_can_be_tried_again(
    client_of: SignIn, bob: User, version: NoteVersion
) -> None:
    run = finished(version, state="failed", error="The disk was full.")
    browser = client_of(bob)
    assert "The disk was full." in browser.get(f"/runs/{run.pk}/").text
    assert browser.post(f"/runs/{run.pk}/retry/").status_code == 302
    run.refresh_from_db()
    assert run.state == IngestRun.State.QUEUED


def test_an_unsure_card_can_be_kept(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    run = finished(version)
    draft = make_card(topic, status=Status.DRAFT, version=version)
    browser = client_of(bob)
    assert "Need a look" in browser.get(f"/runs/{run.pk}/").text
    answer = browser.post(f"/cards/{draft.pk}/keep/")
    assert answer.headers["Location"] == f"/runs/{run.pk}/#drafts"
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED


def test_an_unsure_question_can_be_discarded(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    question = make_question(topic, status=Status.DRAFT)
    question.note = version.note
    question.save()
    finished(version)
    client_of(bob).post(f"/questions/{question.pk}/discard/")
    question.refresh_from_db()
    assert question.status == Status.RETIRED


def test_a_question_that_cannot_be_asked_says_what_is_missing(
    client_of: SignIn, bob: User, topic: Topic
) -> None:
    broken = make_question(topic, choices=(), status=Status.DRAFT)
    page = client_of(bob).post(f"/questions/{broken.pk}/keep/", follow=True).text
    assert "exactly one choice must be right" in page


def some_drafts(topic: Topic, version: NoteVersion) -> list[Card]:
    return [make_card(topic, version=version, line=line, status=Status.DRAFT) for line in (1, 3)]


def status_of(*items: Card | Question) -> list[str]:
    for item in items:
        item.refresh_from_db()
    return [item.status for item in items]


def test_all_unsure_ones_are_kept_at_once_after_a_word(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    run, drafts = finished(version), some_drafts(topic, version)
    browser = client_of(bob)
    assert "Yes, keep 2" in browser.get(f"/runs/{run.pk}/").text
    page = browser.post(f"/runs/{run.pk}/keep/", follow=True).text
    assert "2 kept" in page
    assert "Need a look" not in page
    assert status_of(*drafts) == [Status.PUBLISHED, Status.PUBLISHED]


def test_all_unsure_ones_are_discarded_at_once_after_a_word(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion, card: Card
) -> None:
    run, drafts = finished(version), some_drafts(topic, version)
    browser = client_of(bob)
    assert "Yes, discard 2" in browser.get(f"/runs/{run.pk}/").text
    assert "2 discarded" in browser.post(f"/runs/{run.pk}/discard/", follow=True).text
    assert status_of(*drafts, card) == [Status.RETIRED, Status.RETIRED, Status.PUBLISHED]


def test_keeping_all_leaves_what_another_line_contradicts(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    run, drafts = finished(version), some_drafts(topic, version)
    one, other = cite(version=version, spans=[(1, 1), (2, 2)])
    Dispute.objects.create(exam=version.note.exam, one=one, other=other)
    browser = client_of(bob)
    page = browser.get(f"/runs/{run.pk}/").text
    assert "1 of them rests on a line that another one contradicts" in " ".join(page.split())
    browser.post(f"/runs/{run.pk}/keep/")
    assert status_of(*drafts) == [Status.DRAFT, Status.PUBLISHED]


def test_keeping_all_leaves_what_cannot_be_asked_and_says_so(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    run, (card, _) = finished(version), some_drafts(topic, version)
    broken = make_question(topic, choices=(), status=Status.DRAFT)
    broken.note = version.note
    broken.save()
    page = client_of(bob).post(f"/runs/{run.pk}/keep/", follow=True).text
    assert "1 cannot be asked yet" in page
    assert status_of(card, broken) == [Status.PUBLISHED, Status.DRAFT]


def test_more_drafts_than_fit_the_page_are_counted_and_kept(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    run = finished(version)
    for _ in range(53):
        make_card(topic, version=version, status=Status.DRAFT)
    browser = client_of(bob)
    assert "The first 50 of 53" in browser.get(f"/runs/{run.pk}/").text
    browser.post(f"/runs/{run.pk}/keep/")
    assert not Card.objects.filter(status=Status.DRAFT).exists()


@pytest.mark.parametrize("step", ["keep", "discard", "more"])
def test_learners_decide_nothing_about_a_reading_of_the_course(
    client_of: SignIn, carol: User, topic: Topic, version: NoteVersion, step: str
) -> None:
    run, drafts = finished(version), some_drafts(topic, version)
    assert client_of(carol).post(f"/runs/{run.pk}/{step}/").status_code == 404
    assert status_of(*drafts) == [Status.DRAFT, Status.DRAFT]
    assert IngestRun.objects.count() == 1


def test_a_line_left_out_by_the_budget_is_told_so(
    client_of: SignIn, bob: User, version: NoteVersion
) -> None:
    version.fates = [{"line": 4, "fate": "skipped", "reason": "over the budget"}]
    version.save()
    assert (
        "left out: more than was asked for" in client_of(bob).get(f"/notes/{version.note_id}/").text
    )


@pytest.mark.parametrize("step", ["keep", "discard"])
def test_learners_do_not_decide_about_the_courses_drafts(
    client_of: SignIn, carol: User, topic: Topic, step: str
) -> None:
    draft = make_card(topic, status=Status.DRAFT)
    assert client_of(carol).post(f"/cards/{draft.pk}/{step}/").status_code == 404
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_reading_is_hidden_from_strangers(
    client_of: SignIn, mallory: User, carol: User, version: NoteVersion
) -> None:
    run = finished(version)
    for person in (mallory, carol):
        assert client_of(person).get(f"/runs/{run.pk}/").status_code == 404
        assert client_of(person).post(f"/runs/{run.pk}/retry/").status_code == 404


def test_more_cards_do_not_make_more_queries(
    client_of: SignIn,
    bob: User,
    topic: Topic,
    version: NoteVersion,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    run = finished(version)
    for _ in range(12):
        make_card(topic, version=version)
        make_card(topic, version=version, status=Status.DRAFT)
    browser = client_of(bob)
    with django_assert_max_num_queries(20):
        browser.get(f"/runs/{run.pk}/")


def test_what_is_for_everybody_waits_for_an_editors_look(
    client_of: SignIn, bob: User, exam: Exam
) -> None:
    note = {"text": TEXT, "name": "Cells", "audience": "everybody"}
    client_of(bob).post("/exams/bio/notes/add/", note)
    run = IngestRun.objects.get()
    assert (run.publish, run.version.note.owner) == (False, None)


def test_nobody_is_asked_who_a_note_is_for_in_an_exam_of_their_own(
    client_of: SignIn, dave: User
) -> None:
    create_exam(owner=dave, code="mine", title="Mine")
    browser = client_of(dave)
    assert "Whose cards" not in browser.get("/exams/mine/notes/add/").text
    browser.post("/exams/mine/notes/add/", {"text": TEXT, "name": "Cells"})
    run = IngestRun.objects.get()
    assert (run.publish, run.version.note.owner) == (True, None)
