"""How much of a note is asked is up to its reader, and more can be had at any time."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.bank.models import Card, Question, Status
from apps.common.errors import Conflict, DomainError
from apps.courses.models import Exam
from apps.extraction.documents import Role, Span
from apps.extraction.items import Budget
from apps.extraction.pipeline import extract
from apps.extraction.sources import Source, SourceKind
from apps.ingest.budgets import extract_within, items_of
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import read_the_rest, run_ingest
from apps.ingest.services.submit import submit_note
from tests.factories import NOW
from tests.ingest.notes import MANY

FEW = Budget(cards_per_topic=5, questions_per_topic=3)


def give(exam: Exam, text: str = MANY, budget: Budget | None = None, **wish: Any) -> IngestRun:
    run = submit_note(
        exam=exam,
        name="walks.md",
        data=text.encode(),
        started_by=None,
        owner=None,
        budget=budget,
        **wish,
    )
    return carried_out(run)


def carried_out(run: IngestRun) -> IngestRun:
    assert run_ingest(run_id=run.pk, clock=lambda: NOW)
    run.refresh_from_db()
    return run


def live_cards() -> set[Any]:
    return set(Card.objects.exclude(status=Status.RETIRED).values_list("pk", flat=True))


def test_no_more_is_made_than_was_asked_for_and_the_rest_is_told(exam: Exam) -> None:
    run = give(exam, budget=FEW)
    assert (Card.objects.count(), Question.objects.count()) == (5, 3)
    assert run.counts["left_out"]["cards"] >= 15
    assert run.counts["left_out"]["questions"] >= 1


def test_what_fits_leaves_nothing_out(exam: Exam) -> None:
    assert give(exam).counts["left_out"] == {"cards": 0, "questions": 0}


def test_the_next_version_of_a_note_keeps_what_was_chosen(exam: Exam) -> None:
    give(exam, budget=FEW)
    again = give(exam, MANY + "- A walk through Quito takes 90 minutes.\n")
    assert again.budget == FEW


def test_a_card_that_is_there_is_not_pushed_out_by_newer_lines(exam: Exam) -> None:
    give(exam, budget=FEW)
    before = live_cards()
    newer = "- **Never forget:** a walk through Quito takes 90 minutes!\n"
    run = give(exam, MANY.replace("\n\n", f"\n\n{newer}"))
    assert before <= live_cards()
    assert run.counts["cards"]["orphan"] == 0


def test_asking_for_fewer_takes_no_card_away(exam: Exam) -> None:
    give(exam)
    before = live_cards()
    run = give(exam, budget=FEW)
    assert live_cards() == before
    assert run.counts["cards"]["keep"] == len(before)


def test_the_rest_is_made_once_and_nothing_that_is_there_changes(exam: Exam) -> None:
    run = give(exam, budget=FEW)
    before = live_cards()
    rest = read_the_rest(run=run, started_by=None)
    assert read_the_rest(run=run, started_by=None) == rest
    rest = carried_out(rest)
    assert before < live_cards()
    assert Card.objects.count() == 5 + run.counts["left_out"]["cards"]
    assert rest.counts["left_out"] == {"cards": 0, "questions": 0}
    assert rest.counts["cards"]["update"] == rest.counts["cards"]["orphan"] == 0
    assert read_the_rest(run=run, started_by=None) == rest


def test_the_rest_waits_until_the_first_part_is_carried_out(exam: Exam) -> None:
    run = submit_note(
        exam=exam, name="walks.md", data=MANY.encode(), started_by=None, owner=None, budget=FEW
    )
    with pytest.raises(Conflict, match="Wait until"):
        read_the_rest(run=run, started_by=None)


def test_the_rest_of_an_old_version_is_not_made(exam: Exam) -> None:
    run = give(exam, budget=FEW)
    give(exam, MANY + "- A walk through Quito takes 90 minutes.\n")
    with pytest.raises(Conflict, match="newer version"):
        read_the_rest(run=run, started_by=None)


@pytest.mark.parametrize(("cards", "questions"), [(0, 5), (-1, 5), (5, -1), (10**9, 5)])
def test_numbers_without_sense_are_refused_in_words(exam: Exam, cards: int, questions: int) -> None:
    budget = Budget(cards_per_topic=cards, questions_per_topic=questions)
    with pytest.raises(DomainError, match="choose a number from"):
        give(exam, budget=budget)
    assert not IngestRun.objects.exists()


def test_the_page_tells_what_was_left_out_and_makes_it_at_a_click(
    exam: Exam, bob: User, client_of: Callable[[User], Client]
) -> None:
    run = give(exam, budget=FEW)
    browser = client_of(bob)
    page = browser.get(f"/runs/{run.pk}/").text
    assert f"{run.counts['left_out']['cards']} cards and" in page
    assert "up to 5 and 3 a topic" in page
    places = {browser.post(f"/runs/{run.pk}/more/").headers["Location"] for _ in range(2)}
    rest = IngestRun.objects.exclude(pk=run.pk).get()
    assert places == {f"/runs/{rest.pk}/"}
    carried_out(rest)
    assert "Make the rest too" not in browser.get(f"/runs/{rest.pk}/").text


def test_a_learner_chooses_how_much_in_words(
    exam: Exam, carol: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(carol)
    page = browser.get("/exams/bio/notes/add/").text
    assert "up to 30 cards and 12 questions a topic" in page
    assert "As before" not in page
    browser.post("/exams/bio/notes/add/", {"text": MANY, "name": "C", "amount": "important"})
    assert IngestRun.objects.get().budget == Budget(cards_per_topic=30, questions_per_topic=12)
    assert "As before" in browser.get("/exams/bio/notes/add/").text
    browser.post("/exams/bio/notes/add/", {"text": MANY, "name": "C", "amount": ""})
    assert {run.budget.cards_per_topic for run in IngestRun.objects.all()} == {30}


def test_a_program_chooses_numbers(exam: Exam, carol: User, api_of: Any) -> None:
    api = api_of(carol)
    note = {"exam": "bio", "name": "walks.md", "text": MANY}
    url = "/api/v1/ingest-runs/"
    made = api.post(url, note | {"cards_per_topic": 4, "questions_per_topic": 0}).json()
    assert (made["cards_per_topic"], made["questions_per_topic"]) == (4, 0)
    run = carried_out(IngestRun.objects.get(pk=made["id"]))
    assert (Card.objects.count(), Question.objects.count()) == (4, 0)
    assert api.get(f"{url}{run.pk}/").json()["counts"]["left_out"]["cards"] >= 16
    more = api.post(f"{url}{run.pk}/more/").json()
    assert (more["state"], more["id"] > run.pk) == ("queued", True)
    assert api.post(f"{url}{run.pk}/more/").json()["id"] == more["id"]
    assert api.post(url, note | {"cards_per_topic": 0}).status_code == 400


def test_the_terminal_takes_numbers_and_tells_what_was_left_out(exam: Exam, tmp_path: Path) -> None:
    note = tmp_path / "walks.md"
    note.write_text(MANY)
    told = io.StringIO()
    limits = {"cards_per_topic": 5, "questions_per_topic": 3}
    call_command("ingest", str(note), exam="bio", dry_run=True, stdout=told, stderr=told, **limits)
    assert not Card.objects.exists()
    call_command("ingest", str(note), exam="bio", stdout=told, stderr=told, **limits)
    assert (Card.objects.count(), Question.objects.count()) == (5, 3)
    assert told.getvalue().count("left out by the budget:") == 2
    with pytest.raises(CommandError, match="choose a number from 1"):
        call_command("ingest", str(note), exam="bio", cards_per_topic=0)


WALKS = Source(name="walks.md", text=MANY, kind=SourceKind.MARKDOWN)
WHOLE = extract(WALKS)


@settings(max_examples=25, deadline=None)
@given(
    cards=st.integers(1, 25),
    questions=st.integers(0, 25),
    held=st.frozensets(st.sampled_from([item.key for item in items_of(WHOLE)])),
)
def test_whatever_the_budget_what_is_held_is_found_and_the_rest_is_counted(
    cards: int, questions: int, held: frozenset[str]
) -> None:
    budget = Budget(cards_per_topic=cards, questions_per_topic=questions)
    found = extract_within(WALKS, budget=budget, held=held)
    keys = [item.key for item in items_of(found)]
    assert held <= set(keys)
    assert len(keys) == len(set(keys))
    for made, left, all_of_them in zip(
        (found.cards, found.questions),
        found.left_out,
        (WHOLE.cards, WHOLE.questions),
        strict=True,
    ):
        assert len(made) + left == len(all_of_them)
    lines = {line for item in found.cards for span in item.spans for line in span_lines(span)}
    used = {record.line for record in found.records if record.role is Role.ITEM}
    assert lines <= used
    assert len(found.records) == len(WHOLE.records)


def span_lines(span: Span) -> range:
    return range(span.first, span.last + 1)
