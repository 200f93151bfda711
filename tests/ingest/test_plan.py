"""Reading a note again shows what it would change before it does."""

from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Card, Dispute, Status, Suggestion, SuggestionState
from apps.bank.services.items import save_card
from apps.common.errors import Conflict
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import confirm, run_ingest
from apps.ingest.services.submit import submit_note
from tests.factories import NOW
from tests.ingest.notes import CELLS

CHANGED = CELLS.replace("builds proteins", "assembles proteins").replace(
    "- **Nucleus**: holds the DNA\n", ""
)


def give(exam: Exam, text: str, *, name: str = "cells.md", **wish: Any) -> IngestRun:
    run = submit_note(exam=exam, name=name, data=text.encode(), started_by=None, owner=None, **wish)
    run_ingest(run_id=run.pk, clock=lambda: NOW)
    return IngestRun.objects.get(pk=run.pk)


def words() -> set[tuple[str, str, str]]:
    return set(Card.objects.values_list("front", "back", "status"))


def test_a_new_note_is_taken_in_at_once(exam: Exam) -> None:
    run = give(exam, CELLS, review_first=True)
    assert run.applied_at is not None
    assert Card.objects.exists()


def test_a_change_waits_for_a_word_and_is_then_carried_out(exam: Exam) -> None:
    give(exam, CELLS)
    before = words()
    run = give(exam, CHANGED, review_first=True)
    assert run.waits_for_a_word
    assert words() == before
    told = {(each["change"], each["before"].split(" → ")[-1]) for each in run.changes}
    assert {("update", "builds proteins"), ("orphan", "holds the DNA")} <= told

    confirm(run=run)
    run_ingest(run_id=run.pk, clock=lambda: NOW)
    assert Card.objects.get(back="assembles proteins").status == Status.PUBLISHED
    assert Card.objects.get(back="holds the DNA").status == Status.RETIRED
    with pytest.raises(Conflict):
        confirm(run=run)


def test_an_outdated_plan_is_not_carried_out(exam: Exam) -> None:
    give(exam, CELLS)
    outdated = give(exam, CHANGED, review_first=True)
    give(exam, CELLS + "\nAnother line.\n", review_first=True)
    with pytest.raises(Conflict, match="newer version"):
        confirm(run=outdated)


def test_the_page_shows_the_plan_and_a_button(exam: Exam, bob: User, client_of: Any) -> None:
    give(exam, CELLS)
    run = give(exam, CHANGED, review_first=True)
    browser: Client = client_of(bob)
    page = browser.get(f"/runs/{run.pk}/").content.decode()
    assert "Nothing has happened yet" in page
    assert "assembles proteins" in page
    browser.post(f"/runs/{run.pk}/apply/")
    run.refresh_from_db()
    assert run.state == "queued"


def test_the_api_shows_the_plan_and_carries_it_out(exam: Exam, bob: User, api_of: Any) -> None:
    give(exam, CELLS)
    api = api_of(bob)
    note = {"exam": exam.code, "name": "cells.md", "text": CHANGED, "personal": False}
    asked = api.post("/api/v1/ingest-runs/", note | {"review_first": True}).json()
    run_ingest(run_id=asked["id"], clock=lambda: NOW)
    path = f"/api/v1/ingest-runs/{asked['id']}/"
    shown = api.get(path).json()
    assert shown["waits_for_a_word"]
    assert {each["change"] for each in shown["changes"]} >= {"update", "orphan"}
    assert api.post(f"{path}apply/").json()["state"] == "queued"
    assert api.post(f"{path}apply/").status_code == 409


def test_a_card_edited_by_hand_gets_a_suggestion(exam: Exam, bob: User, client_of: Any) -> None:
    give(exam, CELLS)
    card = Card.objects.get(back="builds proteins")
    card.back = "makes proteins"
    save_card(card=card, author=bob)
    run = give(exam, CHANGED)
    suggestion = Suggestion.objects.get()
    assert suggestion.content["back"] == "assembles proteins"
    page = client_of(bob).get(f"/runs/{run.pk}/").content.decode()
    assert "makes proteins" in page
    assert "assembles proteins" in page

    client_of(bob).post(f"/suggestions/{suggestion.pk}/accept/")
    card.refresh_from_db()
    assert card.back == "assembles proteins"
    assert card.versions.count() == 3


def test_declined_words_are_not_offered_again(exam: Exam, bob: User, client_of: Any) -> None:
    give(exam, CELLS)
    card = Card.objects.get(back="builds proteins")
    card.back = "makes proteins"
    save_card(card=card, author=bob)
    give(exam, CHANGED)
    client_of(bob).post(f"/suggestions/{Suggestion.objects.get().pk}/decline/")
    give(exam, CHANGED + "\nAnother line.\n")
    assert Suggestion.objects.get().state == SuggestionState.DECLINED
    card.refresh_from_db()
    assert card.back == "makes proteins"


def test_the_same_fact_in_two_notes_is_one_card_with_two_sources(exam: Exam) -> None:
    give(exam, CELLS)
    count = Card.objects.count()
    again = give(exam, CELLS, name="copy.md")
    assert Card.objects.count() == count
    assert again.counts["cards"]["merge"] == count
    notes = Card.objects.get(back="holds the DNA").passages.values_list(
        "version__note__name", flat=True
    )
    assert set(notes) == {"cells.md", "copy.md"}


def test_a_card_lives_on_in_the_note_that_still_says_it(exam: Exam) -> None:
    give(exam, CELLS)
    give(exam, CELLS, name="copy.md")
    give(exam, CHANGED)
    nucleus = Card.objects.get(back="holds the DNA")
    assert (nucleus.status, nucleus.note and nucleus.note.name) == (
        Status.PUBLISHED,
        "copy.md",
    )


def test_notes_that_differ_are_told_with_both_lines(exam: Exam, bob: User, client_of: Any) -> None:
    give(exam, CELLS)
    run = give(exam, CELLS.replace("46", "48"), name="other.md")
    assert run.counts["disputes"] >= 1
    quotes = {
        quote
        for dispute in Dispute.objects.all()
        for quote in (dispute.one.quote, dispute.other.quote)
    }
    assert quotes == {
        "- A human cell holds 46 chromosomes.",
        "- A human cell holds 48 chromosomes.",
    }
    told = Card.objects.filter(front__contains="48") | Card.objects.filter(back__contains="48")
    assert set(told.values_list("status", flat=True)) == {Status.DRAFT}
    page = client_of(bob).get(f"/exams/{exam.code}/disputes/").content.decode()
    assert all(quote in page for quote in quotes)
