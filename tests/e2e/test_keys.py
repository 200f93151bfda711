"""Keys of the study page that a learner chose for themselves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import enter_as_demo_learner

STUDY = "/exams/aws-saa/study/"


@pytest.fixture
def learner(page: Page) -> Iterator[Page]:
    """The demo learner, who gets the usual keys back for whoever comes next."""
    enter_as_demo_learner(page)
    yield page
    page.goto("/settings/keys/")
    page.get_by_role("button", name="Back to the usual keys").click()
    expect(page.get_by_text("The usual keys are back.")).to_be_visible()


def choose(page: Page, **keys: str) -> None:
    page.goto("/settings/")
    page.get_by_role("link", name="Choose other keys").click()
    for action, key in keys.items():
        page.locator(f"[name={action}]").fill(key)
    page.get_by_role("button", name="Save").click()


def test_the_chosen_keys_study_and_the_usual_ones_do_nothing(learner: Page) -> None:
    choose(learner, undo="b")
    error = learner.get_by_role("alert")
    expect(error).to_contain_text("B is also the key for “Not today”")
    choose(learner, next="n", rate3="l", undo="b", bury=";", source="7")
    expect(learner.get_by_text("Your keys are saved.")).to_be_visible()

    learner.goto(STUDY)
    expect(learner.locator("#card:visible, #more:visible").first).to_be_visible()
    if learner.locator("#more").is_visible():
        learner.locator("#more").click()
    expect(learner.locator("#card")).to_be_visible()
    first = learner.locator("#question").inner_text()
    expect(learner.locator("#show kbd")).to_have_text("N")
    learner.keyboard.press("Space")
    expect(learner.locator("#ratings")).to_be_hidden()
    for _ in range(30):
        if learner.locator("#ratings").is_visible():
            break
        learner.keyboard.press("n")
    learner.keyboard.press("7")
    expect(learner.locator("#source")).to_be_visible()
    learner.keyboard.press("3")
    expect(learner.locator("#question")).to_have_text(first)
    learner.keyboard.press("l")
    expect(learner.locator("#question")).not_to_have_text(first)
    learner.keyboard.press("z")
    expect(learner.locator("#question")).not_to_have_text(first)
    learner.keyboard.press("b")
    expect(learner.locator("#question")).to_have_text(first)
    learner.keyboard.press(";")
    expect(learner.locator("#said")).to_contain_text("until tomorrow")
    learner.keyboard.press("Control+z")
    expect(learner.locator("#question")).to_have_text(first)
    learner.keyboard.press("?")
    keys = learner.get_by_role("dialog", name="Keys")
    expect(keys.locator("dt").first).to_have_text("N")
    expect(keys.locator("dt", has_text=";")).to_be_visible()
