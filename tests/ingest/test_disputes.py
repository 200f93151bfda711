"""A note that contradicts itself, or another note, says so with both lines until it is seen to."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Card, Dispute, Status
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from apps.ingest.services.submit import submit_note
from tests.factories import NOW
from tests.ingest.notes import AT_ODDS, CELLS

TOP = "# Foreword\n\n" + "".join(f"Words to begin with, line {n} of ten.\n" for n in range(10))


def give(exam: Exam, text: str, *, name: str = "cell.md") -> IngestRun:
    run = submit_note(exam=exam, name=name, data=text.encode(), started_by=None, owner=None)
    run_ingest(run_id=run.pk, clock=lambda: NOW)
    return IngestRun.objects.get(pk=run.pk)


def lines() -> set[tuple[int, int, bool]]:
    return {
        (each.one.first_line, each.other.first_line, each.is_settled)
        for each in Dispute.objects.all()
    }


def test_lines_of_one_note_that_differ_are_told_side_by_side(
    exam: Exam, bob: User, client_of: Callable[[User], Client]
) -> None:
    run = give(exam, AT_ODDS)
    assert run.counts["disputes"] == 1
    assert lines() == {(4, 8, False)}
    browser = client_of(bob)
    page = browser.get("/exams/bio/disputes/").text
    assert "Within one note" in page
    for line in (4, 8):
        assert f"?line={line}&amp;version=1" in page
    assert "1 fact of this note reads" in browser.get(f"/runs/{run.pk}/").text


def test_what_rests_on_such_a_line_waits_for_a_look(exam: Exam) -> None:
    give(exam, AT_ODDS)
    resting = Card.objects.filter(passages__first_line__in=(4, 8))
    assert set(resting.values_list("status", flat=True)) == {Status.DRAFT}
    assert Card.objects.get(back="holds the DNA").status == Status.PUBLISHED


def test_reading_it_again_tells_nothing_twice(exam: Exam) -> None:
    give(exam, AT_ODDS)
    pk = Dispute.objects.get().pk
    again = give(exam, AT_ODDS)
    assert Dispute.objects.get().pk == pk
    assert again.counts["disputes"] == 1


def test_what_was_put_away_stays_away_when_the_lines_move(exam: Exam) -> None:
    give(exam, AT_ODDS)
    Dispute.objects.update(is_settled=True)
    again = give(exam, TOP + AT_ODDS)
    assert lines() == {(16, 20, True)}
    assert again.counts["disputes"] == 0


def test_a_contradiction_that_was_mended_closes_itself(exam: Exam) -> None:
    give(exam, AT_ODDS)
    mended = give(exam, AT_ODDS.replace("48", "46"))
    assert not Dispute.objects.exists()
    assert mended.counts["disputes"] == 0


def test_notes_that_differ_still_do_after_another_line_changed(exam: Exam) -> None:
    give(exam, CELLS)
    give(exam, CELLS.replace("46", "48"), name="other.md")
    open_ones = Dispute.objects.count()
    assert open_ones >= 1
    again = give(exam, TOP + CELLS.replace("46", "48"), name="other.md")
    assert Dispute.objects.count() == again.counts["disputes"] == open_ones
    give(exam, TOP + CELLS)
    assert Dispute.objects.count() == open_ones
    give(exam, CELLS, name="other.md")
    assert not Dispute.objects.exists()


def test_a_program_reads_both_lines_and_puts_them_away(
    exam: Exam, bob: User, carol: User, api_of: Any
) -> None:
    run = give(exam, AT_ODDS)
    api = api_of(bob)
    url = f"/api/v1/disputes/?exam=bio&note={run.version.note_id}&is_settled=false"
    (told,) = api.get(url).json()["results"]
    assert (told["one"]["first_line"], told["other"]["first_line"]) == (4, 8)
    assert (told["is_in_one_note"], told["is_settled"]) == (True, False)
    for _ in range(2):
        done = api.post(f"/api/v1/disputes/{told['id']}/settle/")
        assert done.json()["is_settled"]
    assert api.get(url).json()["results"] == []
    assert api_of(carol).get("/api/v1/disputes/").json()["results"] == []


def test_more_disputes_do_not_make_more_queries(
    exam: Exam, bob: User, api_of: Any, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    facts = "".join(
        f"- A {animal} has {legs} legs.\n"
        for legs in (4, 6)
        for animal in ("beetle", "spider", "lizard", "crab", "frog", "cat", "dog", "goat")
    )
    give(exam, f"# Legs\n\n{facts}")
    assert Dispute.objects.count() >= 6
    api, browser = api_of(bob), client_of(bob)
    with django_assert_max_num_queries(6):
        api.get("/api/v1/disputes/")
    with django_assert_max_num_queries(8):
        browser.get("/exams/bio/disputes/")
