"""Every page can be used by everybody: in light and dark, on a phone and on a desk."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.config.doors import ACCOUNTS, PAGES
from tests.e2e.axe import faults
from tests.e2e.keyboard import assert_led_by_tab
from tests.e2e.steps import enter_as_demo_learner, show_answer, sign_in
from tests.running import Quickstart

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 360)]
NOTE = """# Leaves

- Stoma: a pore through which a leaf takes in carbon dioxide
- Stoma: a hole that a nail leaves in a wall
- Chlorophyll is probably the green pigment, or maybe not, ask again
- Bark: hard tissue
- Petal: soft leaf
"""
# What no link of a learner's pages leads to: signing in and out, files, and what asks back.
NOT_WALKED = {
    "healthz",
    "demo",
    "export_download",
    "download_data",
    "account_logout",
    "account_inactive",
    "account_set_password",
    "account_confirm_email",
    "account_reset_password_from_key",
    "account_confirm_login_code",
}
BROKEN = """<html><head><title>Broken</title></head><body><main><h1>Broken</h1>
<img src="data:,"><button></button><input><p style="color:#aaa;background:#fff">Pale words</p>
</main></body></html>"""
PLANTED = {"html-has-lang", "image-alt", "button-name", "label", "color-contrast"}


def looks(page: Page) -> Iterator[str]:
    """Show the page in each look, one after the other."""
    for scheme, width in LOOKS:
        dark = scheme == "dark"
        # A colour on its way from one theme to the other is no colour anybody reads.
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        yield f"{scheme}, {width} px"


def assert_usable(page: Page) -> None:
    """No fault in any look, and nothing that has to be scrolled sideways."""
    for look in looks(page):
        page.evaluate("() => scrollTo(0, 0)")  # what a bar covers can be scrolled out from under it
        assert not (found := faults(page)), f"{page.url}, {look}: {found}"
        overflow = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{page.url}, {look}: {overflow} px too wide"


def route(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


def use_the_site(page: Page) -> None:
    """Give a note and hand in a quiz, looking at the pages on the way that no link leads to."""
    page.goto("/exams/aws-saa/notes/add/")
    page.get_by_label("Paste your notes").fill(NOTE)
    page.get_by_label("Name").fill("Leaves")
    page.get_by_role("button", name="Make the cards").click()
    expect(page.get_by_role("link", name="Study these cards now")).to_be_visible()
    assert_usable(page)
    page.get_by_role("link", name="Look them over one by one").click()
    expect(page.locator(".draft[data-current]")).to_be_visible()
    assert_usable(page)
    page.keyboard.press("e")
    expect(page.locator(".draft[data-current] textarea").first).to_be_visible()
    assert_usable(page)
    page.goto("/exams/aws-saa/quizzes/")
    page.get_by_role("button", name="Quick").click()
    expect(page.locator("#place")).to_have_text(re.compile("Question 1"))
    assert_usable(page)
    for number in range(1, 11):
        expect(page.locator("#place")).to_have_text(f"Question {number} of 10")
        page.locator("#next").click()
    assert_usable(page)
    page.locator("#hand-in").click()
    page.locator("#confirm-yes").click()
    expect(page).to_have_url(re.compile("/results/"))


def walk(page: Page, first: str) -> dict[str, str]:
    """Follow links as a learner would; returns an address for each route that was met."""
    met: dict[str, str] = {}
    waiting = [first]
    while waiting:
        page.goto(waiting.pop(0))
        links = page.eval_on_selector_all(
            "main a[href], .menu a[href]", "(links) => links.map((link) => link.href)"
        )
        for link in links:
            if link.startswith(page.evaluate("() => location.origin")):
                name = route(link)
                if name in PAGES | ACCOUNTS and name not in met and name not in NOT_WALKED:
                    met[name] = link
                    waiting.append(link)
    return met


@pytest.mark.journey
def test_every_page_a_learner_meets_is_usable_by_everybody(page: Page) -> None:
    enter_as_demo_learner(page)
    use_the_site(page)
    met = walk(page, page.url) | walk(page, "/today/")
    assert {"today", "exam", "note", "study", "quizzes", "settings", "export", "stats"} <= set(met)
    assert {"cards", "card", "new_card", "close_account", "keys"} <= set(met)
    assert {"account_email", "account_change_password", "mfa_index", "usersessions_list"} <= set(
        met
    )
    for address in [*met.values(), "/exams/aws-saa/triage/"]:
        page.goto(address)
        assert_usable(page)
        page.goto(address)
        assert_led_by_tab(page)


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/accounts/signup/"])
def test_who_is_not_signed_in_meets_usable_pages_too(page: Page, address: str) -> None:
    page.goto(address)
    assert_usable(page)


def test_a_card_its_answer_its_source_and_the_keys_are_usable(page: Page) -> None:
    enter_as_demo_learner(page)
    page.get_by_role("link", name=re.compile("^(Start|Go on)$")).first.click()
    expect(page.locator("#card")).to_be_visible()
    assert_usable(page)
    show_answer(page)
    page.keyboard.press("i")
    expect(page.locator("#source")).to_be_visible()
    assert_usable(page)
    for key, dialog in (("?", "keys"), ("f", "flag"), ("e", "edit")):
        page.keyboard.press(key)
        expect(page.locator(f"#{dialog}")).to_be_visible()
        assert_usable(page)
        page.keyboard.press("Escape")
    page.locator("#more-actions").click()
    assert_usable(page)


def test_the_page_without_the_server_is_usable_too(page: Page) -> None:
    page.goto("/offline/")
    expect(page.get_by_text("No cards are kept on this device yet")).to_be_visible()
    assert_usable(page)


def test_the_pages_of_questions_in_and_out_are_usable_by_everybody(
    page: Page, site: Quickstart, tmp_path: Path
) -> None:
    sign_in(page, site, "instructor@example.org", "/exams/aws-saa/questions/exchange/")
    assert_usable(page)
    page.goto("/exams/aws-saa/questions/exchange/?form=aiken")
    expect(page.get_by_text("This format cannot hold everything")).to_be_visible()
    assert_usable(page)
    file = tmp_path / "leaves.gift"
    file.write_text(f"{'Is a leaf green, or is it ' * 9}?{{T}}\n\nWrite about leaves.{{}}\n")
    page.get_by_label("File of questions").set_input_files(file)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", name="Before anything changes")).to_be_visible()
    assert_usable(page)
    page.get_by_role("link", name="Cannot be taken").click()
    assert_usable(page)


def test_practice_that_tells_its_answers_and_a_timed_paper_are_usable(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/quizzes/")
    page.locator("#custom > summary").click()
    assert_usable(page)
    page.get_by_label("Several right choices").check()
    page.get_by_label("Minutes").fill("30")
    page.get_by_role("button", name="Start this quiz").click()
    expect(page.locator("#timer")).to_be_visible()
    page.keyboard.press("Shift+Digit2")
    expect(page.locator(".option[data-struck]")).to_have_count(1)
    page.keyboard.press("Digit1")
    page.get_by_role("button", name="Tell me the answer").click()
    expect(page.locator("#verdict")).to_be_visible()
    assert_usable(page)
    page.get_by_role("button", name="Look over and hand in").click()
    page.locator("#hand-in").click()
    expect(page.locator("#confirm")).to_be_visible()
    assert_usable(page)


def test_planted_faults_are_found(page: Page) -> None:
    page.set_content(BROKEN)
    found = {fault.split(":")[0] for fault in faults(page)}
    assert found >= PLANTED


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<button tabindex="2">Last</button><button tabindex="1">First</button>', "went"),
        ("<button onkeydown='event.preventDefault()'>Trap</button><button>Next</button>", "Next"),
        ('<button style="outline: none">Pale</button>', "no focus to be seen"),
    ],
)
def test_planted_faults_of_the_keyboard_are_found(page: Page, planted: str, found: str) -> None:
    page.set_content(planted)
    with pytest.raises(AssertionError, match=found):
        assert_led_by_tab(page)
