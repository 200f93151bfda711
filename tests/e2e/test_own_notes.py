"""A learner's own exam, from an empty page: its notes, what was unsure in them, and its quiz."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import rate, show_answer
from tests.e2e.test_triage import left
from tests.running import ROOT

LEAVES = """# Leaves

## Parts of a leaf

- Chlorophyll: the green pigment that absorbs light
- Stroma: the fluid in which the Calvin cycle runs
- Thylakoid: the membrane on which the light reactions run
- Stomata: pores through which a leaf takes in carbon dioxide

## The starch test

1. Boil the leaf in water
2. Warm the leaf in alcohol
3. Rinse the leaf with water
4. Add drops of iodine
"""
MEANINGS = {
    "Chlorophyll": "the green pigment that absorbs light",
    "Stroma": "the fluid in which the Calvin cycle runs",
    "Thylakoid": "the membrane on which the light reactions run",
    "Stomata": "pores through which a leaf takes in carbon dioxide",
}
STEPS = [
    "Boil the leaf in water",
    "Warm the leaf in alcohol",
    "Rinse the leaf with water",
    "Add drops of iodine",
]
TO_TRIAGE, LIMIT = 10, 60
AT_ODDS = """# Cells

- Ribosome: builds the proteins of a cell
- A human cell holds 46 chromosomes.
- A mouse cell holds 40 chromosomes.
- A horse cell holds 64 chromosomes.
- A human cell holds 48 chromosomes.
- A mouse cell holds 42 chromosomes.
- A horse cell holds 62 chromosomes.
"""


def make_exam(page: Page, title: str) -> None:
    """Somebody new signs up and makes an exam; the page to add its first note opens."""
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(f"{title.replace(' ', '-')}@example.org")
    for field in ("Password", "Password (again)"):
        page.get_by_label(field, exact=True).fill("a quiet photosynthetic leaf")
    page.get_by_role("button", name="Sign up").click()
    expect(page).to_have_url(re.compile("/today/"))
    page.goto("/exams/")
    page.get_by_label("What is the exam called?").fill(title)
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("heading", name="Add notes")).to_be_visible()


def give(page: Page, name: str, text: str) -> None:
    """Paste a note and wait until what came of it is shown."""
    page.get_by_label("Paste your notes").fill(text)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the cards").click()
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))
    expect(page.get_by_role("heading", name="What became of the lines")).to_be_visible()


def test_a_learner_looks_over_what_was_unsure_keeps_all_and_studies(page: Page) -> None:
    make_exam(page, "Cell biology")
    expect(page.get_by_label("Normal: up to 150 cards")).to_be_checked()
    give(page, "Cells", AT_ODDS)
    expect(page.get_by_role("row", name=re.compile("New [1-9]"))).to_be_visible()
    expect(page.get_by_role("heading", name="Need a look")).to_be_visible()
    expect(page.get_by_text("Keep all…")).to_have_count(0)
    run = page.url
    page.get_by_role("link", name="compare the lines").click()
    pairs = page.get_by_role("article")
    expect(pairs).to_have_count(3)
    expect(pairs.first.get_by_role("link", name=re.compile(r"Cells, line \d"))).to_have_count(2)
    for others in (2, 1, 0):
        page.get_by_role("button", name="I have seen to it").first.click()
        expect(pairs).to_have_count(others)
    page.goto(run)
    page.get_by_text("Keep all…").click()
    page.get_by_role("button", name=re.compile(r"Yes, keep \d")).click()
    expect(page.get_by_role("status")).to_contain_text("kept: they are asked from now on")
    expect(page.get_by_role("heading", name="Need a look")).to_be_hidden()
    page.get_by_role("link", name="Study these cards now").click()
    expect(page.locator("#path")).to_contain_text("Cells")
    show_answer(page)


@pytest.mark.journey
def test_somebody_new_has_triaged_ten_cards_and_reviewed_one_within_a_minute(page: Page) -> None:
    make_exam(page, "Modern history")
    notes = (ROOT / "content/samples/history-ocr.txt").read_text(encoding="utf-8")
    page.get_by_label("Paste your notes").fill(notes)
    began = time.monotonic()
    page.get_by_role("button", name="Make the cards").click()
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))
    expect(page.get_by_role("heading", name="What became of the lines")).to_be_visible()
    page.get_by_role("link", name="Look them over one by one").click()
    place = page.locator("#place")
    expect(place).to_contain_text("1 of ")
    waiting = left(page)
    for decided in range(1, TO_TRIAGE + 1):
        page.keyboard.press("x" if decided % 5 == 0 else "a")
        expect(place).to_contain_text(f"{waiting - decided} left")
    expect(page.locator("#saved")).to_have_text("All saved")
    page.goto("/today/")
    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.locator("#card")).to_be_visible()
    show_answer(page)
    rate(page, "3")
    expect(page.locator("#status-text")).to_have_text("All saved")
    took = time.monotonic() - began
    print(f"From a note to ten drafts decided and a card reviewed in {took:.1f} s")
    assert took < LIMIT


def answer_match(page: Page) -> None:
    for pair in page.locator("#pairs .pair").all():
        term = pair.locator("span").inner_text()
        pair.locator("select").select_option(label=MEANINGS[term])


def answer_order(page: Page) -> None:
    """Move each step to its place with the keyboard, from the first place down."""
    steps = page.locator("#steps li")
    for place, words in enumerate(STEPS):
        while steps.nth(place).locator("span.preline").inner_text() != words:
            step = steps.filter(has_text=words)
            step.get_by_role("button", name="Move up").press("Enter")


def test_a_learner_puts_steps_in_order_and_matches_terms(page: Page) -> None:
    make_exam(page, "Botany")
    give(page, "Leaves", LEAVES)
    page.goto(page.url)
    page.get_by_role("link", name="Botany").first.click()
    page.get_by_role("link", name="Quizzes").first.click()
    page.get_by_role("button", name="Quick").click()
    met = set()
    place = page.locator("#place")
    expect(place).to_contain_text("Question 1 of")
    count = int(place.inner_text().split()[-1])
    for number in range(1, count + 1):
        expect(place).to_have_text(f"Question {number} of {count}")
        if page.locator("#pairs").is_visible():
            answer_match(page)
            met.add("match")
        elif page.locator("#steps").is_visible():
            answer_order(page)
            met.add("order")
        elif page.locator("#typed").is_visible():
            page.locator("#typed").fill("something")
        else:
            page.keyboard.press("1")
        page.locator("#next").click()
    assert met == {"match", "order"}
    page.locator("#hand-in").click()
    page.locator("#confirm-yes").click()
    expect(page).to_have_url(re.compile("/results/"))
    for stem in ("which order is right", "which meaning goes with which term"):
        marked = page.get_by_role("article").filter(has_text=stem)
        expect(marked.locator(".verdict").first).to_have_text("Right")
        expect(marked.get_by_role("link", name=re.compile("Leaves, lines? \\d"))).not_to_have_count(
            0
        )
