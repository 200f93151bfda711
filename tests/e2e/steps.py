"""What people do again and again."""

import re

from playwright.sync_api import Page, expect

from tests.running import Quickstart

COURSE = "AWS Solutions Architect Associate"
ALL_SAVED = "All saved"


def enter_as_demo_learner(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Try it as the demo learner").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()


def deck_with_progress(page: Page, exam: str) -> bytes:
    """Have the deck of an exam made with one's progress, and return the file."""
    page.goto(f"/exams/{exam}/export/")
    page.get_by_label("Deck with my progress").check()
    page.get_by_role("button", name="Make the file").click()
    link = page.get_by_role("link", name="Download").first
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as coming:
        link.click()
    return coming.value.path().read_bytes()


def sign_in(page: Page, site: Quickstart, email: str, then: str) -> None:
    page.goto(f"/accounts/login/?next={then}")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(site.passwords[email])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(re.escape(then)))


def show_answer(page: Page) -> None:
    """Press Space until everything is shown; a list shows one item each time."""
    for _ in range(30):
        if page.locator("#ratings").is_visible():
            return
        page.keyboard.press("Space")
    expect(page.locator("#ratings")).to_be_visible()


def rate(page: Page, key: str) -> None:
    """Rate the card and wait for the next one, or for the end of the session."""
    page.keyboard.press(key)
    expect(page.locator("#ratings")).to_be_hidden()


def study_here(page: Page, cards: int) -> None:
    expect(page.locator("#card")).to_be_visible()
    for _ in range(cards):
        show_answer(page)
        rate(page, "3")


IS_KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    if (await (await caches.open(name)).match(path, { ignoreVary: true })) return true;
  }
  return false;
}"""


def wait_until_kept(page: Page, path: str) -> None:
    """Wait until the browser can open this page without the server."""
    for _ in range(200):
        if page.evaluate(IS_KEPT, path):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} was not kept")


ADD = """async (prompts) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const { enrolment } = document.getElementById("study").dataset;
  const answer = await fetch(`/api/v1/enrolments/${enrolment}/more/`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ prompts }),
  });
  return answer.status;
}"""


def add_prompts(page: Page, prompts: int) -> None:
    """Make today longer; the page is one of studying."""
    assert page.evaluate(ADD, prompts) == 200
