// Which key means what, and when a key is not meant for the study page.

// The page carries the key of each action, as the learner likes it.
const chosen = JSON.parse(document.getElementById("key-map").textContent);
const ACTION_BY_KEY = new Map(Object.entries(chosen).map(([action, key]) => [key, action]));

/** The action a key event asks for, or null. */
export function actionOf(event) {
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === "z" && !event.shiftKey ? "undo" : null;
  }
  if (event.altKey) {
    return null;
  }
  return ACTION_BY_KEY.get(event.key.toLowerCase()) ?? ACTION_BY_KEY.get(placeOf(event)) ?? null;
}

/** The key by its place: layouts put digits behind Shift, and other scripts where letters are. */
function placeOf({ code, key }) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) {
    return digit[1];
  }
  if (/^Key[A-Z]$/.test(code)) {
    return /^[a-z?]$/i.test(key) ? null : code.at(-1).toLowerCase();
  }
  return { Space: "space", NumpadEnter: "enter" }[code];
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
