"""No answer is lost and none counts twice, whatever dies on the way.

PASSNOTES_TIMES=5 runs these five times, and kills the server six times in each, not thrice.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.faults import Stored, lasting_browser, losing_proxy, stored
from tests.e2e.steps import ALL_SAVED, add_prompts, enter_as_demo_learner, wait_until_kept
from tests.running import Quickstart

TIMES = range(int(os.environ.get("PASSNOTES_TIMES", "1")))
KILLS = 6 if len(TIMES) > 1 else 3
STUDY = "/exams/aws-saa/study/"


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Quickstart]:
    """A site that a test may kill and start again; whatever runs at the end is stopped."""
    site = Quickstart(tmp_path / "site").start()
    yield site
    if site.process.poll() is None:
        site.kill()


def open_study(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(STUDY)
    expect(page.locator("#card")).to_be_visible()
    return page


def begin(context: BrowserContext) -> Page:
    """The demo learner's study page with a long day ahead, kept on the device."""
    page = context.new_page()
    enter_as_demo_learner(page)
    page.goto(STUDY)
    add_prompts(page, 100)
    page.reload()
    expect(page.locator("#card")).to_be_visible()
    wait_until_kept(page, STUDY)
    return page


def answer(page: Page, cards: int) -> None:
    """Answer as fast as the keys go."""
    for _ in range(cards):
        page.keyboard.press("Enter")
        page.keyboard.press("3")


def restarted(site: Quickstart) -> Quickstart:
    site.kill()
    return Quickstart(site.data, site.port).start()


def held_after_return(dead: Quickstart, page: Page) -> Stored:
    """Start a dead site again and return what it holds once the page has sent everything."""
    again = Quickstart(dead.data, dead.port).start()
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    page.context.close()
    held = stored(again)
    again.kill()
    return held


@pytest.mark.journey
@pytest.mark.parametrize("time", TIMES)
def test_a_hundred_cards_survive_a_dead_server_a_closed_tab_and_a_new_browser(
    time: int, own_site: Quickstart, playwright: Playwright, tmp_path: Path
) -> None:
    context = lasting_browser(playwright, tmp_path / "browser", own_site.address)
    page = begin(context)
    answer(page, 50)
    own_site.kill()
    answer(page, 15)
    page.keyboard.press("z")
    page.keyboard.press("z")
    answer(page, 2)
    expect(page.locator("#status")).to_contain_text("kept here")
    page.reload()
    expect(page.locator("#card")).to_be_visible()
    answer(page, 15)
    page.close()
    page = open_study(context)
    answer(page, 20)
    context.close()
    context = lasting_browser(playwright, tmp_path / "browser", own_site.address)
    page = open_study(context)
    expect(page.locator("#status")).to_contain_text("kept here")
    held = held_after_return(own_site, page)
    assert (held.answers, held.undos, len(held.standing)) == (102, 2, 100)
    assert held.is_each_once


def answer_by_touch(page: Page, cards: int) -> None:
    for _ in range(cards):
        while not page.locator("#ratings").is_visible():
            page.locator("#show").tap()
        page.locator("#good").tap()


@pytest.mark.journey
@pytest.mark.parametrize("time", TIMES)
def test_on_a_phone_by_touch_alone_nothing_is_lost_either(
    time: int, own_site: Quickstart, playwright: Playwright, tmp_path: Path
) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    context = lasting_browser(playwright, tmp_path / "browser", own_site.address, **phone)
    page = begin(context)
    answer_by_touch(page, 15)
    put_off = page.locator("#question").inner_text()
    page.locator("#more-actions").tap()
    page.get_by_role("button", name="Not today").tap()
    expect(page.locator("#question")).not_to_have_text(put_off)
    own_site.kill()
    answer_by_touch(page, 20)
    for _ in range(2):
        page.locator("footer [data-action=undo]").tap()
    page.locator("#source-button").tap()
    expect(page.locator("#source")).to_be_visible()
    answer_by_touch(page, 2)
    expect(page.locator("#status")).to_contain_text("kept here")
    page.close()
    page = open_study(context)
    answer_by_touch(page, 10)
    context.close()
    context = lasting_browser(playwright, tmp_path / "browser", own_site.address, **phone)
    page = open_study(context)
    answer_by_touch(page, 15)
    held = held_after_return(own_site, page)
    assert (held.answers, held.undos, len(held.standing)) == (62, 2, 60)
    assert held.is_each_once


@pytest.mark.parametrize("time", TIMES)
def test_lost_responses_killed_servers_and_two_tabs_change_nothing(
    time: int, own_site: Quickstart, playwright: Playwright, tmp_path: Path
) -> None:
    site = own_site
    with losing_proxy(site, share=1 / 3, seed=time) as address:
        context = lasting_browser(playwright, tmp_path / "browser", address)
        page = begin(context)
        for kill in range(KILLS):
            answer(page, 84 // KILLS)
            site = restarted(site)
            if kill == 1:
                other = context.new_page()
                other.goto(STUDY)
                expect(other.get_by_text("studying in another tab")).to_be_visible()
                page.close()
                page = other
                expect(page.locator("#card")).to_be_visible()
        answer(page, 16)
        expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
        context.close()
    held = stored(site)
    site.kill()
    assert (held.answers, held.undos, len(held.standing)) == (100, 0, 100)
    assert held.is_each_once
