"""Cards with several choices work in Anki's web view: offline, again and again, without errors."""

import pytest
from playwright.sync_api import Browser

from apps.exchange.anki.package.contents import Choice, NoteKind
from apps.exchange.anki.package.notetypes import NOTETYPES, as_schema11
from tests.exchange.anki_gate import import_into_anki
from tests.exchange.package.samples import guid, note, package

CHOICES = tuple(Choice(f"Choice {number}", number == 2, f"Why {number}") for number in range(6))
# Anki shows card after card in one window: it replaces the markup and runs its scripts.
SHOW = """markup => {
  const box = document.getElementById("qa");
  box.innerHTML = markup;
  for (const script of box.querySelectorAll("script")) {
    const copy = document.createElement("script");
    copy.textContent = script.textContent;
    script.replaceWith(copy);
  }
}"""


@pytest.mark.parametrize("night", [False, True])
def test_a_choice_can_be_tried_card_after_card_without_errors(
    browser: Browser, night: bool
) -> None:
    question = note("choice", "Which is it?", kind=NoteKind.CHOICE, choices=CHOICES)
    report = import_into_anki(package([question]))
    card = report.deck_only.cards[guid("choice"), 0]
    css = as_schema11(NOTETYPES[NoteKind.CHOICE])["css"]
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 640})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    mode = "nightMode" if night else ""
    page.set_content(
        f'<style>{css}</style><body class="card {mode}"><div id="qa" class="{mode}"></div>'
    )
    orders = set()
    for _ in range(12):
        page.evaluate(SHOW, card.question)
        shown = page.locator("summary").all_inner_texts()
        assert sorted(shown) == [choice.text for choice in CHOICES]
        orders.add(tuple(shown))
        page.get_by_text("Choice 2").click()
        assert page.get_by_text("✓ Right.").is_visible()
        assert not page.get_by_text("✗ Wrong.").first.is_visible()
        page.evaluate(SHOW, card.answer)
        assert page.locator("li").first.inner_text().startswith("Choice 2")
    assert len(orders) > 1, "the choices change places"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints == []
    context.close()
