"""The pictures in the README are of the product as it is.

Run with PASSNOTES_SCREENSHOTS=docs to take them anew; otherwise they go to a folder of the test.
"""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.steps import enter_as_demo_learner, show_answer


def test_today_and_study_look_as_the_readme_shows_them(page: Page, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PASSNOTES_SCREENSHOTS", tmp_path))
    enter_as_demo_learner(page)
    page.screenshot(path=folder / "today.png")
    note = page.request.get("/api/v1/cards/?exam=aws-saa").json()["results"][-1]["sources"][0]
    page.goto(f"/exams/aws-saa/study/?note={note['note_id']}")
    expect(page.locator("#card")).to_be_visible()
    show_answer(page)
    page.keyboard.press("i")
    expect(page.locator("#source")).to_be_visible()
    page.screenshot(path=folder / "study.png")
    assert all((folder / f"{name}.png").stat().st_size > 10_000 for name in ("today", "study"))
