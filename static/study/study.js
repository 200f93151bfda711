// The study page: shows prompts, takes answers, and keeps every one of them until it is saved.

import { differences, isRight, typedAnswer } from "./answer.js";
import { actionOf, isTaken } from "./keys.js";
import { createSync, fetchQueue, Refused, send } from "./server.js";
import { nextSeq, Rating, Session, settledKeys, uuid7 } from "./session.js";
import { deviceName, forgetOthers, openStore } from "./store.js";
import * as view from "./view.js";

const LONGEST_ANSWER_MS = 60_000;
const PATIENCE_WITH_KEPT_MS = 5000;
const OTHER_TAB_MS = 600;
const MORE = 10;

const shell = document.getElementById("study");
const user = Number(shell.dataset.user);
const enrolment = Number(shell.dataset.enrolment);
const note = shell.dataset.note;
const place = note ? `${enrolment}/${note}` : `${enrolment}`;
const hasTwoButtons = shell.dataset.buttons === "2";
const device = deviceName(uuid7);

let session = new Session();
let store = null;
let sync = null;

// How much of the current prompt is shown: items of a list count one by one.
let shownItems = 0;
let isAnswered = false;
let askedAt = 0;
let missed = new Set();
let suggested = Rating.GOOD;

function tellRejected(rejected) {
  const reasons = [...new Set(rejected.map((each) => each.detail))].join(" ");
  const count = rejected.length === 1 ? "1 answer was" : `${rejected.length} answers were`;
  view.paintTrouble(`${count} not taken: ${reasons}`);
}

function ask(options = {}) {
  view.paintProgress(session);
  const prompt = session.current;
  if (prompt === null) {
    finish(options);
    return;
  }
  shownItems = 0;
  isAnswered = false;
  missed = new Set();
  askedAt = performance.now();
  view.paintQuestion(prompt, session.intervals);
  view.paintTyping(isTyping() && typedAnswer(prompt) !== null);
  suggest(Rating.GOOD);
}

/** The sitting is over unless the server holds more than came with the first queue. */
function finish(options) {
  if (session.onServer > 0 && !options.isOffline) {
    load();
  } else {
    view.paintDone(session, options);
  }
}

function suggest(rating) {
  suggested = rating === Rating.HARD && hasTwoButtons ? Rating.AGAIN : rating;
  view.paintSuggested(suggested);
}

function showNext() {
  const { items } = session.current;
  if (shownItems < items.length) {
    view.addStep(items[shownItems], shownItems, toggleMissed);
    shownItems += 1;
  }
  if (shownItems < items.length) {
    view.paintShowButton(session.current, shownItems);
  } else {
    isAnswered = true;
    view.paintAnswer(session.current);
    compare();
  }
}

function showAll() {
  while (!isAnswered) {
    showNext();
  }
}

/** Hold what was typed, if anything, against what was meant. */
function compare() {
  const typed = view.typed();
  if (typed !== "") {
    const expected = typedAnswer(session.current);
    const right = isRight(typed, expected);
    view.paintDifferences(right ? [] : differences(typed, expected), right);
    suggest(right ? Rating.GOOD : Rating.AGAIN);
  }
  view.paintTyping(false);
}

/** Mark an item of the list as missed, or as known after all; the last one shown by the key. */
function toggleMissed(index = shownItems - 1) {
  if (index < 0 || session.current === null) {
    return false;
  }
  const isMissed = !missed.delete(index);
  if (isMissed) {
    missed.add(index);
  }
  view.paintMissed(index, isMissed);
  const all = session.current.items.length;
  const partly = missed.size * 2 < all ? Rating.HARD : Rating.AGAIN;
  suggest(missed.size === 0 ? Rating.GOOD : partly);
  return true;
}

function newEvent(fields) {
  const { card, ordinal } = session.current ?? {};
  return {
    id: uuid7(),
    enrolment,
    card,
    ordinal,
    rating: null,
    target: null,
    missed: [],
    duration_ms: 0,
    reviewed_at: new Date().toISOString(),
    seq: nextSeq(),
    device,
    ...fields,
  };
}

/** Go where the event leads, show it, and keep it: in this order, as the eye is waiting. */
function happen(event) {
  session.apply(event);
  ask();
  store.add(event, place, session.standing).then((isKept) => {
    if (!isKept) {
      view.paintTrouble("This device's storage is full: keep this page open until all is saved.");
    }
  });
  sync.note();
}

function rate(rating) {
  if (session.current === null || !isAnswered) {
    return false;
  }
  const spent = Math.min(Math.round(performance.now() - askedAt), LONGEST_ANSWER_MS);
  const items = [...missed].sort((a, b) => a - b);
  view.say("");
  happen(newEvent({ kind: "answer", rating, missed: items, duration_ms: spent }));
  return true;
}

function rateByKey(number) {
  const two = { 1: Rating.AGAIN, 2: Rating.GOOD, 3: Rating.GOOD };
  const rating = hasTwoButtons ? two[number] : number;
  return rating !== undefined && rate(rating);
}

/** Not to be asked now: today, or ever again. */
function putAway(kind, words) {
  if (session.current === null) {
    return false;
  }
  happen(newEvent({ kind }));
  view.say(words);
  return true;
}

function undo() {
  const { last } = session;
  if (last === null) {
    return false;
  }
  const { id, card, ordinal, kind } = last;
  happen(newEvent({ kind: "undo", card, ordinal, target: id }));
  if (kind === "answer" && session.current !== null) {
    view.paintTyping(false);
    showAll();
  }
  const what = { answer: "Answer taken back", bury: "Asked today after all" };
  view.say(`${what[kind] ?? "Asked again"}.`);
  return true;
}

function proceed(show) {
  if (session.current === null) {
    return false;
  }
  if (isAnswered) {
    return rate(suggested);
  }
  show();
  return true;
}

/** Typing the answers is a habit of a device: convenient at a desk, tedious on a phone. */
function isTyping() {
  return localStorage.getItem(`passnotes-typing-${user}`) === "yes";
}

function toggleTyping() {
  const wanted = !isTyping();
  localStorage.setItem(`passnotes-typing-${user}`, wanted ? "yes" : "no");
  view.say(wanted ? "Short answers are typed from now on." : "Answers are no longer typed.");
  if (!isAnswered && session.current !== null) {
    view.paintTyping(wanted && typedAnswer(session.current) !== null);
  }
  return true;
}

/** What few need in a sitting comes when it is asked for; the service worker keeps it, too. */
function change(name) {
  const prompt = session.current;
  if (prompt === null) {
    return false;
  }
  import("./change.js").then((module) => module[name](prompt, { done: view.say, refresh }));
  return true;
}

function show(dialog) {
  document.getElementById(dialog).showModal();
  return true;
}

const ACTIONS = {
  next: () => proceed(showNext),
  all: () => proceed(showAll),
  rate1: () => rateByKey(1),
  rate2: () => rateByKey(2),
  rate3: () => rateByKey(3),
  rate4: () => rateByKey(4),
  undo,
  miss: () => toggleMissed(),
  source: view.toggleSource,
  edit: () => change("edit"),
  flag: () => change("flag"),
  bury: () => putAway("bury", "Put off until tomorrow. Undo brings it back."),
  suspend: () => putAway("suspend", "Suspended: it is asked no more. Undo brings it back."),
  typing: toggleTyping,
  menu: () => show("menu"),
  help: () => show("keys"),
  more: () => load({ isMore: true }),
  retry: () => load(),
};

/** Fetch the day's prompts, after everything answered here has reached the server. */
async function load({ isMore = false, early = null } = {}) {
  view.showFace("wait");
  const patience = session.current ? PATIENCE_WITH_KEPT_MS : undefined;
  try {
    if (early === null) {
      await Promise.race([sync.flush(), pause(PATIENCE_WITH_KEPT_MS)]);
    }
    if (isMore && !note) {
      await send("POST", `/enrolments/${enrolment}/more/`, { prompts: MORE });
    }
    await take(await (early ?? fetchQueue(enrolment, note, patience)));
    view.say("");
    ask({ askedForMore: isMore });
  } catch (error) {
    goOnWithout(error);
  }
}

async function take(queue) {
  if (queue.user !== user) {
    throw new Refused(409);
  }
  if (session.day !== null && session.day !== queue.day) {
    session = new Session();
  }
  session.load(queue, settledKeys(await store.events()));
  await store.keepSitting(place, session.asked, session.standing);
  if (session.hasImages && globalThis.caches) {
    import("./images.js").then(({ keepImages }) => keepImages(user, session.asked));
  }
}

/** The card was edited: take its new words, and show as much of it as before. */
async function refresh() {
  await take(await fetchQueue(enrolment, note));
  const [wasAnswered, before] = [isAnswered, askedAt];
  ask();
  askedAt = before;
  if (wasAnswered) {
    showAll();
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Where the server cannot be reached, what this device kept is asked. */
function goOnWithout(error) {
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) {
    view.paintMessage("You are signed out", "Sign in again to go on; nothing is lost.");
  } else if (status === 409) {
    view.paintMessage("Somebody else is signed in", "Sign in as yourself to go on.");
  } else if (session.prompts.size > 0) {
    view.say("Offline: these cards are kept on this device.");
    ask({ isOffline: true });
  } else if (status > 0) {
    view.paintMessage("That did not work", `${error.message} Please try again.`);
  } else {
    view.paintMessage(
      "The server cannot be reached",
      "No cards are kept on this device yet. Try again when you are online.",
    );
  }
}

function onKey(event) {
  if (isTaken(event) || store === null) {
    return;
  }
  const action = actionOf(event);
  if (action !== null && ACTIONS[action]()) {
    event.preventDefault();
  }
}

function onClick(event) {
  const button = event.currentTarget;
  button.closest("dialog")?.close();
  ACTIONS[button.dataset.action]();
  const nextFocus = { next: isAnswered ? "good" : "show", source: "source-button" };
  if (button.dataset.action in nextFocus) {
    view.focusAfterClick(event, nextFocus[button.dataset.action]);
  } else if (button.dataset.rating) {
    view.focusAfterClick(event, session.current ? "show" : "more");
  } else if (event.detail > 0) {
    button.blur();
  }
}

/** Go back to where this device stood, then ask the server for what is new. */
async function start() {
  // Asked for while the store opens; of use where nothing waits to be sent first.
  const isKept = Boolean(navigator.serviceWorker?.controller);
  const early = fetchQueue(enrolment, note, isKept ? PATIENCE_WITH_KEPT_MS : undefined);
  early.catch(() => {});
  const opened = await openStore(user);
  const [kept, events] = await Promise.all([opened.sitting(place), opened.events()]);
  if (kept !== null) {
    session.restore(kept.asked, kept.standing);
    const later = events.filter((event) => event.enrolment === enrolment);
    later.filter((event) => event.seq > session.seq).forEach((event) => session.apply(event));
  }
  store = opened;
  sync = createSync({ user, store, onState: view.paintStatus, onRejected: tellRejected });
  sync.start();
  await load({ early: events.length === 0 ? early : null });
  forgetOthers(user);
  keepPage();
}

/** Have the service worker keep this page for the time without the server. */
async function keepPage() {
  if (navigator.serviceWorker) {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: location.href });
    navigator.storage?.persist?.();
  }
}

/** One tab studies at a time; another one takes over when this one is closed. */
function claim() {
  addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-action]")) {
    button.addEventListener("click", onClick);
  }
  document.getElementById("typing").addEventListener("submit", (event) => {
    event.preventDefault();
    showAll();
    view.focusCard();
  });
  if (!navigator.locks) {
    start();
    return;
  }
  const telling = setTimeout(() => view.showFace("elsewhere"), OTHER_TAB_MS);
  navigator.locks.request(`passnotes-study-${user}-${enrolment}`, async () => {
    clearTimeout(telling);
    await start();
    return new Promise(() => {});
  });
}

claim();
