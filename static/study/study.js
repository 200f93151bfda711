// The study page: shows prompts, takes answers, and keeps every one of them until it is saved.

import { askForMore, fetchQueue, Refused } from "./api.js";
import { nextSeq, uuid7 } from "./ids.js";
import { actionOf, isTaken } from "./keys.js";
import { createOutbox, deviceName } from "./outbox.js";
import { Rating, Session, settledKeys } from "./session.js";
import { createSync } from "./sync.js";
import * as view from "./view.js";

const LONGEST_ANSWER_MS = 60_000;
const MORE = 10;

const shell = document.getElementById("study");
const user = Number(shell.dataset.user);
const enrolment = Number(shell.dataset.enrolment);
const note = shell.dataset.note;

const session = new Session();
const outbox = createOutbox(user);
const sync = createSync({ user, outbox, onState: view.paintStatus, onRejected: tellRejected });
const device = deviceName(uuid7);

// How much of the current prompt is shown: items of a list count one by one.
let shownItems = 0;
let isAnswered = false;
let askedAt = 0;

function tellRejected(rejected) {
  const reasons = [...new Set(rejected.map((each) => each.detail))].join(" ");
  const count = rejected.length === 1 ? "1 answer was" : `${rejected.length} answers were`;
  view.paintTrouble(`${count} not taken: ${reasons}`);
}

function ask({ askedForMore = false } = {}) {
  view.paintProgress(session);
  const prompt = session.current;
  if (prompt === null) {
    finish(askedForMore);
    return;
  }
  shownItems = 0;
  isAnswered = false;
  askedAt = performance.now();
  view.paintQuestion(prompt);
}

/** The sitting is over unless the server holds more than came with the first queue. */
function finish(askedForMore) {
  if (session.onServer > 0) {
    load();
  } else {
    view.paintDone(session, { askedForMore });
  }
}

function showNext() {
  const { items } = session.current;
  if (shownItems < items.length) {
    view.addStep(items[shownItems]);
    shownItems += 1;
  }
  if (shownItems < items.length) {
    view.paintShowButton(session.current, shownItems);
  } else {
    isAnswered = true;
    view.paintAnswer(session.current);
  }
}

function showAll() {
  while (!isAnswered) {
    showNext();
  }
}

function newEvent(fields) {
  return {
    id: uuid7(),
    enrolment,
    rating: null,
    target: null,
    duration_ms: 0,
    reviewed_at: new Date().toISOString(),
    seq: nextSeq(),
    device,
    ...fields,
  };
}

function keep(event) {
  if (!outbox.add(event)) {
    view.paintTrouble("This device's storage is full: keep this page open until all is saved.");
  }
  sync.note();
}

function rate(rating) {
  if (session.current === null || !isAnswered) {
    return false;
  }
  const { card, ordinal } = session.current;
  const spent = Math.min(Math.round(performance.now() - askedAt), LONGEST_ANSWER_MS);
  const event = newEvent({ kind: "answer", card, ordinal, rating, duration_ms: spent });
  session.answer(rating, event);
  ask();
  keep(event);
  return true;
}

function undo() {
  const answer = session.undo();
  if (answer === null) {
    return false;
  }
  const { card, ordinal, id } = answer;
  ask();
  showAll();
  view.announce(`Answer taken back. ${session.current.question}`);
  keep(newEvent({ kind: "undo", card, ordinal, target: id }));
  return true;
}

function proceed(show) {
  if (session.current === null) {
    return false;
  }
  if (isAnswered) {
    return rate(Rating.GOOD);
  }
  show();
  return true;
}

function help() {
  document.getElementById("keys").showModal();
  return true;
}

const ACTIONS = {
  next: () => proceed(showNext),
  showAll: () => proceed(showAll),
  rate1: () => rate(Rating.AGAIN),
  rate2: () => rate(Rating.HARD),
  rate3: () => rate(Rating.GOOD),
  rate4: () => rate(Rating.EASY),
  undo,
  source: view.toggleSource,
  help,
  more: () => load({ more: true }),
  retry: () => load(),
};

/** Fetch the day's prompts, after everything answered here has reached the server. */
async function load({ more = false } = {}) {
  view.showFace("wait");
  try {
    await sync.flush();
    if (more && !note) {
      await askForMore(enrolment, MORE);
    }
    const queue = await fetchQueue(enrolment, note);
    if (queue.user !== user) {
      throw new Refused(409);
    }
    session.load(queue, settledKeys(outbox.all()));
    ask({ askedForMore: more });
  } catch (error) {
    explain(error);
  }
}

function explain(error) {
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) {
    view.paintMessage("You are signed out", "Sign in again to go on; nothing is lost.");
  } else if (status === 409) {
    view.paintMessage("Somebody else is signed in", "Sign in as yourself to go on.");
  } else if (status > 0) {
    view.paintMessage("That did not work", `The server answered ${status}. Please try again.`);
  } else {
    view.paintMessage(
      "The server cannot be reached",
      "Your answers are kept on this device. Try again when you are online.",
    );
  }
}

function onKey(event) {
  if (isTaken(event)) {
    return;
  }
  const action = actionOf(event);
  if (action !== null && ACTIONS[action]()) {
    event.preventDefault();
  }
}

function onClick(event) {
  const button = event.currentTarget;
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

function start() {
  addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-action]")) {
    button.addEventListener("click", onClick);
  }
  sync.start();
  load();
}

start();
