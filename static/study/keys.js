// Which key means what, and when a key is not meant for the study page.

const BY_CODE = {
  Space: "next",
  Enter: "showAll",
  NumpadEnter: "showAll",
  Digit1: "rate1",
  Digit2: "rate2",
  Digit3: "rate3",
  Digit4: "rate4",
  Numpad1: "rate1",
  Numpad2: "rate2",
  Numpad3: "rate3",
  Numpad4: "rate4",
};

const BY_LETTER = { z: "undo", i: "source", "?": "help" };

// Where layouts put other letters on a key, its place still counts.
const BY_PLACE = { KeyZ: "undo", KeyI: "source" };

/** The action a key event asks for, or null. */
export function actionOf(event) {
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === "z" && !event.shiftKey ? "undo" : null;
  }
  if (event.altKey) {
    return null;
  }
  const letter = event.key.toLowerCase();
  const isLatin = /^[a-z]$/.test(letter);
  return (
    BY_CODE[event.code] ?? BY_LETTER[letter] ?? (isLatin ? null : (BY_PLACE[event.code] ?? null))
  );
}

/** Whether the key belongs to something else: a held key, an input method, a field, a button. */
export function isTaken(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat) {
    return true;
  }
  const on = event.target instanceof Element ? event.target : document.body;
  if (on.closest("input, textarea, select, [contenteditable], dialog, [popover]")) {
    return true;
  }
  const activates = event.code === "Space" || event.code.endsWith("Enter");
  return activates && on.closest("button, a, summary") !== null;
}
