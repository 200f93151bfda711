// One question at a time: shows the paper, takes answers by mouse, touch and keys, hands in.

import { Clock } from "./clock.js";
import { Refused, getJSON, postJSON } from "./http.js";
import { Outbox } from "./outbox.js";
import { Saver, State } from "./saver.js";
import { Sheet } from "./sheet.js";
import { element } from "./dom.js";
import { Strikes } from "./strikes.js";
import { drawTold } from "./told.js";
import { drawMap, drawQuestion, drawReview } from "./view.js";
import { Watch } from "./watch.js";

const CHOICE_DELAY_MS = 150;
const TYPING_DELAY_MS = 1000;
const RETRY_MS = 3000;
const SHORTEST_LOOK_MS = 500;

const player = element("player");
const attempt = player.dataset.attempt;
const address = `/api/v1/attempts/${attempt}/`;
const outbox = new Outbox(attempt);
const sheet = new Sheet(attempt, outbox);
const strikes = new Strikes(attempt);
const watch = new Watch();
const told = new Map();
// Heard before the saver's own last word, which sends what this adds.
addEventListener("pagehide", () => {
  watch.settle();
  lookAway(watch.item);
});
const saver = new Saver({
  url: `${address}answers/`,
  outbox,
  onState: showState,
  onOutcome: takeOutcome,
});
const clock = new Clock({
  onTick: (words) => {
    element("timer").textContent = words;
  },
  onWarning: announce,
  onEnd: endOrGoOn,
});
let place = 1;
let late = 0;
let isHandingIn = false;
let isTimerHidden = false;
let tellsAtOnce = false;

async function load() {
  try {
    takePaper(await getJSON(address));
  } catch (error) {
    const isSignedOut = error instanceof Refused && error.status < 500;
    showState(isSignedOut ? State.SIGNED_OUT : State.OFFLINE, outbox.size);
    setTimeout(load, RETRY_MS);
    return;
  }
  if (!sheet.items.length) {
    return;
  }
  for (const id of ["moves", "map"]) {
    element(id).hidden = false;
  }
  element("loading").hidden = true;
  const asked = Number(location.hash.match(/^#q(\d+)$/)?.[1]);
  go(asked >= 1 && asked <= sheet.items.length ? asked : 1);
  saver.flush();
}

function takePaper(paper) {
  if (paper.attempt.is_submitted) {
    late += outbox.size;
    outbox.all().forEach(({ id }) => outbox.remove(id));
    leave();
    return;
  }
  sheet.merge(paper.items);
  tellsAtOnce = paper.attempt.tells_at_once;
  clock.set(paper.remaining_ms);
  const isTimed = paper.remaining_ms !== null;
  element("hide-timer").hidden = !isTimed;
  element("timer").hidden = !isTimed || isTimerHidden;
}

function takeOutcome(outcome) {
  clock.set(outcome.remaining_ms);
  late += outcome.rejected.filter(({ code }) => code === "closed").length;
  if (outcome.is_submitted) {
    leave();
  }
}

function leave() {
  location.replace(player.dataset.results + (late ? `?late=${late}` : ""));
}

// The way back from sleep or another device: the server knows better what time it is.
async function catchUp() {
  if (document.visibilityState === "hidden" || !sheet.items.length) {
    return;
  }
  try {
    const before = current()?.seq;
    takePaper(await getJSON(address));
    if (current()?.seq !== before) {
      redraw();
    } else {
      drawMap(sheet, place, go);
    }
  } catch (error) {
    saver.retry(error);
  }
}

function showState(state, waiting) {
  const kept = `${waiting} answer${waiting === 1 ? "" : "s"} kept on this device`;
  const words = {
    [State.SAVED]: `Saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })}`,
    [State.SAVING]: "Saving…",
    [State.OFFLINE]: `No connection: ${outbox.isDurable ? kept : "keep this page open"}`,
    [State.SIGNED_OUT]: `Sign in again in another tab: ${kept}`,
  };
  element("saved").dataset.state = state;
  element("saved").textContent = words[state];
}

function announce(words) {
  element("live").textContent = words;
}

function current() {
  return sheet.items[place - 1];
}

// Places count from 1; the one after the last question is the review list.
function go(target) {
  place = Math.min(Math.max(target, 1), sheet.items.length + 1);
  const item = current();
  lookAway(watch.turnTo(item));
  if (item) {
    sheet.markSeen(item.index);
    history.replaceState(null, "", `#q${place}`);
  }
  redraw();
  element(item ? "stem" : "review-title").focus();
  scrollTo({ top: 0 });
}

// Tells the time spent on a question once it is left, unless an answer has just told it.
function lookAway(item) {
  const isLong = item && item.spent_ms - (item.told_ms ?? 0) >= SHORTEST_LOOK_MS;
  if (isLong && !clock.isOver) {
    send(sheet.look(item), item, CHOICE_DELAY_MS);
  }
}

function send(event, item, delayMs) {
  item.told_ms = item.spent_ms;
  saver.add(event, delayMs);
}

function redraw() {
  const item = current();
  element("question").hidden = !item;
  element("review").hidden = Boolean(item);
  for (const id of ["flag", "next", "to-review"]) {
    element(id).hidden = !item;
  }
  element("hand-in").hidden = Boolean(item);
  element("previous").disabled = place === 1;
  if (item) {
    drawQuestion(sheet, strikes, item, takeParts);
    drawChecked(item);
  } else {
    drawReview(sheet, go);
  }
  drawMap(sheet, place, go);
}

function answer(response, delayMs) {
  const item = current();
  if (!clock.isOver && !item.is_checked) {
    watch.settle();
    send(sheet.change(item, { response }), item, delayMs);
    drawMap(sheet, place, go);
    drawChecked(item);
  }
}

// Practice tells an answer when asked; then it can be read, and not changed.
function drawChecked(item) {
  element("check").hidden = !tellsAtOnce || item.is_checked;
  element("check").disabled = !sheet.isAnswered(item);
  drawTold(item.is_checked ? told.get(item.index) : null);
  if (item.is_checked && !told.has(item.index)) {
    tell(item);
  }
}

async function tell(item) {
  try {
    if (!(await saver.flush())) {
      throw new Error("The answer has not been sent.");
    }
    told.set(item.index, await postJSON(`${address}check/`, { index: item.index }));
  } catch (error) {
    saver.retry(error);
    announce("The server does not answer. Try again in a moment.");
    return;
  }
  item.is_checked = true;
  if (current() === item) {
    redraw();
    element("verdict").focus();
  }
}

function takeChoices() {
  const chosen = element("options").querySelectorAll("input:checked");
  answer(Array.from(chosen, (input) => input.value), CHOICE_DELAY_MS);
}

function takeParts(response, words) {
  answer(response, CHOICE_DELAY_MS);
  announce(words);
}

function toggleFlag() {
  const item = current();
  if (item && !item.is_checked && !clock.isOver) {
    watch.settle();
    send(sheet.change(item, { flagged: !item.flagged }), item, CHOICE_DELAY_MS);
    redraw();
    announce(item.flagged ? "Flagged" : "Flag removed");
  }
}

function choose(position) {
  element("options").querySelectorAll("input")[position]?.click();
}

function strike(position) {
  element("options").querySelectorAll(".strike")[position]?.click();
}

// The server may have given more time since it was last asked.
async function endOrGoOn() {
  try {
    takePaper(await getJSON(address));
  } catch {
    // Without an answer what is here is the best there is to know.
  }
  if (clock.isOver) {
    handIn();
  }
}

function openConfirm() {
  element("confirm-summary").textContent = sheet.summary;
  element("confirm-problem").hidden = true;
  element("confirm").showModal();
}

// Nothing is handed in before every answer has arrived; at the end of the time the server
// hands in what it has, so there the tries go on until it answers.
async function handIn() {
  if (isHandingIn) {
    return;
  }
  isHandingIn = true;
  element("confirm-yes").disabled = true;
  try {
    if (!(await saver.flush())) {
      throw new Error("Some answers have not been sent.");
    }
    await postJSON(`${address}submit/`, {});
    leave();
  } catch {
    element("confirm-problem").textContent =
      "The server does not answer. Your answers are kept on this device; please try again in a moment.";
    element("confirm-problem").hidden = false;
    if (clock.isOver) {
      setTimeout(handIn, RETRY_MS);
    }
  } finally {
    isHandingIn = false;
    element("confirm-yes").disabled = false;
  }
}

function toggleTimer() {
  isTimerHidden = !isTimerHidden;
  element("timer").hidden = isTimerHidden;
  element("hide-timer").textContent = isTimerHidden ? "Show time" : "Hide time";
}

// Whatever has the focus keeps the keys it needs: text fields theirs, buttons and links Enter.
function onKey(event) {
  const isModified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.repeat || event.isComposing || isModified || element("confirm").open || !sheet.items.length) {
    return;
  }
  const isTyping = event.target.matches("input[type=text], select");
  const act = event.key === "Enter" ? enterAction(event.target) : isTyping ? null : keyAction(event);
  if (act) {
    event.preventDefault();
    act();
  }
}

function enterAction(target) {
  return target.closest("button, a, summary, select") || !current() ? null : () => go(place + 1);
}

function keyAction(event) {
  if (event.key === "ArrowRight") {
    return () => go(place + 1);
  }
  if (event.key === "ArrowLeft") {
    return () => go(place - 1);
  }
  const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
  if (digit) {
    return () => (event.shiftKey ? strike : choose)(Number(digit) - 1);
  }
  // Keyboards without Latin letters still have the keys where they are.
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  if (letter === "f") {
    return toggleFlag;
  }
  return /^[a-e]$/.test(letter) ? () => choose(letter.charCodeAt(0) - 97) : null;
}

element("options").addEventListener("change", takeChoices);
element("typed").addEventListener("input", ({ target }) => {
  const text = target.value.replaceAll("\0", "");
  answer(text.trim() ? [text] : [], TYPING_DELAY_MS);
});
element("previous").addEventListener("click", () => go(place - 1));
element("next").addEventListener("click", () => go(place + 1));
element("flag").addEventListener("click", toggleFlag);
element("check").addEventListener("click", () => tell(current()));
element("to-review").addEventListener("click", () => go(sheet.items.length + 1));
element("hand-in").addEventListener("click", openConfirm);
element("confirm-yes").addEventListener("click", handIn);
element("hide-timer").addEventListener("click", toggleTimer);
document.addEventListener("keydown", onKey);
document.addEventListener("visibilitychange", catchUp);
addEventListener("focus", catchUp);
load();
