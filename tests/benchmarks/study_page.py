"""Measures the study page in a real browser and prints what it found. Run by `test_study_page`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.flags import FLAGS
from tests.e2e.steps import add_prompts, enter_as_demo_learner
from tests.run import find_browser
from tests.running import Quickstart

STUDY = "/exams/aws-saa/study/"
LATENCY_MS = 150
# From the key to the end of the frame that shows what it did.
WATCH = """
window.waits = [];
addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => window.waits.push(performance.now() - timeStamp);
  port2.postMessage(0);
}), true);
new PerformanceObserver((list) => {
  window.largest = list.getEntries().at(-1).startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""


@contextmanager
def opened(browser: Browser, site: Quickstart, slowness: int, latency: int) -> Iterator[Page]:
    """The study page of the demo learner, met for the first time on a slower machine."""
    with browser.new_context(base_url=site.address) as first:
        page = first.new_page()
        enter_as_demo_learner(page)
        page.goto(STUDY)
        add_prompts(page, 100)
        state = first.storage_state()
    with browser.new_context(base_url=site.address, storage_state=state) as context:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
        devtools.send("Network.enable")
        devtools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
            },
        )
        page.add_init_script(WATCH)
        page.goto(STUDY)
        expect(page.locator("#card")).to_be_visible()
        yield page


def key_to_paint(page: Page, cards: int) -> list[float]:
    for _ in range(cards):
        for key in ("Enter", "3"):
            page.keyboard.press(key)
            page.wait_for_timeout(60)  # as nobody presses two keys in one frame
    waits: list[float] = page.evaluate("window.waits")
    return waits


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Quickstart(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for slowness in (1, 4):
            with opened(browser, site, slowness, 0) as page:
                waits = key_to_paint(page, 40)
            tail = quantiles(waits, n=20)[-1]
            sys.stdout.write(
                f"key to paint, CPU at 1/{slowness}: p50 {median(waits):.0f} ms,"
                f" p95 {tail:.0f} ms of {len(waits)} keys\n"
            )
        for slowness, latency in ((1, 0), (4, LATENCY_MS)):
            with opened(browser, site, slowness, latency) as page:
                page.wait_for_timeout(1000)
                largest = page.evaluate("window.largest")
            sys.stdout.write(
                f"largest contentful paint, CPU at 1/{slowness}, {latency} ms latency:"
                f" {largest:.0f} ms\n"
            )
        browser.close()
        site.stop()


if __name__ == "__main__":
    main()
