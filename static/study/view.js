// What stands on the study page. Words from notes are set as text, never as HTML.

import { partsOf } from "./answer.js";
import { State } from "./server.js";

const byId = (id) => document.getElementById(id);

const STATUS = {
  [State.SAVED]: () => "All saved",
  [State.SAVING]: (count) => `Saving ${count}…`,
  [State.OFFLINE]: (count) => `Offline: ${answers(count)} kept here`,
  [State.SIGNED_OUT]: (count) => `Sign in again to save ${answers(count)}`,
  [State.OTHER_USER]: (count) => `Somebody else is signed in · ${answers(count)} kept for you`,
};

function answers(count) {
  return count === 1 ? "1 answer" : `${count} answers`;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** Read a sentence to those who do not see the page. */
export function announce(text) {
  byId("live").textContent = text;
}

/** The state of saving; read aloud only when it turns into one the learner should know of. */
export function paintStatus(state, count) {
  const status = byId("status");
  const isCalm = state === State.SAVED || state === State.SAVING;
  const isNew = status.dataset.state !== state;
  status.dataset.state = state;
  byId("status-text").textContent = STATUS[state](count);
  byId("sign-in").hidden = state !== State.SIGNED_OUT && state !== State.OTHER_USER;
  if (isNew && !isCalm) {
    announce(byId("status-text").textContent);
  }
}

export function paintTrouble(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = text === "";
}

export function paintProgress(session) {
  const { answered, left, minutesLeft } = session;
  byId("bar").max = Math.max(answered + left, 1);
  byId("bar").value = answered;
  const time = minutesLeft > 0 ? ` · about ${minutesLeft} min` : "";
  byId("left").textContent = `${left} left${time}`;
  for (const button of document.querySelectorAll("[data-action=undo]")) {
    button.disabled = session.last === null;
  }
}

/** Show one of the page's faces: "wait", "ask", "done" or "message". */
export function showFace(face) {
  for (const part of document.querySelectorAll("[data-face]")) {
    part.hidden = !part.dataset.face.split(" ").includes(face);
  }
}

/** What just happened, where the page itself does not show it; "" takes the words away. */
export function say(text) {
  byId("said").textContent = text;
  byId("said").hidden = text === "";
}

/** `intervals` are null where an answer of this sitting has made them wrong. */
export function paintQuestion(prompt, intervals) {
  showFace("ask");
  byId("path").textContent = prompt.path.join(" › ");
  byId("new").hidden = !prompt.is_new;
  byId("question").textContent = prompt.question;
  paintImages(prompt, "question", byId("question"));
  byId("answer").replaceChildren();
  byId("answer").hidden = true;
  byId("typed-answer").hidden = true;
  byId("typed").value = "";
  byId("steps").replaceChildren();
  byId("explanation").textContent = "";
  byId("source").hidden = true;
  byId("edit-text").textContent = prompt.may_edit ? "Edit this card" : "Suggest other words";
  setSourceButtons(false, false);
  paintIntervals(intervals);
  paintShowButton(prompt, 0);
  showRatings(false);
  announce(prompt.question);
}

/** Show the field for typing the answer, or take it away. */
export function paintTyping(isTyped) {
  byId("typing").hidden = !isTyped;
  if (isTyped) {
    byId("typed").focus();
  } else if (document.activeElement === byId("typed")) {
    focusCard();
  }
}

export function typed() {
  return byId("typing").hidden ? "" : byId("typed").value.trim();
}

/** What was typed, letter by letter beside what was meant; no parts where it was right. */
export function paintDifferences(parts, isRight) {
  const tags = { same: "span", extra: "del", missing: "ins" };
  const words = isRight ? "You typed it right." : "You typed: ";
  byId("typed-answer").replaceChildren(
    element("span", words, isRight ? "right" : ""),
    ...parts.map(({ text, mark }) => element(tags[mark], text)),
  );
  byId("typed-answer").hidden = false;
  announce(`${isRight ? words : "Not quite."} ${byId("answer").textContent}`);
}

function paintIntervals(intervals) {
  for (const button of document.querySelectorAll("[data-rating]")) {
    button.querySelector("small").textContent = intervals?.[button.dataset.rating] ?? "";
  }
}

/** The rating that Space and Enter give. */
export function paintSuggested(rating) {
  for (const button of document.querySelectorAll("[data-rating]")) {
    button.classList.toggle("suggested", Number(button.dataset.rating) === rating);
  }
}

export function paintShowButton(prompt, shown) {
  const total = prompt.items.length;
  const words = total > 0 ? `Show item ${shown + 1} of ${total}` : "Show the answer";
  byId("show-text").textContent = words;
}

export function showRatings(visible) {
  byId("ratings").hidden = !visible;
  byId("show").hidden = visible;
}

/** Show an item of a list; a click on it, or its key, marks it as missed. */
export function addStep(text, index, toggleMissed) {
  const step = element("li", "");
  const button = element("button", text, "step");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.title = "Missed it? Mark it";
  button.addEventListener("click", () => toggleMissed(index));
  step.append(button);
  byId("steps").append(step);
  step.scrollIntoView({ block: "nearest" });
  announce(text);
}

export function paintMissed(index, isMissed) {
  const button = byId("steps").children[index].querySelector("button");
  button.setAttribute("aria-pressed", String(isMissed));
  announce(`${button.textContent}: ${isMissed ? "missed" : "known"}`);
}

/** The answer in full; items of a list stand on the page already. */
export function paintAnswer(prompt) {
  if (prompt.items.length === 0) {
    byId("answer").hidden = false;
    byId("answer").append(...answerNodes(prompt));
    announce(prompt.answer);
  }
  byId("explanation").textContent = prompt.explanation;
  paintImages(prompt, "answer", byId("steps"));
  setSourceButtons(prompt.sources.length > 0, false);
  paintSources(prompt.sources);
  showRatings(true);
}

function answerNodes(prompt) {
  if (prompt.kind !== "cloze") {
    return [document.createTextNode(prompt.answer)];
  }
  return partsOf(prompt.question, prompt.answer).map((part) =>
    part.hidden ? element("mark", part.text) : document.createTextNode(part.text),
  );
}

function paintSources(sources) {
  byId("sources").replaceChildren(...joined(sources).map(sourceNode));
}

/** Sources in the order of their lines, with those that follow each other made one. */
function joined(sources) {
  const groups = [];
  for (const source of sources.toSorted((a, b) => a.first_line - b.first_line)) {
    const last = groups.at(-1);
    if (last && last.note_id === source.note_id && last.last_line + 1 === source.first_line) {
      const text = `${last.text}\n${source.text}`;
      groups[groups.length - 1] = { ...last, last_line: source.last_line, text };
    } else {
      groups.push(source);
    }
  }
  return groups;
}

function sourceNode(source) {
  const { note, note_id: noteId, page, first_line: first, last_line: last, text } = source;
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const link = element("a", [note, page && `p. ${page}`, lines].filter(Boolean).join(", "));
  link.href = `/notes/${noteId}/?line=${first}`;
  link.target = "_blank";
  const node = document.createElement("div");
  node.append(element("blockquote", text), link);
  return node;
}

function sourceButtons() {
  return [...document.querySelectorAll("[data-action=source]")];
}

function setSourceButtons(isEnabled, isOpen) {
  for (const button of sourceButtons()) {
    button.disabled = !isEnabled;
    button.setAttribute("aria-expanded", String(isOpen));
  }
}

/** Open or close the source panel; false where this prompt has none to show. */
export function toggleSource() {
  if (sourceButtons().every((button) => button.disabled)) {
    return false;
  }
  const panel = byId("source");
  panel.hidden = !panel.hidden;
  setSourceButtons(true, !panel.hidden);
  if (!panel.hidden) {
    panel.scrollIntoView({ block: "nearest" });
  }
  return true;
}

/**
 * `askedForMore` says that the learner wanted more and there was none; `isOffline` that the
 * server may hold more.
 */
export function paintDone(session, { askedForMore = false, isOffline = false }) {
  showFace("done");
  const { answered, missed } = session;
  const title = answered > 0 ? "Done for now" : "Nothing is due";
  byId("done-title").textContent = isOffline ? "Done with what is kept here" : title;
  byId("done-text").textContent = doneText(answered, missed.length);
  byId("no-more").hidden = !askedForMore || isOffline;
  byId("done-offline").hidden = !isOffline;
  byId("missed").hidden = missed.length === 0;
  byId("missed-list").replaceChildren(...missed.map((prompt) => element("li", prompt.question)));
  announce(`${byId("done-title").textContent}. ${byId("done-text").textContent}`);
}

function doneText(answered, missed) {
  if (answered === 0) {
    return byId("done-text").dataset.nothing;
  }
  const given = answered === 1 ? "1 answer" : `${answered} answers`;
  const cards = missed === 1 ? "1 card" : `${missed} cards`;
  return missed === 0 ? `${given}, and you knew it all.` : `${given}, ${cards} missed.`;
}

export function paintMessage(title, text) {
  showFace("message");
  byId("message-title").textContent = title;
  byId("message-text").textContent = text;
  announce(`${title}. ${text}`);
}

export function focusCard() {
  byId("card").focus({ preventScroll: true });
}

/** Bring a finger's or a mouse's attention to `id`, and leave the keyboard to the whole page. */
export function focusAfterClick(event, id) {
  if (event.detail > 0) {
    event.currentTarget.blur();
  } else {
    byId(id).focus();
  }
}

/** Show the images of a side, "question" or "answer", after `place`; the question's clear all. */
function paintImages(prompt, side, place) {
  if (side === "question") {
    document.querySelectorAll("#card .images").forEach((shown) => shown.remove());
  }
  // Prompts that a device has kept from before have none.
  const images = (prompt.images ?? []).filter((image) => image.side === side);
  if (images.length > 0) {
    const shown = document.createElement("p");
    shown.className = "images";
    shown.append(...images.map(imageNode));
    place.after(shown);
  }
}

function imageNode({ url, alt, width, height }) {
  const image = new Image(width, height);
  image.alt = alt;
  image.src = url;
  return image;
}
