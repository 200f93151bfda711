"""A deck with images comes in from Anki and is studied with them, in a browser."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults
from tests.e2e.steps import ALL_SAVED, rate, show_answer, wait_until_kept
from tests.e2e.test_own_notes import make_exam
from tests.e2e.test_study import NO_NETWORK
from tests.exchange.package.foreign import Deck
from tests.pictures import picture


def is_drawn(image: Locator) -> bool:
    drawn: bool = image.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    return drawn


def study_a_deck(page: Page, title: str, deck: Deck, files: dict[str, bytes]) -> None:
    """Bring a deck into a new exam of somebody new, and begin to study it."""
    make_exam(page, title)
    page.goto(f"{page.url.partition('notes/add/')[0]}import/")
    package = {
        "name": "bones.apkg",
        "mimeType": "application/octet-stream",
        "buffer": deck.package(files),
    }
    page.locator("input[type=file]").set_input_files(package)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look into it").click()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("link", name="Study", exact=True).click()
    expect(page).to_have_url(re.compile("/study/"))
    expect(page.locator("#card")).to_be_visible()


def test_images_of_a_deck_are_seen_with_their_side(page: Page) -> None:
    deck = Deck()
    front, back = "<img src=a.png alt='A long bone'>", "<img src=b.png alt='A thigh'>"
    deck.note(f"Which bone? {front}", f"The femur {back}")
    files = {"a.png": picture(1, 400, 300), "b.png": picture(2, 300, 400)}
    study_a_deck(page, "Anatomy", deck, files)
    asked, answered = page.get_by_alt_text("A long bone"), page.get_by_alt_text("A thigh")
    expect(asked).to_be_visible()
    assert is_drawn(asked)
    expect(answered).to_have_count(0)
    show_answer(page)
    expect(answered).to_be_visible()
    assert is_drawn(answered)
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("passnotes-images-"));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().length;
}"""


def wait_for_images(page: Page, count: int) -> None:
    """Wait until the browser keeps this many images for the time without the server."""
    for _ in range(200):
        if page.evaluate(KEPT) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(KEPT)} images are kept, not {count}")


def test_images_of_the_day_are_seen_without_the_server_and_go_at_sign_out(
    page: Page, complaints: list[str]
) -> None:
    deck, bones = Deck(), ("femur", "tibia", "ulna")
    for number, bone in enumerate(bones):
        deck.note(f"Which bone is number {number}?", f"<img src={number}.png alt='A {bone}'>")
    files = {f"{number}.png": picture(number, 200, 200) for number in range(len(bones))}
    study_a_deck(page, "Bones away", deck, files)
    wait_for_images(page, len(bones))
    wait_until_kept(page, urlsplit(page.url).path)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#card")).to_be_visible()
    for _ in bones:
        show_answer(page)
        assert is_drawn(page.locator("#card .images img"))
        rate(page, "3")
    page.context.set_offline(False)
    expect(page.locator("#status-text")).to_have_text(ALL_SAVED)
    page.get_by_role("link", name="Today").first.click()
    page.get_by_text("Account menu").locator("..").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Try it as the demo learner")).to_be_visible()
    wait_for_images(page, 0)
    assert set(complaints) <= {NO_NETWORK}
    complaints.clear()
