"""Journey 12: after sixty days, the pages and the deck for Anki say what a reference computes."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.months import (
    EXAM,
    FIRST_DAY,
    TODAY,
    Api,
    key_of,
    send_two_months,
    sit_a_mock,
    ways_to_ask,
)
from tests.e2e.reference import Domain, Reference, Trial, by_week, outlook_of, recall, reference_of
from tests.e2e.steps import deck_with_progress, enter_as_demo_learner, sign_in
from tests.exchange.anki_gate import AnkiCard, assert_clean, import_into_anki
from tests.running import Quickstart

pytestmark = pytest.mark.journey

SHARES, QUESTIONS, PASS_MARK = (30, 26, 24, 20), (19, 17, 16, 13), 69
A_POINT = 1.2
STEP = 5
"""A chance to pass is told in steps of so many per cent."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Quickstart]:
    """A site on whose first day the demo learner sat a mock exam; today is sixty days later.

    Of what was studied in between it hears only now, from a device that was offline.
    """
    site = Quickstart(tmp_path_factory.mktemp("months"), clock=FIRST_DAY).start()
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        sign_in(page, site, "instructor@example.org", "/today/")
        questions = Api(page).all(f"questions/?exam={EXAM}")
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        enter_as_demo_learner(page)
        Api(page).send("PATCH", "me/", {"time_zone": "UTC"})
        sit_a_mock(Api(page), {each["stem"]: key_of(each) for each in questions})
    assert site.stop() == 0, site.said
    site = Quickstart(site.data, clock=TODAY).start()
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        enter_as_demo_learner(page)
        send_two_months(Api(page))
    yield site
    assert site.stop() == 0, site.said


@pytest.fixture
def studied(page: Page) -> Api:
    """The demo learner today."""
    enter_as_demo_learner(page)
    return Api(page)


def percent(share: float) -> str:
    return "100 %" if share == 1 else f"{min(round(share * 100), 99)} %"


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


def cells(page: Page, region: str) -> list[list[str]]:
    """The words of a table's body, row by row."""
    rows = page.get_by_role("region", name=region, exact=True).locator("tbody tr").all()
    return [
        [" ".join(cell.inner_text().split()) for cell in row.locator("th, td").all()]
        for row in rows
    ]


def told(trials: list[Trial]) -> str:
    """A share of trials as the page writes it."""
    if not trials:
        return "–"
    share = sum(each.recalled for each in trials) / len(trials)
    predicted = sum(each.predicted for each in trials) / len(trials)
    return f"{percent(share)} of {len(trials)}, predicted {percent(predicted)}"


def retention_row(trials: list[Trial]) -> list[str]:
    young = [each for each in trials if not each.is_mature]
    mature = [each for each in trials if each.is_mature]
    return [told(young), told(mature), told(trials)]


def duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 60:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def time_row(known: Reference, days: int) -> list[str]:
    """Time, answers and days studied in so many days up to today."""
    span = [TODAY.date() - timedelta(days=n) for n in range(days)]
    return [
        duration(sum(known.seconds[day] for day in span)),
        str(sum(known.answers[day] for day in span)),
        str(sum(known.answers[day] > 0 for day in span)),
    ]


def due_by_day(known: Reference, today: date) -> list[str]:
    """What comes due on each of thirty days; what is overdue is told with today."""
    ahead = [max((each.due - today).days, 0) for each in known.prompts.values()]
    return [f"{ahead.count(n)} due" for n in range(30)]


def domains_of(api: Api, known: Reference, log: dict[str, Any]) -> dict[str, Domain]:
    """The exam's domains with all the evidence there is."""
    paths = {topic["id"]: topic["path"] for topic in api.all(f"topics/?exam={EXAM}")}
    titles = {topic["id"]: topic["title"] for topic in api.all(f"topics/?exam={EXAM}")}
    submitted = {each["id"]: each["submitted_at"] for each in log["quizzes.attempt"]}
    first = [each for each in log["quizzes.attemptitem"] if each["is_first"]]
    results = {share["title"]: share["weight"] for share in log["quizzes.attempt"][0]["shares"]}
    assert tuple(results.values()) == SHARES
    domains = {
        title: Domain(weight / 100, questions, 0, [], [], [])
        for (title, weight), questions in zip(results.items(), QUESTIONS, strict=True)
    }
    for card in api.all(f"cards/?exam={EXAM}"):
        domain = domains[titles[int(paths[card["topic"]].split("/")[1])]]
        for ordinal in ways_to_ask(card):
            domain.prompts += 1
            if standing := known.prompts.get((card["id"], ordinal)):
                domain.recalled.append(recall(standing.memory, TODAY.date(), known.scale))
    for item in first:
        ago = TODAY - datetime.fromisoformat(submitted[item["attempt_id"]])
        domain = domains[item["domain"]]
        (domain.right if item["score"] == 1 else domain.wrong).append(ago / timedelta(days=1))
    return domains


def assert_near(words: str, low: float, high: float) -> None:
    """The bounds as shown, to about a point of a hundred: both sides draw lots."""
    expected = [pytest.approx(100 * bound, abs=A_POINT) for bound in (low, high)]
    assert numbers(words) == expected


def reference_for(log: dict[str, Any]) -> Reference:
    """The numbers of the exam's enrolment, from all that the learner's data hold."""
    exam = next(each["id"] for each in log["courses.exam"] if each["code"] == EXAM)
    enrolment = next(each["id"] for each in log["study.enrolment"] if each["exam_id"] == exam)
    return reference_of(
        each for each in log["study.reviewevent"] if each["enrolment_id"] == enrolment
    )


def test_after_sixty_days_the_statistics_are_the_references(studied: Api, page: Page) -> None:
    log = studied.get("me/data/")["tables"]
    known = reference_for(log)
    assert len(known.trials) > 300
    assert known.scale < 0.9
    page.goto(f"/stats/?exam={EXAM}")

    rows = cells(page, "Time spent on cards")
    assert [row[1:] for row in rows] == [time_row(known, days) for days in (1, 7, 30, 371)]

    rows = cells(page, "Retention of young and mature cards")
    weeks = by_week(known.trials)
    expected = [retention_row(weeks[week]) for week in sorted(weeks, reverse=True)]
    assert [row[1:] for row in rows] == [*expected, retention_row(list(known.trials))]

    due = page.get_by_role("figure").filter(has_text="Due in the next 30 days")
    due.get_by_text("As a table").click()
    assert due.locator("tbody td").all_inner_texts() == due_by_day(known, TODAY.date())

    domains = domains_of(studied, known, log)
    mastery = [
        [
            title,
            percent(domain.share),
            f"{len(domain.recalled)} of {domain.prompts}",
            percent(sum(domain.recalled) / domain.prompts),
        ]
        for title, domain in domains.items()
    ]
    assert cells(page, "Domains of AWS Solutions Architect Associate") == mastery


def test_after_sixty_days_readiness_is_the_references(studied: Api, page: Page) -> None:
    log = studied.get("me/data/")["tables"]
    domains = domains_of(studied, reference_for(log), log)
    outlook = outlook_of(list(domains.values()), PASS_MARK)
    page.goto(f"/stats/?exam={EXAM}")
    rows = cells(page, "Readiness by domain")
    for row, (title, domain), level in zip(rows, domains.items(), outlook.domains, strict=True):
        right, answered = len(domain.right), len(domain.right) + len(domain.wrong)
        assert [row[0], row[1], row[3]] == [title, percent(domain.share), f"{right} of {answered}"]
        assert_near(row[2], *level)
    sentence = page.get_by_text("If the exam were today")
    expect(sentence).to_be_visible()
    words, chance = sentence.inner_text().split("Your chance to pass is")
    assert_near(words, *outlook.level)
    assert numbers(chance) == [pytest.approx(100 * outlook.passing, abs=STEP / 2 + A_POINT)]


def test_after_sixty_days_anki_takes_over_every_memory(studied: Api, page: Page) -> None:
    known = reference_for(studied.get("me/data/")["tables"])
    report = import_into_anki(deck_with_progress(page, EXAM))
    assert_clean(report)
    imported = report.with_progress
    assert imported.revlog == known.answers.total()
    theirs = sorted(map(memory_of, filter(is_studied, imported.cards.values())))
    ours = sorted(
        (each.reps, each.lapses, each.memory.stability or 0, each.memory.difficulty or 0)
        for each in known.prompts.values()
    )
    assert len(theirs) == len(ours)
    for got, wanted in zip(theirs, ours, strict=True):
        assert got == pytest.approx(wanted, rel=1e-3)


def is_studied(card: AnkiCard) -> bool:
    return card.reps > 0


def memory_of(card: AnkiCard) -> tuple[int, int, float, float]:
    return card.reps, card.lapses, card.stability or 0, card.difficulty or 0
