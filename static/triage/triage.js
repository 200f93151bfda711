// Looking drafts over: one at a time, by keys or by touch, with undo. Every decision shows at once
// and is sent behind it.

import { edit, isBegun } from "./edit.js";
import { drawFace } from "./face.js";
import { Sender, request } from "./sender.js";

const FATES = { accept: "Accepted", discard: "Discarded", merge: "Merged" };
const KEYS = { j: "next", k: "previous", a: "accept", e: "edit", x: "discard", m: "merge", z: "undo", u: "undo" };

const element = (id) => document.getElementById(id);
const words = JSON.parse(element("words").textContent);
const drafts = [...element("drafts").children];
const fates = new Map();
const done = [];
let current = 0;

// Each person's own: who signs in next in this browser must not send another's decisions.
const unsent = `triage-unsent-${element("drafts").dataset.user}`;
const sender = new Sender(unsent, (count, error) => {
  const held = error?.status === 401 ? "sign in again in another tab" : "trying again";
  const state = error ? `${count} not saved yet, ${held}` : `Saving ${count}`;
  element("saved").textContent = count > 0 ? state : "All saved";
  if (isBehind && count === 0) {
    location.reload();
  }
});
// The page before this one may still have been sending: the drafts shown here do not know of it.
const isBehind = sender.isBehind;
if (isBehind && sender.waiting.length === 0) {
  location.reload();
}
if (isBehind) {
  await new Promise(() => {}); // nothing is decided here: the page is shown anew when all is sent
}

function say(text) {
  element("live").textContent = text;
}

function isOpen(draft) {
  return !fates.has(draft);
}

function show(place, { focus = true } = {}) {
  current = Math.max(0, Math.min(place, drafts.length - 1));
  drafts.forEach((draft, number) => draft.toggleAttribute("data-current", number === current));
  const draft = drafts[current];
  const fate = draft.querySelector("[data-fate]");
  fate.hidden = isOpen(draft);
  fate.textContent = FATES[fates.get(draft)] ?? "";
  const left = drafts.filter(isOpen).length;
  element("place").textContent = `${current + 1} of ${drafts.length}, ${left} left`;
  element("over").hidden = left > 0;
  for (const button of element("tools").querySelectorAll("[data-do]")) {
    const needsOpen = ["accept", "edit", "discard", "merge"].includes(button.dataset.do);
    const isCard = draft.dataset.what === "card";
    button.disabled =
      (needsOpen && !isOpen(draft)) ||
      (button.dataset.do === "merge" && !isCard) ||
      (button.dataset.do === "undo" && done.length === 0);
  }
  if (left === 0) {
    const count = (fate) => [...fates.values()].filter((each) => each === fate).length;
    element("summary").textContent = Object.entries(FATES)
      .map(([fate, text]) => `${text}: ${count(fate)}`)
      .join(". ");
  }
  if (focus) {
    (left === 0 ? element("over") : draft).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** The nearest draft still to be decided, after this one or else before it. */
function proceed() {
  const after = drafts.findIndex((draft, place) => place > current && isOpen(draft));
  show(after < 0 ? Math.max(drafts.findIndex(isOpen), 0) : after);
}

function post(draft, action, body) {
  return sender.send({ path: `${draft.dataset.api}${action}/`, method: "POST", body });
}

/** What the server refuses for good comes back to the person, with its reason. */
function refused(draft, error) {
  fates.delete(draft);
  const place = done.findLastIndex((step) => step.draft === draft);
  if (place >= 0) {
    done.splice(place, 1);
  }
  const notice = draft.querySelector("[data-refusal]");
  notice.textContent = error.message;
  notice.hidden = false;
  show(drafts.indexOf(draft));
}

function decide(fate, operation, reverse) {
  const draft = drafts[current];
  draft.querySelector("[data-refusal]").hidden = true;
  fates.set(draft, fate);
  done.push({ draft, operation, reverse });
  operation.done.catch((error) => refused(draft, error));
  say(FATES[fate]);
  proceed();
}

function accept() {
  const draft = drafts[current];
  decide("accept", post(draft, "publish"), () => post(draft, "reopen"));
}

function discard() {
  const draft = drafts[current];
  decide("discard", post(draft, "retire"), () => post(draft, "reopen"));
}

function patch(draft, changed) {
  const operation = sender.send({ path: draft.dataset.api, method: "PATCH", body: changed });
  operation.done.catch((error) => refused(draft, error));
  return operation;
}

function rewrite(draft, changed) {
  words[draft.dataset.id] = changed;
  drawFace(draft.querySelector(".face"), changed);
}

async function change() {
  const draft = drafts[current];
  const before = words[draft.dataset.id];
  element("tools").hidden = true;
  const result = await edit(draft, before);
  element("tools").hidden = false;
  draft.focus({ preventScroll: true });
  if (result === null) {
    return;
  }
  // A kind is chosen when an item is written and stays.
  const { kind: _, ...changed } = result.words;
  const operation = patch(draft, changed);
  rewrite(draft, result.words);
  done.push({ draft, operation, restore: before });
  if (result.accept) {
    accept();
  } else {
    say("Saved");
    show(current);
  }
}

async function merge() {
  const draft = drafts[current];
  const dialog = element("merge");
  const list = element("alike");
  list.replaceChildren();
  element("merge-state").textContent = "Looking for cards like this one…";
  dialog.showModal();
  try {
    const found = await request(`${draft.dataset.api}alike/`);
    element("merge-state").textContent = found.length
      ? "The card you choose gets the lines of this one as a further source."
      : "No other card of this exam asks anything like it.";
    list.append(...found.map((card) => choiceOf(draft, card, dialog)));
    list.querySelector("button")?.focus();
  } catch (error) {
    element("merge-state").textContent = error.message;
  }
}

function choiceOf(draft, card, dialog) {
  const row = document.createElement("li");
  row.className = "stack tight";
  drawFace(row, card);
  const button = row.appendChild(document.createElement("button"));
  button.className = "button";
  button.textContent = "Merge into this card";
  button.addEventListener("click", () => {
    dialog.close();
    const operation = post(draft, "merge", { into: card.id });
    decide("merge", operation, async () => post(draft, "separate", await operation.done));
  });
  return row;
}

async function undo() {
  const step = done.pop();
  if (!step) {
    return;
  }
  if (step.restore) {
    const { kind: _, ...before } = step.restore;
    rewrite(step.draft, step.restore);
    if (!sender.takeBack(step.operation)) {
      patch(step.draft, before);
    }
  } else {
    fates.delete(step.draft);
    if (!sender.takeBack(step.operation)) {
      const reversed = await step.reverse();
      reversed.done.catch((error) => refused(step.draft, error));
    }
  }
  say("Undone");
  show(drafts.indexOf(step.draft));
}

const ACTIONS = {
  next: () => show(current + 1),
  previous: () => show(current - 1),
  accept,
  discard,
  edit: change,
  merge,
  undo,
};

function act(name) {
  const button = element("tools").querySelector(`[data-do=${name}]`);
  if (!button.disabled && !element("tools").hidden) {
    ACTIONS[name]();
  }
}

document.addEventListener("keydown", (event) => {
  const isTaken =
    event.defaultPrevented || event.isComposing || event.repeat || event.altKey || event.shiftKey;
  const typed = event.target instanceof Element && event.target.closest("input, textarea, select, dialog, [popover]");
  const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (isTaken || typed || ((event.ctrlKey || event.metaKey) && !isUndo)) {
    return;
  }
  const letter = event.key.toLowerCase();
  // Where a layout puts other letters on a key, its place still counts.
  const action = KEYS[letter] ?? (/^[a-z]$/.test(letter) ? null : KEYS[event.code.slice(3).toLowerCase()]);
  if (action) {
    event.preventDefault();
    act(action);
  }
});
element("tools").addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do]");
  if (button) {
    act(button.dataset.do);
  }
});
addEventListener("beforeunload", (event) => {
  if (sender.waiting.length > 0) {
    event.preventDefault();
  }
});

element("drafts").classList.add("one");
element("tools").hidden = false;
element("standing").hidden = false;
show(0, { focus: false });
const begun = drafts.findIndex(isBegun);
if (begun >= 0) {
  show(begun);
  change();
}
