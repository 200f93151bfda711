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

const BY_LETTER = {
  z: "undo",
  m: "miss",
  i: "source",
  e: "edit",
  f: "flag",
  b: "bury",
  s: "suspend",
  t: "typing",
  "?": "help",
};

/** The action a key event asks for, or null. */
export function actionOf(event) {
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === "z" && !event.shiftKey ? "undo" : null;
  }
  if (event.altKey) {
    return null;
  }
  return BY_CODE[event.code] ?? BY_LETTER[letterOf(event)] ?? null;
}

/** Where a layout puts another script's letter on a key, the key's place counts. */
function letterOf(event) {
  const letter = event.key.toLowerCase();
  const isPlaced = !/^[a-z?]$/.test(letter) && /^Key[A-Z]$/.test(event.code);
  return isPlaced ? event.code.at(-1).toLowerCase() : letter;
}

/** Whether the key belongs to something else: a held key, an input method, a field, a button. */
export function isTaken(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat) {
    return true;
  }
  // A dialog that was just closed may still have the focus: what is hidden takes no key.
  const isShown = event.target instanceof Element && event.target.checkVisibility();
  const on = isShown ? event.target : document.body;
  if (on.closest("input, textarea, select, [contenteditable], dialog, [popover]")) {
    return true;
  }
  const activates = event.code === "Space" || event.code.endsWith("Enter");
  return activates && on.closest("button, a, summary") !== null;
}
