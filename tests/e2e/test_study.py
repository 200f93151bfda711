"""The study page: everything by key and by touch, with and without the server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    ALL_SAVED,
    enter_as_demo_learner,
    rate,
    show_answer,
    sign_in,
    wait_until_kept,
)
from tests.running import Quickstart

STUDY = "/exams/aws-saa/study/"
INSTRUCTOR = "instructor@example.org"
NO_NETWORK = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
PLANTS = """# Plants

- Chlorophyll: the green pigment
- Stomata: small pores

## Steps of the starch test

1. Boil the leaf
2. Warm it in alcohol
3. Rinse it
4. Add iodine
"""
# A card of the learner's own is edited at once.
REWORD = re.compile("Suggest other words|Edit this card")
REFUSED = "Failed to load resource: the server responded with a status of 401 (Unauthorized)"


def begin(page: Page) -> None:
    """The demo learner before a card, with some left for today."""
    enter_as_demo_learner(page)
    page.goto(STUDY)
    expect(page.locator("#card:visible, #more:visible").first).to_be_visible()
    if page.locator("#more").is_visible():
        page.locator("#more").click()
    expect(page.locator("#card")).to_be_visible()


def question(page: Page) -> str:
    return page.locator("#question").inner_text()


def left(page: Page) -> int:
    return int(page.locator("#left").inner_text().split()[0])


@pytest.fixture
def own(page: Page) -> Page:
    """A page on which somebody new studies the cards of a short note of their own."""
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("plants@example.org")
    for field in ("Password", "Password (again)"):
        page.get_by_label(field, exact=True).fill("a quiet photosynthetic leaf")
    page.get_by_role("button", name="Sign up").click()
    if page.get_by_text("already").count():
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill("plants@example.org")
        page.get_by_label("Password").fill("a quiet photosynthetic leaf")
        page.get_by_role("button", name="Sign in").click()
    page.goto("/exams/")
    page.get_by_label("What is the exam called?").fill("Plants")
    page.get_by_role("button", name="Make").click()
    page.get_by_label("Paste your notes").fill(PLANTS)
    page.get_by_label("Name").fill("Plants")
    page.get_by_role("button", name="Make the cards").click()
    page.get_by_role("link", name="Study these cards now").click()
    expect(page.locator("#card")).to_be_visible()
    return page


def skip_to(page: Page, words: str | re.Pattern[str]) -> None:
    """Answer until a card asks this."""
    for _ in range(40):
        if re.search(words, question(page)):
            return
        page.keyboard.press("Enter")
        page.keyboard.press("3")
    raise AssertionError(f"no card asks {words}")


def test_the_page_opens_without_the_server_and_leads_to_itself(
    page: Page, complaints: list[str]
) -> None:
    begin(page)
    wait_until_kept(page, STUDY)
    asked, count = question(page), left(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#question")).to_have_text(asked)
    show_answer(page)
    rate(page, "3")
    expect(page.locator("#status")).to_contain_text("1 answer kept here")
    page.goto("/today/")
    expect(page.get_by_role("heading", name="The server cannot be reached")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Study")).click()
    expect(page.locator("#left")).to_contain_text(f"{count - 1} left")
    page.keyboard.press("z")
    expect(page.locator("#question")).to_have_text(asked)
    page.context.set_offline(False)
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    expect(page.locator("#question")).to_have_text(asked)
    assert set(complaints) <= {NO_NETWORK}
    complaints.clear()


def test_undo_goes_back_fifty_steps_after_saving_and_a_reload(page: Page) -> None:
    begin(page)
    answered = []
    for _ in range(5):
        answered.append(question(page))
        show_answer(page)
        rate(page, "3")
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    page.reload()
    expect(page.locator("#card")).to_be_visible()
    while answered:
        page.keyboard.press("z")
        expect(page.locator("#question")).to_have_text(answered.pop())
    expect(page.locator("footer [data-action=undo]")).to_be_disabled()


@pytest.mark.journey
def test_answers_wait_for_their_owner_and_nobody_else_sees_the_cards(
    page: Page, site: Quickstart, complaints: list[str]
) -> None:
    begin(page)
    wait_until_kept(page, STUDY)
    page.context.clear_cookies(name="sessionid")
    for _ in range(3):
        show_answer(page)
        rate(page, "3")
    last = question(page)
    expect(page.locator("#status")).to_contain_text("Sign in again to save 3 answers")
    sign_in(page, site, INSTRUCTOR, "/today/")
    page.goto("/exams/aws-saa/")
    join = page.get_by_role("button", name="Study this exam")
    if join.count():
        join.first.click()
    page.goto(STUDY)
    expect(page.locator("#card:visible, #done-title:visible").first).to_be_visible()
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    expect(page.locator("#left")).not_to_contain_text("kept")
    page.get_by_role("link", name="Today").click()
    page.get_by_text("Account menu").locator("..").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Try it as the demo learner")).to_be_visible()
    assert page.evaluate(
        """async () => {
          const open = (name) => new Promise((done) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => done(request.result);
          });
          const count = (store) => new Promise((done) => {
            const request = store.count();
            request.onsuccess = () => done(request.result);
          });
          const names = (await indexedDB.databases()).map(({ name }) => name);
          let kept = 0;
          for (const name of names.filter((each) => each.startsWith("passnotes-study-"))) {
            const database = await open(name);
            kept += await count(database.transaction("prompts").objectStore("prompts"));
            database.close();
          }
          return [names.length, kept];
        }"""
    ) == [2, 0]
    assert not page.evaluate("() => caches.match('/exams/aws-saa/study/')")
    enter_as_demo_learner(page)
    page.goto(STUDY)
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    expect(page.locator("#question")).to_have_text(last)
    assert set(complaints) <= {REFUSED, REFUSED.replace("401 (Unauthorized)", "403 (Forbidden)")}
    complaints.clear()


@pytest.mark.journey
def test_a_list_is_shown_item_by_item_and_what_was_missed_counts(own: Page) -> None:
    skip_to(own, "starch test")
    expect(own.locator("#show-text")).to_have_text("Show item 1 of 4")
    own.keyboard.press("Space")
    expect(own.locator("#steps li")).to_have_text(["Boil the leaf"])
    own.keyboard.press("Space")
    own.keyboard.press("m")
    missed = own.locator("#steps [aria-pressed=true]")
    expect(missed).to_have_text(["Warm it in alcohol"])
    own.keyboard.press("Enter")
    expect(own.locator("#ratings .suggested")).to_contain_text("Hard")
    own.locator("#steps button").nth(3).click()
    expect(own.locator("#ratings .suggested")).to_contain_text("Again")
    own.locator("#steps button").nth(3).click()
    own.locator("#steps button").nth(1).click()
    expect(own.locator("#ratings .suggested")).to_contain_text("Good")


@pytest.mark.journey
def test_a_typed_answer_is_held_against_what_was_meant(own: Page) -> None:
    own.keyboard.press("t")
    expect(own.locator("#said")).to_contain_text("typed from now on")
    skip_to_typed(own)
    own.locator("#typed").fill("nonsense")
    own.keyboard.press("Enter")
    expect(own.locator("#typed-answer")).to_contain_text("You typed:")
    expect(own.locator("#typed-answer del").first).to_be_visible()
    expect(own.locator("#ratings .suggested")).to_contain_text("Again")
    meant = own.locator("#answer mark").or_(own.locator("#answer")).last.inner_text()
    own.keyboard.press("3")
    own.keyboard.press("z") if own.locator("#typing").is_hidden() else own.locator(
        "footer [data-action=undo]"
    ).click()
    expect(own.locator("#answer")).to_contain_text(meant)
    own.reload()
    skip_to_typed(own)
    own.locator("#typed").fill("x")
    own.keyboard.press("Enter")
    expect(own.locator("#ratings")).to_be_visible()


def skip_to_typed(page: Page) -> None:
    """Answer until a card is short enough to be typed."""
    expect(page.locator("#card")).to_be_visible()
    for _ in range(40):
        if page.locator("#typing").is_visible():
            return
        page.keyboard.press("Enter")
        page.keyboard.press("3")
    raise AssertionError("no card can be typed")


def test_two_buttons_are_enough_for_who_wants_no_more(own: Page) -> None:
    study = own.url
    own.goto("/settings/")
    own.get_by_label("Two: Again, Good").check()
    own.get_by_role("button", name="Save").first.click()
    expect(own.get_by_text("Your settings are saved")).to_be_visible()
    own.goto(study)
    expect(own.locator("#card")).to_be_visible()
    show_answer(own)
    expect(own.locator("#ratings button:visible")).to_have_count(2)
    own.keyboard.press("4")
    expect(own.locator("#ratings")).to_be_visible()
    count = left(own)
    rate(own, "2")
    expect(own.locator("#left")).to_contain_text(f"{count - 1} left")
    skip_to(own, "starch test: name")
    own.keyboard.press("Space")
    own.keyboard.press("m")
    own.keyboard.press("Enter")
    expect(own.locator("#ratings .suggested")).to_contain_text("Again")


def test_a_card_is_put_away_reported_and_reworded_by_key(page: Page) -> None:
    begin(page)
    first, count = question(page), left(page)
    page.keyboard.press("b")
    expect(page.locator("#said")).to_contain_text("until tomorrow")
    expect(page.locator("#left")).to_contain_text(f"{count - 1} left")
    page.keyboard.press("s")
    expect(page.locator("#said")).to_contain_text("Suspended")
    page.keyboard.press("z")
    page.keyboard.press("z")
    expect(page.locator("#question")).to_have_text(first)
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    page.reload()
    expect(page.locator("#left")).to_contain_text(f"{count} left")
    page.keyboard.press("f")
    page.get_by_label("It is out of date").check()
    page.get_by_label("In your words").fill("There is a newer one.")
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("#said")).to_contain_text("reported")
    page.keyboard.press("e")
    page.get_by_label("Explanation").fill("Said in other words.")
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.locator("#said")).to_contain_text("with those who edit")
    expect(page.locator("#question")).to_have_text(first)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@pytest.mark.journey
def test_who_owns_a_card_reads_its_line_edits_it_and_goes_on_where_they_were(own: Page) -> None:
    skip_to(own, "^(?!.*starch)")
    show_answer(own)
    own.keyboard.press("i")
    with own.context.expect_page() as opening:
        own.locator("#source a").first.click()
    note = opening.value
    expect(note).to_have_url(re.compile(r"/notes/\d+/.*#L\d+"))
    note.close()
    count = left(own)
    own.keyboard.press("e")
    own.get_by_label("Explanation").fill("As my notes say.")
    own.get_by_role("button", name="Save").click()
    expect(own.locator("#explanation")).to_have_text("As my notes say.")
    expect(own.locator("#ratings")).to_be_visible()
    assert left(own) == count


@pytest.mark.journey
def test_everything_can_be_done_by_touch(open_browser: Callable[..., Page]) -> None:
    phone = open_browser(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    begin(phone)
    first = question(phone)
    for name, said in (("Not today", "until tomorrow"), ("Suspend: never ask it", "Suspended")):
        phone.locator("#more-actions").tap()
        phone.get_by_role("button", name=name).tap()
        expect(phone.locator("#said")).to_contain_text(said)
    for _ in range(2):
        phone.locator("footer [data-action=undo]").tap()
    expect(phone.locator("#question")).to_have_text(first)
    dialogs: tuple[tuple[str | re.Pattern[str], str | re.Pattern[str]], ...] = (
        ("Something is wrong with it", "What is wrong with this card?"),
        (REWORD, REWORD),
        ("Keys", "Keys"),
    )
    for action, dialog in dialogs:
        phone.locator("#more-actions").tap()
        phone.locator("#menu").get_by_role("button", name=action).tap()
        opened = phone.get_by_role("dialog", name=dialog)
        expect(opened).to_be_visible()
        opened.get_by_role("button", name=re.compile("Cancel|Close")).tap()
    while not phone.locator("#ratings").is_visible():
        phone.locator("#show").tap()
    phone.locator("#more-actions").tap()
    phone.get_by_role("button", name="Where it stands in my notes").tap()
    expect(phone.locator("#source")).to_be_visible()
    small = phone.eval_on_selector_all(
        "button",
        """(buttons) => buttons.filter((button) => button.checkVisibility())
          .filter((button) => button.getBoundingClientRect().height < 44)
          .map((button) => button.textContent)""",
    )
    assert small == []
