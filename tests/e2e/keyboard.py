"""Asks whether a page can be used by keyboard alone: where Tab leads, and whether that is seen."""

from typing import Any

from playwright.sync_api import Page

# What a person can do here. Of radio buttons that belong together Tab stops at one, and the
# arrow keys do the rest; where a widget holds its own stops, those have a negative tabindex.
CONTROLS = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]";
  const groups = new Map();
  const found = [...document.querySelectorAll(stops)].filter((each) => {
    if (each.tabIndex < 0 || each.disabled || each.closest("[inert]")) return false;
    if (!each.checkVisibility({ visibilityProperty: true })) return false;
    if (each.type !== "radio") return true;
    const key = `${each.form?.action} ${each.name}`;
    const isFirst = !groups.has(key);
    if (isFirst || each.checked) groups.set(key, each);
    return false;
  });
  window.keyboardControls = [...found, ...groups.values()].sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  window.keyboardStops = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, boxShadow } = getComputedStyle(target);
    window.keyboardStops.push({
      place: window.keyboardControls.indexOf(target),
      isSeen: outlineStyle !== "none" || boxShadow !== "none",
    });
  });
  document.activeElement.blur();
  scrollTo(0, 0);
  // A date has its day, month, year and calendar, all of which Tab stops at.
  const parts = found.filter((each) => each.type === "date").length * 3;
  return [window.keyboardControls.length, parts];
}"""
NAMES = """() => window.keyboardControls.map((each) =>
  `${each.localName}#${each.id} ${each.getAttribute("aria-label") ?? each.textContent.trim()}`)"""


def assert_led_by_tab(page: Page) -> None:
    """Tab leads to everything there is to do, in the order it is read, and each stop is seen."""
    count, parts = page.evaluate(CONTROLS)
    for _ in range(count + parts):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any]] = page.evaluate("() => window.keyboardStops")[:count]
    names: list[str] = page.evaluate(NAMES)
    order = [stop["place"] for stop in stops]
    assert order == list(range(count)), f"{page.url}: {missing(order, names)}"
    unseen = [names[stop["place"]] for stop in stops if not stop["isSeen"]]
    assert not unseen, f"{page.url}: no focus to be seen at {unseen}"


def missing(order: list[int], names: list[str]) -> str:
    """What Tab did not lead to, or where it went another way."""
    left_out = [name for place, name in enumerate(names) if place not in order]
    return f"not reached: {left_out}; went {order}"
