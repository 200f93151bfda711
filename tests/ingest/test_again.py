"""Giving a note again, as a browser and as a program do: the same cards, and no surprises."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.bank.models import Card, Question, Status
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from tests.factories import NOW
from tests.ingest.notes import CELLS

TEN_LINES = "".join(f"Words to begin with, line {n} of ten.\n" for n in range(10))
CHANGED = CELLS.replace("builds proteins", "assembles proteins").replace(
    "- **Nucleus**: holds the DNA\n", "- **Vacuole**: stores water\n"
)


def by_api(api: Any, text: str) -> IngestRun:
    note = {"exam": "bio", "name": "Cells", "text": text, "review_first": True}
    made = api.post("/api/v1/ingest-runs/", note).json()
    return carried_out(made["id"])


def by_page(browser: Any, text: str) -> IngestRun:
    answer = browser.post("/exams/bio/notes/add/", {"name": "Cells", "text": text})
    return carried_out(int(answer.headers["Location"].split("/")[2]))


def carried_out(pk: int) -> IngestRun:
    assert run_ingest(run_id=pk, clock=lambda: NOW)
    return IngestRun.objects.get(pk=pk)


@pytest.fixture(params=["page", "api"])
def give(
    request: pytest.FixtureRequest, exam: Exam, carol: User, client_of: Any, api_of: Any
) -> Any:
    """Carol gives a text as the newest version of her note."""
    if request.param == "page":
        return lambda text: by_page(client_of(carol), text)
    return lambda text: by_api(api_of(carol), text)


def items() -> dict[Any, tuple[str, int, str]]:
    """What there is: its words, version and status by id."""
    return {
        item.pk: (str(item), item.version, item.status)
        for model in (Card, Question)
        for item in model.objects.all()
    }


def test_the_same_text_again_changes_nothing(give: Any) -> None:
    give(CELLS)
    before = items()
    again = give(CELLS)
    assert items() == before
    assert again.applied_at is not None
    assert again.changes == []
    for kind in ("cards", "questions"):
        changed = {change: n for change, n in again.counts[kind].items() if change != "keep"}
        assert set(changed.values()) == {0}


def test_ten_lines_on_top_change_no_id(give: Any) -> None:
    give(CELLS)
    before = items()
    give(TEN_LINES + "\n" + CELLS)
    assert before.items() <= items().items()


def test_all_that_would_happen_is_shown_before_it_does(
    give: Any, carol: User, client_of: Any
) -> None:
    give(CELLS)
    before = items()
    run = give(CHANGED)
    assert run.waits_for_a_word
    assert items() == before
    page = client_of(carol).get(f"/runs/{run.pk}/").text
    for words in ("assembles proteins", "holds the DNA", "stores water", "Would be new"):
        assert words in page
    told = {each["change"] for each in run.changes}
    assert told == {"create", "update", "orphan"}
    assert run.counts["cards"]["keep"] >= 2


def test_the_plan_carried_out_is_the_plan_shown(give: Any, carol: User, client_of: Any) -> None:
    give(CELLS)
    run = give(CHANGED)
    shown = run.counts
    client_of(carol).post(f"/runs/{run.pk}/apply/")
    done = carried_out(run.pk)
    for kind in ("cards", "questions"):
        assert done.counts[kind] == shown[kind]
    assert Card.objects.get(back="stores water").status == Status.PUBLISHED
    assert Card.objects.get(back="holds the DNA").status == Status.RETIRED
