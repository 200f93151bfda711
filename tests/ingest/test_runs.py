"""A note becomes cards once, follows its newest version, and never loses a review."""

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.bank.models import Card, Question, Status
from apps.bank.services.items import save_card
from apps.common import jobs
from apps.common.errors import NotAllowed
from apps.common.models import JobState
from apps.courses.models import Exam, Topic
from apps.ingest.models import IngestRun
from apps.ingest.services.reading import UnreadableNote
from apps.ingest.services.runs import run_ingest
from apps.ingest.services.submit import submit_note
from apps.notes.models import Note, NoteVersion
from tests.factories import NOW
from tests.ingest.notes import CELLS


def take_in(exam: Exam, text: str, *, owner: User | None = None, **wish: Any) -> IngestRun:
    run = submit_note(
        exam=exam, name="cells.md", data=text.encode(), started_by=owner, owner=owner, **wish
    )
    assert run_ingest(run_id=run.pk, clock=lambda: NOW)
    return IngestRun.objects.get(pk=run.pk)


def cards_by_id() -> dict[Any, tuple[str, str]]:
    return {card.pk: (card.front, card.back) for card in Card.objects.all()}


def test_a_note_becomes_cards_that_cite_their_lines(exam: Exam) -> None:
    run = take_in(exam, CELLS)
    assert run.state == JobState.SUCCEEDED
    card = Card.objects.get(back="holds the DNA")
    assert "Nucleus" in card.front
    assert [topic.title for topic in Topic.objects.order_by("path")] == [
        "Cells",
        "Parts of a cell",
    ]
    assert card.topic.title == "Parts of a cell"
    passage = card.passages.get()
    assert passage.quote == "- **Nucleus**: holds the DNA"
    assert passage.version.lines[passage.first_line - 1] == passage.quote


def test_every_line_is_accounted_for(exam: Exam) -> None:
    run = take_in(exam, CELLS)
    fates = {fate["line"] for fate in run.version.fates}
    written = {n for n, line in enumerate(CELLS.split("\n"), 1) if line.strip()}
    assert fates == written


def test_reading_the_same_note_again_changes_nothing(exam: Exam) -> None:
    take_in(exam, CELLS)
    before = cards_by_id()
    again = take_in(exam, CELLS)
    assert cards_by_id() == before
    changes = again.counts["cards"]
    assert (changes["create"], changes["update"], changes["orphan"]) == (0, 0, 0)
    assert NoteVersion.objects.count() == 1


def test_a_changed_number_keeps_the_card(exam: Exam) -> None:
    take_in(exam, CELLS)
    card = Card.objects.get(front__contains="chromosomes")
    take_in(exam, CELLS.replace("46", "48"))
    changed = Card.objects.get(front__contains="chromosomes")
    assert changed.pk == card.pk
    assert "48" in changed.front + changed.back
    assert changed.version == card.version + 1


def test_lines_inserted_on_top_change_no_card(exam: Exam) -> None:
    take_in(exam, CELLS)
    before = cards_by_id()
    heading, rest = CELLS.split("\n", 1)
    take_in(exam, f"{heading}\n\n## Foreword\n\nSome words to begin with.\n{rest}")
    assert before.items() <= cards_by_id().items()


def test_what_the_note_no_longer_says_is_suspended_and_comes_back(exam: Exam) -> None:
    take_in(exam, CELLS)
    take_in(exam, CELLS.replace("- **Ribosome**: builds proteins\n", ""))
    ribosome = Card.objects.get(back="builds proteins")
    assert (ribosome.status, ribosome.is_orphan) == (Status.RETIRED, True)
    take_in(exam, CELLS)
    ribosome.refresh_from_db()
    assert (ribosome.status, ribosome.is_orphan) == (Status.PUBLISHED, False)


def test_a_card_edited_by_hand_is_not_overwritten(exam: Exam, bob: User) -> None:
    take_in(exam, CELLS)
    card = Card.objects.get(back="builds proteins")
    card.back = "makes proteins from amino acids"
    save_card(card=card, author=bob)
    run = take_in(exam, CELLS.replace("builds proteins", "assembles proteins"))
    card.refresh_from_db()
    assert card.back == "makes proteins from amino acids"
    assert run.counts["cards"]["conflict"] == 1


def test_a_retired_card_stays_retired_when_the_note_is_read_again(exam: Exam) -> None:
    take_in(exam, CELLS)
    Card.objects.filter(back="builds proteins").update(status=Status.RETIRED)
    take_in(exam, CELLS)
    assert Card.objects.get(back="builds proteins").status == Status.RETIRED


def test_nothing_is_published_where_everything_wants_a_look(exam: Exam) -> None:
    take_in(exam, CELLS, publish=False)
    assert set(Card.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert not Question.objects.exclude(status=Status.DRAFT).exists()


def test_a_learners_note_is_theirs_alone(exam: Exam, carol: User, bob: User) -> None:
    take_in(exam, CELLS, owner=carol)
    assert not Card.objects.visible_to(bob).exists()
    assert Card.objects.visible_to(carol).count() == Card.objects.count() > 0
    assert set(Card.objects.values_list("owner", flat=True)) == {carol.pk}


def test_only_editors_add_notes_for_everybody(exam: Exam, carol: User) -> None:
    with pytest.raises(NotAllowed):
        submit_note(exam=exam, name="x.md", data=CELLS.encode(), started_by=carol, owner=None)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"%PDF-1.7\n\x00\x01", "damaged"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "empty"),
        (b"a" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=["empty", "blank", "picture", "pdf", "html", "huge"],
)
def test_what_cannot_be_read_is_refused_and_not_stored(exam: Exam, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableNote) as refused:
        submit_note(exam=exam, name="note.txt", data=data, started_by=None, owner=None)
    assert refused.value.code == code
    assert len(refused.value.message) > 20
    assert not Note.objects.exists()


def test_a_run_is_carried_out_by_one_worker_only(exam: Exam) -> None:
    run = submit_note(exam=exam, name="cells.md", data=CELLS.encode(), started_by=None, owner=None)
    assert jobs.claim(IngestRun, run.pk, now=NOW)
    assert not run_ingest(run_id=run.pk, clock=lambda: NOW)
    assert not Card.objects.exists()


def test_progress_is_told_stage_by_stage(exam: Exam) -> None:
    run = submit_note(exam=exam, name="cells.md", data=CELLS.encode(), started_by=None, owner=None)
    told: list[tuple[str, float]] = []
    run_ingest(run_id=run.pk, clock=lambda: NOW, report=lambda *step: told.append(step))
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("store", 1.0)
    assert {"outline", "facts", "items"} <= {stage for stage, _ in told}


def test_a_run_whose_worker_died_is_queued_again(
    exam: Exam, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[Any] = []
    monkeypatch.setattr(jobs, "KINDS", [jobs.JobKind(IngestRun, announced.append)])
    run = submit_note(exam=exam, name="cells.md", data=CELLS.encode(), started_by=None, owner=None)
    jobs.claim(IngestRun, run.pk, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep(now=NOW + timedelta(seconds=30))
    assert announced == []
    IngestRun.objects.update(updated_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep(now=NOW + jobs.SILENCE + timedelta(seconds=1))
    assert announced == [run.pk]
    assert run_ingest(run_id=run.pk, clock=lambda: NOW)
    assert Card.objects.exists()


def test_a_run_that_dies_three_times_is_given_up_with_a_word(exam: Exam) -> None:
    run = submit_note(exam=exam, name="cells.md", data=CELLS.encode(), started_by=None, owner=None)
    for _ in range(jobs.MAX_TRIES):
        assert jobs.claim(IngestRun, run.pk, now=NOW)
        jobs.sweep(now=NOW, workers_restarted=True)
    run.refresh_from_db()
    assert run.state == JobState.FAILED
    assert "try again" in run.error
