"""A note read with what is known of it, a card made of selected words, and cards looked through."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.steps import enter_as_demo_learner

SELECT = """(id) => {
  const text = document.querySelector(`#${id} .text`);
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def open_a_note(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/")
    page.locator("main a[href^='/notes/']").first.click()
    expect(page.locator("#L1")).to_be_visible()


def test_selected_words_become_a_card_that_cites_their_line(page: Page) -> None:
    open_a_note(page)
    line = page.locator(".line.cited").first
    place = line.get_attribute("id") or ""
    words = line.locator(".text").inner_text().strip()
    page.evaluate(SELECT, place)
    page.get_by_role("link", name="Make a card of this").click()
    expect(page.get_by_label("Back")).to_have_value(words)
    assert faults(page) == []
    page.get_by_label("Front").fill("What did I select?")
    page.get_by_role("button", name="Make the card").click()
    expect(page).to_have_url(re.compile(f"#{place}$"))
    own = page.locator(f"#{place} details")
    own.locator("summary").click()
    expect(own).to_contain_text("What did I select?")
    expect(own.locator("summary")).to_contain_text("new")


def test_a_line_gives_a_card_by_keyboard_or_touch_too(page: Page) -> None:
    open_a_note(page)
    page.get_by_role("link", name="Line 3", exact=True).press("Enter")
    make = page.get_by_role("link", name="Make a card of line 3", exact=True)
    expect(make).to_be_visible()
    make.press("Enter")
    expect(page.get_by_text("It cites line 3 of the note.")).to_be_visible()


def test_cards_are_found_suspended_and_taken_along(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/cards/")
    page.get_by_label("Words").fill("bucket")
    page.get_by_role("button", name="Search").click()
    found = page.locator(".found-card")
    expect(found.first).to_contain_text(re.compile("bucket", re.IGNORECASE))
    page.get_by_label("Tick all on this page").check()
    ticked = found.count()
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_role("status")).to_contain_text(f"{ticked} cards suspended")
    expect(page.get_by_label("Words")).to_have_value("bucket")
    page.get_by_text("Topic, kind, state and reports").click()
    page.get_by_label("State").select_option("suspended")
    page.get_by_role("button", name="Search").click()
    expect(found).to_have_count(ticked)
    page.get_by_label("Tick all on this page").check()
    with page.expect_download() as table:
        page.get_by_role("button", name="Export as CSV").click()
    assert Path(table.value.path()).read_text().count("Suspended") == ticked
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("status")).to_contain_text(f"{ticked} cards resumed")


def test_everything_is_taken_along_before_leaving(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/settings/")
    with page.expect_download() as data:
        page.get_by_role("link", name="Download everything").click()
    tables = json.loads(Path(data.value.path()).read_text())["tables"]
    assert tables["accounts.user"][0]["email"] == "learner@example.org"
    page.get_by_role("link", name="Delete the account…").click()
    page.get_by_label("Your email address").fill("learner@example.org")
    page.get_by_label("Your password").fill("not this one")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("The password is not right.").first).to_be_visible()
