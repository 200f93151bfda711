"""A hundred drafts looked over by keyboard, by touch, with undo, and with the server away."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import faults
from tests.e2e.steps import sign_in
from tests.running import Quickstart

DRAFTS = 110
LIMIT = 300


def hold_back(page: Page, site: Quickstart, name: str, lines: list[str]) -> None:
    """Give a note whose cards wait for an editor's look, and go to them."""
    sign_in(page, site, "instructor@example.org", "/exams/aws-saa/notes/add/")
    page.get_by_label("Paste your notes").fill(f"# {name}\n\n" + "\n".join(lines))
    page.get_by_label("Name").fill(name)
    page.get_by_role("radio", name=re.compile("For everybody")).check()
    page.get_by_role("button", name="Make the cards").click()
    page.get_by_role("link", name="Look them over one by one").click()
    expect(page.locator("#place")).to_contain_text("1 of ")


def terms(name: str, count: int) -> list[str]:
    return [f"- {name} term {n}: the meaning that belongs to number {n}" for n in range(count)]


def left(page: Page) -> int:
    found = re.search(r"(\d+) left", page.locator("#place").inner_text())
    assert found
    return int(found[1])


def shown(page: Page) -> str:
    return page.locator(".draft[data-current] .face").inner_text()


def test_a_hundred_drafts_take_an_editor_less_than_five_minutes(
    page: Page, site: Quickstart
) -> None:
    hold_back(page, site, "Hundred", terms("Alpha", DRAFTS))
    began = time.monotonic()
    paints = []
    for number in range(100):
        before = left(page)
        pressed = time.monotonic()
        page.keyboard.press("x" if number % 4 == 3 else "a")
        expect(page.locator("#place")).to_contain_text(f"{before - 1} left")
        paints.append(time.monotonic() - pressed)
    expect(page.locator("#saved")).to_have_text("All saved", timeout=60_000)
    took = time.monotonic() - began
    print(f"100 drafts decided and saved in {took:.1f} s, slowest key {max(paints) * 1000:.0f} ms")
    assert took < LIMIT
    expect(page.locator("#over")).to_be_visible()
    expect(page.locator("#summary")).to_contain_text("Accepted: 75. Discarded: 25")
    page.get_by_role("link", name="Look at the next ones").click()
    expect(page.locator("#place")).to_contain_text("1 of ")


def test_what_is_decided_can_be_undone_changed_in_place_and_merged(
    page: Page, site: Quickstart
) -> None:
    hold_back(page, site, "Undone", terms("Beta", 6))
    first, all_of_them = shown(page), left(page)
    assert page.locator(".draft[data-current] .excerpt mark").count() > 0
    page.keyboard.press("x")
    assert shown(page) != first
    page.keyboard.press("z")
    assert shown(page) == first
    assert left(page) == all_of_them

    page.keyboard.press("e")
    back = page.get_by_label("Back", exact=True)
    back.fill("Words that must not be lost")
    page.reload()
    expect(back).to_have_value("Words that must not be lost")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#place")).to_contain_text(f"{all_of_them - 1} left")
    page.keyboard.press("k")
    assert "Words that must not be lost" in shown(page)

    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("#merge")).to_be_visible()
    assert faults(page) == []
    page.locator("#merge").get_by_role("button", name="Merge into this card").first.click()
    expect(page.locator("#place")).to_contain_text(f"{all_of_them - 2} left")
    expect(page.locator("#saved")).to_have_text("All saved")
    page.keyboard.press("z")
    expect(page.locator("#place")).to_contain_text(f"{all_of_them - 1} left")
    expect(page.locator("#saved")).to_have_text("All saved")
    page.reload()
    expect(page.locator("#place")).to_contain_text(f"{all_of_them - 1} left")


def test_decisions_wait_for_a_server_that_is_away(
    page: Page, site: Quickstart, complaints: list[str]
) -> None:
    hold_back(page, site, "Away", terms("Gamma", 6))
    context: BrowserContext = page.context
    count = left(page)
    context.set_offline(True)
    for _ in range(3):
        page.keyboard.press("a")
    expect(page.locator("#saved")).to_contain_text("3 not saved yet, trying again")
    context.set_offline(False)
    expect(page.locator("#saved")).to_have_text("All saved", timeout=30_000)
    page.reload()
    expect(page.locator("#place")).to_contain_text(f"{count - 3} left")
    complaints.clear()  # the browser tells of each request that did not get through


@pytest.mark.parametrize("width", [360])
def test_drafts_are_looked_over_by_touch_alone(
    open_browser: Callable[..., Page], site: Quickstart, width: int
) -> None:
    page = open_browser(viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True)
    hold_back(page, site, "Touched", terms("Delta", 5))
    count = left(page)
    tools = page.get_by_role("toolbar")
    tools.get_by_role("button", name="Accept").tap()
    expect(page.locator("#place")).to_contain_text(f"{count - 1} left")
    tools.get_by_role("button", name="Undo").tap()
    expect(page.locator("#place")).to_contain_text(f"{count} left")
    tools.get_by_role("button", name="Discard").tap()
    expect(page.locator("#saved")).to_have_text("All saved")
    assert faults(page) == []
