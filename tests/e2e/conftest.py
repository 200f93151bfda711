"""A real browser, and Passnotes as a newcomer starts it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.e2e.flags import FLAGS
from tests.run import find_browser
from tests.running import Quickstart

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser, and one process has one site."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quickstart]:
    site = Quickstart(tmp_path_factory.mktemp("site")).start()
    yield site
    assert site.stop() == 0, site.said


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright's own event loop would make Django refuse the database from these tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=20_000)  # a busy machine is no fault of the product
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = find_browser()
    assert executable, "install Chromium, or name one in PASSNOTES_CHROMIUM"
    browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers wrote to their consoles as errors; a test may take out what it expects."""
    return []


@pytest.fixture
def open_browser(
    site: Quickstart, browser: Browser, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser window, with nobody signed in; its errors fail the test."""
    contexts: list[BrowserContext] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def opened(**options: object) -> Page:
        context = browser.new_context(**{"base_url": site.address, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    return open_browser(viewport={"width": 1280, "height": 800})
