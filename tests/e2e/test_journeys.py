"""What the three people came for, from the first click to the last."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    ALL_SAVED,
    deck_with_progress,
    enter_as_demo_learner,
    rate,
    show_answer,
    sign_in,
    study_here,
)
from tests.exchange.anki_gate import assert_clean, import_into_anki
from tests.running import Quickstart

NOTE = """Photosynthesis

- Chlorophyll: the green pigment that absorbs light
- Stroma: the fluid in which the Calvin cycle runs
- Thylakoid: the membrane on which the light reactions run
- Stomata: pores through which a leaf takes in carbon dioxide
- The Calvin cycle needs 18 molecules of ATP to make one glucose.
"""


def test_the_demo_learner_studies_a_whole_day_by_keyboard_with_an_undo(page: Page) -> None:
    enter_as_demo_learner(page)
    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.locator("#card")).to_be_visible()
    show_answer(page)
    first = page.locator("#question").inner_text()
    rate(page, "1")
    page.keyboard.press("z")
    expect(page.locator("#question")).to_have_text(first)
    show_answer(page)
    page.keyboard.press("i")
    expect(page.locator("#source")).to_contain_text("line")
    rate(page, "3")
    left = int(page.locator("#left").inner_text().split()[0])
    assert left >= 19
    study_here(page, left)
    expect(page.locator("[data-face=done]")).to_be_visible()
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    page.get_by_role("link", name="Back to Today").click()
    expect(page.get_by_text(f"{left + 1} done today")).to_be_visible()


def test_a_learner_gives_a_note_watches_it_and_studies_a_card_of_it(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/notes/add/")
    page.get_by_label("Paste your notes").fill(NOTE)
    page.get_by_label("Name").fill("Photosynthesis")
    page.get_by_role("button", name="Make the cards").click()
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))
    expect(page.get_by_role("link", name="Study these cards now")).to_be_visible()
    page.get_by_role("link", name="Study these cards now").click()
    expect(page.locator("#path")).to_contain_text("Photosynthesis")
    show_answer(page)
    page.keyboard.press("i")
    with page.context.expect_page() as opening:
        page.locator("#source a").first.click()
    note = opening.value
    expect(note).to_have_url(re.compile(r"/notes/\d+/.*#L\d+"))
    expect(note.locator("#L3")).to_contain_text("Chlorophyll")


def test_a_learner_takes_a_quiz_and_sees_why(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/quizzes/")
    page.get_by_role("button", name="Quick").click()
    for number in range(1, 11):
        expect(page.locator("#place")).to_have_text(f"Question {number} of 10")
        if page.locator("#typed").is_visible():
            page.locator("#typed").fill("something")
        else:
            page.keyboard.press("1")
        page.locator("#next").click()
    page.locator("#hand-in").click()
    page.locator("#confirm-yes").click()
    expect(page).to_have_url(re.compile("/results/"))
    expect(page.get_by_text(re.compile("Your (answer|choice)")).first).to_be_visible()
    source = page.get_by_role("link", name=re.compile(r"line \d+")).first
    expect(source).to_have_attribute("href", re.compile(r"/notes/\d+/"))


def test_a_learner_takes_the_deck_to_anki(page: Page) -> None:
    enter_as_demo_learner(page)
    report = import_into_anki(deck_with_progress(page, "aws-saa"))
    assert_clean(report)
    assert len(report.deck_only.notes) >= 150


def test_what_an_instructor_publishes_the_learner_sees(
    open_browser: Callable[..., Page], site: Quickstart
) -> None:
    desk = open_browser()
    sign_in(desk, site, "instructor@example.org", "/admin/bank/card/")
    desk.get_by_role("link", name=re.compile("Add card", re.IGNORECASE)).first.click()
    desk.get_by_label("Topic", exact=False).first.select_option(index=1)
    desk.get_by_label("Front").fill("Which colour is the published card?")
    desk.get_by_label("Back").fill("Blue")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()
    desk.get_by_label("Back").fill("Green")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    desk.get_by_role("row", name=re.compile("Which colour")).get_by_role("checkbox").check()
    desk.locator("select[name=action]").select_option(label="Publish")
    desk.get_by_role("button", name="Go").or_(desk.get_by_role("button", name="Run")).click()
    expect(desk.get_by_role("row", name=re.compile("Which colour"))).to_contain_text("Published")

    learner = open_browser()
    enter_as_demo_learner(learner)
    found = learner.request.get("/api/v1/cards/?search=published card").json()["results"]
    assert [(card["front"], card["back"]) for card in found] == [
        ("Which colour is the published card?", "Green")
    ]


def test_a_bad_upload_is_told_and_what_was_typed_is_kept(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto("/exams/aws-saa/notes/add/")
    page.get_by_label("Name").fill("My page")
    page.get_by_label("Paste your notes").fill(
        "<!doctype html><html><body><script>alert(1)</script></body></html>"
    )
    page.get_by_role("button", name="Make the cards").click()
    expect(page.get_by_role("alert")).to_contain_text("This page has no text of its own")
    expect(page.get_by_label("Name")).to_have_value("My page")


@pytest.mark.journey
def test_the_demo_learner_studies_on_a_phone_by_touch_alone(
    open_browser: Callable[..., Page],
) -> None:
    phone = open_browser(
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        color_scheme="dark",
    )
    enter_as_demo_learner(phone)
    phone.goto("/exams/aws-saa/study/")
    expect(phone.locator("#card:visible, #more:visible")).to_be_visible()
    if phone.locator("#more").is_visible():
        phone.locator("#more").tap()
    expect(phone.locator("#card")).to_be_visible()
    for _ in range(3):
        while not phone.locator("#ratings").is_visible():
            phone.locator("#show").tap()
        phone.locator("#good").tap()
    last = phone.locator("#question").inner_text()
    phone.locator("footer [data-action=undo]").tap()
    expect(phone.locator("#ratings")).to_be_visible()
    phone.locator("#source-button").tap()
    expect(phone.locator("#source")).to_be_visible()
    phone.locator("#good").tap()
    expect(phone.locator("#question")).to_have_text(last)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
