// Changing a card in the middle of studying: its words, or a report of what is wrong with it.

import { get, Refused, send } from "./server.js";

const byId = (id) => document.getElementById(id);

/** Edit the prompt's card; who may not offers the words to those who may. */
export async function edit(prompt, { done, refresh }) {
  let card = null;
  try {
    card = await get(`/cards/${prompt.card}/`);
  } catch (error) {
    done(reason(error));
    return;
  }
  const form = byId("edit-form");
  const isListed = card.items.length > 0;
  form.querySelector("[data-part=items]").hidden = !isListed;
  form.querySelector("[data-part=back]").hidden = isListed;
  form.front.value = card.front;
  form.back.value = card.back;
  form.items.value = card.items.join("\n");
  form.explanation.value = card.explanation;
  byId("edit-title").textContent = prompt.may_edit ? "Edit this card" : "Suggest other words";
  byId("edit-save").textContent = prompt.may_edit ? "Save" : "Send the suggestion";
  fill("edit", async () => {
    const items = form.items.value.split("\n").map((item) => item.trim());
    const words = {
      front: form.front.value,
      back: form.back.value,
      items: items.filter((item) => item !== ""),
      explanation: form.explanation.value,
    };
    if (prompt.may_edit) {
      await send("PATCH", `/cards/${prompt.card}/`, words);
      await refresh();
      return "The card is changed.";
    }
    await send("POST", `/cards/${prompt.card}/suggest/`, words);
    return "Thank you: your words are with those who edit this exam.";
  }, done);
}

/** Tell those who edit the card what is wrong with it. */
export function flag(prompt, { done }) {
  const form = byId("flag-form");
  form.words.value = "";
  fill("flag", async () => {
    const report = { reason: form.reason.value, words: form.words.value };
    await send("POST", `/cards/${prompt.card}/flag/`, report);
    return "Thank you: it is reported.";
  }, done);
}

/** Open a dialog; when it is sent, `save` says what came of it, or its form says what is wrong. */
function fill(id, save, done) {
  const dialog = byId(id);
  const form = byId(`${id}-form`);
  const errors = form.querySelector(".errors");
  errors.textContent = "";
  form.querySelector("[data-close]").onclick = () => dialog.close();
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      const said = await save();
      dialog.close();
      done(said);
    } catch (error) {
      errors.textContent = reason(error);
    }
  };
  dialog.showModal();
}

function reason(error) {
  return error instanceof Refused
    ? error.message
    : "The server cannot be reached. Try again when you are online.";
}
