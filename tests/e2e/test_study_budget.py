"""What the first visit to the study page costs: requests and bytes, compressed as at scale."""

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from tests.e2e.steps import add_prompts, enter_as_demo_learner
from tests.running import Quickstart

STUDY = "/exams/aws-saa/study/"
KILOBYTE = 1000


def packed(answers: list[Response]) -> int:
    """How many bytes these bodies take on the way to a browser."""
    return sum(len(gzip.compress(answer.body())) for answer in answers)


def test_the_first_visit_is_small_and_asks_nobody_else(
    page: Page, open_browser: Callable[..., Page], site: Quickstart
) -> None:
    enter_as_demo_learner(page)
    page.goto(STUDY)
    expect(page.locator("#left")).to_contain_text("left")
    add_prompts(page, 80)
    visit = open_browser(storage_state=page.context.storage_state())
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    visit.on("response", heard)
    visit.goto(STUDY)
    expect(visit.locator("#card")).to_be_visible()
    visit.wait_for_load_state("networkidle")
    origins = {urlsplit(answer.url).netloc for answer in answers}
    assert origins == {urlsplit(site.address).netloc}
    assert len({answer.url for answer in answers}) <= 12, [answer.url for answer in answers]
    scripts = [answer for answer in answers if answer.request.resource_type == "script"]
    assert len(scripts) > 1
    assert packed(scripts) <= 30 * KILOBYTE
    assert packed(answers) <= 60 * KILOBYTE
