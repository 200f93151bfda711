"""Statistics in a real browser: filled in, in every look, on paper, and by keyboard alone."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.seeding import CODE, seed
from tests.e2e.steps import enter_as_demo_learner, sign_in
from tests.e2e.test_accessibility import assert_usable, looks
from tests.running import Quickstart

INSTRUCTOR = "instructor@example.org"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quickstart]:
    """A site of its own, after two months of study: what others test begins with none."""
    site = Quickstart(tmp_path_factory.mktemp("studied")).start()
    seed(site)
    yield site
    assert site.stop() == 0, site.said


@pytest.fixture
def learner(page: Page) -> Page:
    enter_as_demo_learner(page)
    return page


@pytest.fixture
def instructor(site: Quickstart, page: Page) -> Page:
    sign_in(page, site, INSTRUCTOR, f"/exams/{CODE}/items/")
    return page


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Takes a picture of a page in every look; PASSNOTES_LOOKS names a folder to keep them in."""
    folder = Path(os.environ.get("PASSNOTES_LOOKS", tmp_path))

    def taken(page: Page, name: str) -> None:
        for look in looks(page):
            path = folder / f"{name} {look}.png"
            page.screenshot(path=path, full_page=True)
            assert path.stat().st_size > 10_000

    return taken


def test_a_learner_finds_their_statistics(
    learner: Page, picture: Callable[[Page, str], None]
) -> None:
    expect(learner.get_by_role("figure").filter(has_text="The last 12 weeks")).to_be_visible()
    assert_usable(learner)
    picture(learner, "today")
    learner.get_by_role("link", name="Stats", exact=True).click()
    expect(learner.get_by_role("heading", name="Stats")).to_be_visible()
    expect(learner.get_by_text("If the exam were today")).to_be_visible()
    expect(learner.get_by_role("img", name=re.compile("remembered"))).to_be_visible()
    assert_usable(learner)
    picture(learner, "stats")
    learner.get_by_role("link", name="By month").click()
    expect(learner.get_by_role("link", name="By month")).to_have_attribute("aria-current", "true")


def test_every_chart_can_be_read_as_a_table_by_keyboard(learner: Page) -> None:
    learner.goto("/stats/")
    tables = learner.get_by_text("As a table")
    assert tables.count() == 4
    for number in range(tables.count()):
        tables.nth(number).focus()
        learner.keyboard.press("Enter")
        expect(learner.locator("figure").nth(number).get_by_role("table")).to_be_visible()
    assert_usable(learner)


def test_statistics_print_without_what_paper_cannot_do(learner: Page) -> None:
    learner.goto("/stats/")
    learner.emulate_media(media="print")
    expect(learner.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(learner.get_by_role("link", name="Take a quiz")).to_be_hidden()
    expect(learner.get_by_role("heading", name="What you remember")).to_be_visible()
    expect(learner.get_by_text("As a table").first).to_be_hidden()


def test_an_instructor_sees_how_the_questions_do(
    instructor: Page, picture: Callable[[Page, str], None]
) -> None:
    expect(instructor.get_by_role("heading", name="How the questions do")).to_be_visible()
    expect(instructor.get_by_text("10 to look at")).to_be_visible()
    assert_usable(instructor)
    picture(instructor, "items")
    instructor.get_by_role("link", name=re.compile("Which is right")).first.click()
    expect(instructor.get_by_text("Facility")).to_be_visible()
    assert_usable(instructor)
    picture(instructor, "item")
    instructor.get_by_role("link", name="Open in Authoring").click()
    expect(instructor.get_by_role("heading", name="How learners do")).to_be_visible()
    picture(instructor, "authoring")


def test_the_figures_can_be_taken_away(instructor: Page, tmp_path: Path) -> None:
    with instructor.expect_download() as download:
        instructor.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(tmp_path / "items.csv")
    lines = (tmp_path / "items.csv").read_text().splitlines()
    assert len(lines) == 11
    assert "facility" in lines[0]


def test_a_weak_topic_of_today_is_one_click_from_its_quiz(learner: Page) -> None:
    weakest = learner.get_by_role("button", name=re.compile("^Quiz on ")).first
    topic = " ".join(weakest.inner_text().split()).removeprefix("Quiz on ")
    weakest.click()
    expect(learner.locator("#place")).to_have_text(re.compile("Question 1 of"))
    expect(learner.get_by_text(f"Learn: {topic}").first).to_be_visible()


def test_a_mock_exam_tells_what_it_changes_in_the_readiness(
    learner: Page, picture: Callable[[Page, str], None]
) -> None:
    learner.goto("/exams/aws-saa/quizzes/")
    learner.get_by_role("button", name="Start Mock exam").click()
    expect(learner.locator("#place")).to_have_text("Question 1 of 65")
    learner.locator("#to-review").click()
    learner.locator("#hand-in").click()
    learner.locator("#confirm-yes").click()
    expect(learner.get_by_role("heading", name="How ready you are")).to_be_visible()
    expect(learner.get_by_text("Without this paper it would be")).to_be_visible()
    learner.get_by_text("What stands behind it").click()
    expect(learner.get_by_role("table").filter(has_text="New questions right")).to_be_visible()
    assert_usable(learner)
    picture(learner, "mock results")
    learner.get_by_role("link", name="All statistics").click()
    expect(learner).to_have_url(re.compile(r"/stats/\?exam=aws-saa"))
