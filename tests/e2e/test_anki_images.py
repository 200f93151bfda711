"""A deck with images comes in from Anki and is studied with them, in a browser."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults
from tests.e2e.steps import show_answer
from tests.e2e.test_own_notes import make_exam
from tests.exchange.package.foreign import Deck
from tests.pictures import picture


def is_drawn(image: Locator) -> bool:
    drawn: bool = image.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    return drawn


def test_images_of_a_deck_are_seen_with_their_side(page: Page) -> None:
    deck = Deck()
    front, back = "<img src=a.png alt='A long bone'>", "<img src=b.png alt='A thigh'>"
    deck.note(f"Which bone? {front}", f"The femur {back}")
    files = {"a.png": picture(1, 400, 300), "b.png": picture(2, 300, 400)}
    make_exam(page, "Anatomy")
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
