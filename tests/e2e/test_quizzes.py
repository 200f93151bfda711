"""A mock exam that loses nothing, a paper that tells nothing, and practice that leads to study."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.steps import enter_as_demo_learner
from tests.running import Quickstart

CODE = "aws-saa"
START = f"/exams/{CODE}/quizzes/"
SHARES = [19, 17, 16, 13]
FORBIDDEN = r'is_correct|fraction|"(key|why|explanation|accepted|seed)"'
LONG_ENOUGH = 6
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d")
OUTAGE = re.compile(r"ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INTERNET_DISCONNECTED|EMPTY)")
ITEM_FIELDS = {
    "index", "kind", "stimulus", "stem", "options", "targets", "choose", "response", "flagged",
    "seq", "spent_ms", "is_checked",
}  # fmt: skip


@pytest.fixture
def outages(open_browser: Callable[..., Page], complaints: list[str]) -> Iterator[None]:
    """The browser says so when a server that was killed does not answer; that is no fault."""
    yield
    complaints[:] = [each for each in complaints if not OUTAGE.search(each)]


def begin(page: Page, button: str | re.Pattern[str]) -> str:
    """Begin a quiz; returns its address in the API."""
    page.goto(START)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#place")).to_contain_text("Question 1 of")
    return f"/api/v1/attempts/{page.url.split('/attempts/')[1].split('/')[0]}/"


def ask(page: Page, address: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(address).json()
    return answer


def answer_here(page: Page) -> list[str]:
    """Give an answer to the question in view, whatever its kind; returns it as it is stored."""
    if page.locator("#typed").is_visible():
        page.locator("#typed").fill("twelve apples")
        return ["twelve apples"]
    if page.locator("#pairs").is_visible():
        terms = page.locator("#pairs select")
        for place in range(terms.count()):
            terms.nth(place).select_option(index=place + 1)
        return [f"o{place}=m{place}" for place in range(1, terms.count() + 1)]
    if page.locator("#steps").is_visible():
        page.locator("#keep-order").click()
        return [f"o{place}" for place in range(1, page.locator("#steps li").count() + 1)]
    page.keyboard.press("1")
    return ["o1"]


def answer_from(page: Page, first: int, last: int, given: dict[int, list[str]]) -> None:
    """Answer these questions one after the other, by keyboard where it serves."""
    page.evaluate(
        "index => { document.querySelectorAll('#map-list button')[index - 1].click(); }", first
    )
    for index in range(first, last + 1):
        expect(page.locator("#place")).to_have_text(re.compile(f"^Question {index} of"))
        given[index] = answer_here(page)
        page.locator("#next").click()


def time_passes(site: Quickstart, seconds: int) -> None:
    """Let the server's time run ahead of all that is under way, without waiting for it."""
    moved = ", ".join(
        f"{column} = strftime('%Y-%m-%d %H:%M:%f', {column}, '-{seconds} seconds')"
        for column in ("started_at", "deadline")
    )
    with closing(sqlite3.connect(site.data / "passnotes.sqlite3", timeout=30)) as database:
        database.execute(f"UPDATE quizzes_attempt SET {moved} WHERE submitted_at IS NULL")  # noqa: S608
        database.commit()


def seconds_shown(page: Page) -> int:
    """The time that the player shows, in seconds."""
    expect(page.locator("#timer")).to_have_text(re.compile(r"\d:\d\d"))
    parts = [int(part) for part in page.locator("#timer").inner_text().split(":")]
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))


def sit_the_first_part(page: Page, site: Quickstart, given: dict[int, list[str]]) -> None:
    """Answer 45 questions, meanwhile the server dies twice and the network once."""
    answer_from(page, 1, 10, given)
    page.keyboard.press("f")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    site.kill()
    answer_from(page, 11, 20, given)
    expect(page.locator("#saved")).to_contain_text("kept on this device")
    site.start()
    expect(page.locator("#saved")).to_have_text(SAVED)

    page.context.set_offline(True)
    answer_from(page, 21, 30, given)
    expect(page.locator("#saved")).to_contain_text("kept on this device")
    before = seconds_shown(page)
    page.clock.fast_forward("02:00")
    time_passes(site, 120)
    assert before - seconds_shown(page) in range(120, 140)
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(SAVED)

    answer_from(page, 31, 40, given)
    site.kill()
    answer_from(page, 41, 45, given)
    site.start()
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_a_mock_exam_survives_two_dead_servers_a_disconnect_and_another_browser(
    open_browser: Callable[..., Page], site: Quickstart, outages: None
) -> None:
    given: dict[int, list[str]] = {}
    first = open_browser(viewport={"width": 1280, "height": 800})
    first.clock.install()
    enter_as_demo_learner(first)
    address = begin(first, re.compile("Mock exam"))
    paper = ask(first, address)
    assert (len(paper["items"]), paper["attempt"]["minutes"]) == (65, 130)
    sit_the_first_part(first, site, given)
    first.context.close()

    second = open_browser(viewport={"width": 1280, "height": 800})
    enter_as_demo_learner(second)
    second.goto(START)
    second.get_by_role("button", name=re.compile("Go on with Mock exam")).click()
    stored = ask(second, address)
    answered = [item for item in stored["items"] if item["response"]]
    assert {item["index"]: item["response"] for item in answered} == given
    assert [item["index"] for item in stored["items"] if item["flagged"]] == [11]
    assert abs(seconds_shown(second) - stored["remaining_ms"] / 1000) < 5
    assert stored["remaining_ms"] < (130 - 2) * 60_000, "the two minutes are gone"
    answer_from(second, 46, 65, given)
    expect(second.locator("#saved")).to_have_text(SAVED)

    # The time runs out: the player hands in by itself, with everything.
    left = ask(second, address)["remaining_ms"] // 1000
    time_passes(site, left - 2)
    second.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(second).to_have_url(re.compile("/results/"))
    results = ask(second, f"{address}results/")
    responses = {item["index"]: bool(item["your_answer"]) for item in results["items"]}
    assert responses == dict.fromkeys(range(1, 66), True)
    assert [row["total"] for row in results["domains"]] == SHARES
    assert [row["weight"] for row in results["domains"]] == [30, 26, 24, 20]
    expect(second.get_by_role("heading", name=re.compile("(Not p|P)assed: "))).to_be_visible()


def everything_kept(page: Page) -> str:
    """Whatever the browser holds of the paper: the page, its storages, databases and cookies."""
    held: str = page.evaluate(
        """async () => JSON.stringify([
          document.documentElement.outerHTML, {...localStorage}, {...sessionStorage},
          document.cookie, await indexedDB.databases(), await caches.keys(),
        ])"""
    )
    return held


def test_a_paper_tells_nothing_before_it_is_handed_in(page: Page) -> None:
    heard: list[str] = []

    def listen(response: Response) -> None:
        if "/attempts/" in response.url and "/results/" not in response.url:
            heard.append(response.text())

    enter_as_demo_learner(page)
    page.on("response", listen)
    address = begin(page, re.compile("Mock exam"))
    paper = ask(page, address)
    for index in range(2, len(paper["items"]) + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#place")).to_have_text(f"Question {index} of 65")
        heard.append(page.locator("#question").inner_html())
    page.keyboard.press("ArrowLeft")
    answer_here(page)
    expect(page.locator("#saved")).to_have_text(SAVED)
    heard += [everything_kept(page), json.dumps(paper)]

    assert all(set(item) == ITEM_FIELDS for item in paper["items"])
    for item in paper["items"]:
        assert [each["id"] for each in item["options"]] == [
            f"o{place}" for place in range(1, len(item["options"]) + 1)
        ]
        assert {key for each in item["options"] + item["targets"] for key in each} <= {"id", "text"}
        assert [each["text"] for each in item["targets"]] == sorted(
            each["text"] for each in item["targets"]
        )
    assert not re.search(FORBIDDEN, "".join(heard))

    tampered(page, address)
    page.request.post(f"{address}submit/", headers=headers(page))
    results = ask(page, f"{address}results/")
    seen = "\n".join([*heard[:-1], paper_text(paper)])
    shown = {each["text"] for item in paper["items"] for each in item["options"] + item["targets"]}
    # What one question says may answer another: a choice here is to be typed there.
    asked_openly = "\n".join([*(item["stem"] for item in paper["items"]), *shown])
    for item in results["items"]:
        secrets = {option["why"] for option in item["options"]} | {item["explanation"]}
        if item["kind"] in {"typed", "numeric"}:
            asked = paper["items"][item["index"] - 1]
            assert (asked["options"], asked["targets"], asked["choose"]) == ([], [], 0)
            # A bare number is found in every page's markup.
            secrets |= {each for each in item["right_answer"] if len(each) >= LONG_ENOUGH}
        for secret in secrets - shown - {""}:
            assert secret not in seen or secret in asked_openly, secret
    places = Counter(
        [option["is_correct"] for option in item["options"]].index(True)
        for item in results["items"]
        if item["kind"] == "single"
    )
    assert len(places) >= 3, "the right choice stands in every place"
    assert max(places.values()) < 0.6 * sum(places.values())


def paper_text(paper: dict[str, Any]) -> str:
    return json.dumps(paper, ensure_ascii=False)


def headers(page: Page) -> dict[str, str]:
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    return {"X-CSRFToken": token, "Referer": page.url}


def tampered(page: Page, address: str) -> None:
    """Made-up ids are refused, the same answer twice is one, and an older one changes nothing."""
    items = ask(page, address)["items"]
    single = next(item for item in items if item["kind"] == "single")

    def send(response: list[str], seq: int, key: str = "") -> dict[str, Any]:
        event = {
            "id": key or str(uuid4()),
            "index": single["index"],
            "response": response,
            "seq": seq,
            "client_at": "2020-01-01T00:00:00Z",
        }
        sent = page.request.post(
            f"{address}answers/", data={"events": [event]}, headers=headers(page)
        )
        outcome: dict[str, Any] = sent.json()
        return outcome

    assert send(["o99"], 10**14)["rejected"][0]["code"] == "bad_response"
    key = str(uuid4())
    for _ in range(2):
        assert send(["o2"], 10**14, key)["acked"] == [key]
    send(["o1"], 5)
    held = ask(page, address)["items"][single["index"] - 1]
    assert held["response"] == ["o2"]


NOTE = """# Opening a bakery

Stages of a sourdough bake:

1. Feed the starter
2. Mix flour and water
3. Fold the dough
4. Shape the loaf
5. Bake in a hot oven
"""


def test_practice_gives_part_of_a_point_says_why_and_leads_to_study(page: Page) -> None:
    enter_as_demo_learner(page)
    page.goto(f"/exams/{CODE}/notes/add/")
    page.get_by_label("Paste your notes").fill(NOTE)
    page.get_by_label("Name").fill("Bakery")
    page.get_by_role("button", name="Make the cards").click()
    expect(page.get_by_role("link", name="Study these cards now")).to_be_visible()

    address = choose_kinds(page)
    kinds = Counter(item["kind"] for item in ask(page, address)["items"])
    assert {"multiple", "match", "order"} <= set(kinds)
    hand_in(page)
    answers = {
        (item["stem"], item["kind"]): item for item in ask(page, f"{address}results/")["items"]
    }

    page.get_by_role("button", name="Try the wrong ones again").click()
    expect(page.locator("#place")).to_contain_text("Question 1 of")
    again = f"/api/v1/attempts/{page.url.split('/attempts/')[1].split('/')[0]}/"
    partly: dict[str, str] = {}
    items = ask(page, again)["items"]
    for item in items:
        expect(page.locator("#place")).to_contain_text(f"Question {item['index']} of")
        right = answers[item["stem"], item["kind"]]["right_answer"]
        expected = answer_partly(page, item, right)
        page.get_by_role("button", name="Tell me the answer").click()
        expect(page.locator("#verdict")).to_have_text(expected)
        expect(page.locator("#reasons")).not_to_be_empty()
        partly[item["kind"]] = expected
        page.locator("#next").click()
    assert partly["multiple"].startswith("Partly right: 0.5")
    assert partly["order"] == "Partly right: 0.75 points"
    hand_in(page)
    expect(page.get_by_text(re.compile("Partly right: "))).not_to_have_count(0)

    wrong_once(page)


def choose_kinds(page: Page) -> str:
    """Begin a quiz of all questions of several parts."""
    page.goto(START)
    page.locator("#custom > summary").click()
    for kind in ("Several right choices", "Steps to put in order", "Terms to match with meanings"):
        page.get_by_label(kind).check()
    page.get_by_label("How many").fill("60")
    page.get_by_role("button", name="Start this quiz").click()
    expect(page.locator("#place")).to_contain_text("Question 1 of")
    return f"/api/v1/attempts/{page.url.split('/attempts/')[1].split('/')[0]}/"


def hand_in(page: Page) -> None:
    if page.locator("#to-review").is_visible():
        page.locator("#to-review").click()
    page.locator("#hand-in").click()
    expect(page.locator("#confirm-summary")).to_contain_text("flagged")
    page.locator("#confirm-yes").click()
    expect(page).to_have_url(re.compile("/results/"))


def answer_partly(page: Page, item: dict[str, Any], right: list[str]) -> str:
    """Give part of the right answer; returns what the rule for parts makes of it."""
    texts = {option["text"]: option["id"] for option in item["options"]}
    if item["kind"] == "multiple":
        page.locator(f"#options input[value={texts[right[0]]}]").check()
        return f"Partly right: {points(1 / len(right))} points"
    if item["kind"] == "match":
        meanings = dict(pair.split(": ", 1) for pair in right if pair.split(": ", 1)[0] in texts)
        terms = list(meanings)
        # Two terms exchange their meanings, the others keep theirs.
        swapped = {terms[0]: meanings[terms[1]], terms[1]: meanings[terms[0]]}
        for term, meaning in (meanings | swapped).items():
            page.locator(f"#pairs select[name={texts[term]}]").select_option(label=meaning)
        return verdict((len(terms) - 2) / len(terms))
    # The first step goes to the end: of four neighbours three are left.
    order = [texts[step] for step in [*right[1:], right[0]]]
    for place, step in enumerate(order):
        while page.locator("#steps li").nth(place).get_attribute("data-step") != step:
            page.locator(f"#steps li[data-step={step}] button[data-move='-1']").click()
    if page.locator("#keep-order").is_visible():
        page.locator("#keep-order").click()
    return "Partly right: 0.75 points"


def points(share: float) -> str:
    return f"{round(share, 2):g}"


def verdict(share: float) -> str:
    return f"Partly right: {points(share)} points" if share else "Not right"


def wrong_once(page: Page) -> None:
    """Answer one question wrongly: why each choice, the line, and its card is asked today."""
    address = begin(page, "Start Weakest")
    given: dict[int, list[str]] = {}
    answer_from(page, 1, 10, given)
    hand_in(page)
    results = ask(page, f"{address}results/")
    assert any(item["score"] == 0 for item in results["items"])
    expect(page.get_by_text("Today asks its card again").first).to_be_visible()
    line = page.get_by_role("link", name=re.compile(r", lines? \d+")).first
    expect(line).to_have_attribute("href", re.compile(r"/notes/\d+/\?line=\d+"))
    words = page.get_by_text("Today asks its card again").first.inner_text()
    asked = re.findall("“(.+?)…?”", words)[0]
    with page.expect_response(re.compile("/queue/")) as queue:
        page.get_by_role("link", name="Go on studying").click()
    expect(page.locator("#card")).to_be_visible()
    assert any(asked in prompt["question"] for prompt in queue.value.json()["prompts"])
