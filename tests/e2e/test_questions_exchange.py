"""An instructor takes questions out, edits the file, and brings it in again."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.steps import COURSE, sign_in
from tests.running import Quickstart

INSTRUCTOR = "instructor@example.org"
EXCHANGE = "/exams/aws-saa/questions/exchange/"
NEW = """
$CATEGORY: $course$/top/Leaves

::Pores::Through what does a leaf take in carbon dioxide\\: is it {
    =its stomata#They open by day.
    ~its veins
    ~its wax
}?

Write about leaves. {}
"""


def take_out(page: Page, label: str, to: Path) -> str:
    """Fetch the exam's questions in a format; the text of the file."""
    page.goto(EXCHANGE)
    page.get_by_role("radio", name=re.compile(f"^{label}")).check()
    page.get_by_role("button", name="See what the file holds").click()
    expect(page.get_by_text(re.compile(f"questions as {label}"))).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download").click()
    fetched.value.save_as(to)
    return to.read_text(encoding="utf-8")


def look_into(page: Page, file: Path) -> None:
    page.goto(EXCHANGE)
    page.get_by_label("File of questions").set_input_files(file)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


def test_questions_go_out_are_edited_and_come_back(
    page: Page, site: Quickstart, tmp_path: Path
) -> None:
    sign_in(page, site, INSTRUCTOR, "/exams/aws-saa/")
    page.get_by_role("link", name="Questions in and out").click()
    file = tmp_path / "bank.gift"
    text = take_out(page, "GIFT", file)
    first = re.search(r"\[plain\]([^{]+?)\{", text)
    assert first is not None
    file.write_text(text.replace(first[1], f"Edited elsewhere\\: {first[1]}", 1) + NEW)

    look_into(page, file)
    expect(page.get_by_role("heading", name="Before anything changes")).to_be_visible()
    expect(page.locator(".diff ins")).to_have_text("Edited elsewhere: ")
    tabs = page.get_by_role("navigation", name="What becomes of the questions")
    tabs.get_by_role("link", name="New").click()
    expect(page.get_by_text("Right: its stomata (They open by day.)")).to_be_visible()
    expect(page.get_by_text("Its title is not kept: Pores")).to_be_visible()
    expect(page.get_by_text("Doubt: nothing explains the answer")).to_be_visible()
    tabs.get_by_role("link", name="Cannot be taken").click()
    expect(page.get_by_text("Cannot be taken: it is answered by an essay")).to_be_visible()

    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="Your questions are here")).to_be_visible()
    page.get_by_role("link", name="See the questions").click()
    page.locator("#searchbar").fill("stomata")
    page.locator("#searchbar").press("Enter")
    listed = page.locator("#result_list tbody tr").filter(has_text="Through what does a leaf")
    expect(listed).to_contain_text("Draft")
    expect(listed).to_contain_text("Leaves")

    look_into(page, file)
    expect(page.get_by_role("heading", name="Nothing new")).to_be_visible()


def test_a_file_that_cannot_be_read_says_where(
    page: Page, site: Quickstart, tmp_path: Path
) -> None:
    sign_in(page, site, INSTRUCTOR, EXCHANGE)
    file = tmp_path / "broken.xml"
    file.write_text("<quiz>\n<question></quiz>")
    page.get_by_label("File of questions").set_input_files(file)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_text("Line 2 is not well-formed XML")).to_be_visible()


def test_a_learner_is_not_offered_the_keys(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Try it as the demo learner").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    page.goto("/exams/aws-saa/")
    expect(page.get_by_role("heading", name=COURSE)).to_be_visible()
    expect(page.get_by_role("link", name="Questions in and out")).to_have_count(0)
