// Changing a draft's words in place. What is typed is kept until it is saved, even over a reload.

const LINED = ["items", "accepted"];
let made = 0;

function template(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function isAsked(field, words) {
  if (LINED.includes(field)) {
    return words[field].length > 0;
  }
  return field !== "back" || words.items.length === 0;
}

function choiceRow(choice, kind) {
  const row = template("edit-choice");
  row.querySelector("[name=text]").value = choice.text;
  row.querySelector("[name=why]").value = choice.why;
  row.querySelector("[name=is_correct]").checked = choice.is_correct;
  row.querySelector(".choice").hidden = kind === "match";
  return row;
}

function fill(form, words) {
  for (const label of form.querySelectorAll("[data-label]")) {
    const field = label.dataset.label;
    const control = form.elements.namedItem(field);
    control.id = `edit-${field}-${++made}`;
    label.htmlFor = control.id;
    label.parentElement.hidden = !isAsked(field, words);
    control.value = LINED.includes(field) ? words[field].join("\n") : words[field];
  }
  const choices = form.querySelector("[data-choices]");
  if (choices) {
    choices.hidden = words.choices.length === 0;
    choices.append(...words.choices.map((choice) => choiceRow(choice, words.kind)));
  }
}

/** The words as the form has them, in the form the API takes. */
function read(form, before) {
  const words = { ...before };
  for (const label of form.querySelectorAll("[data-label]")) {
    const field = label.dataset.label;
    const text = form.elements.namedItem(field).value;
    const lines = () => text.split("\n").map((line) => line.trim()).filter(Boolean);
    words[field] = LINED.includes(field) ? lines() : text;
  }
  if (before.choices?.length) {
    words.choices = [...form.querySelectorAll(".choice-edit")].map((row) => ({
      text: row.querySelector("[name=text]").value,
      why: row.querySelector("[name=why]").value,
      is_correct: row.querySelector("[name=is_correct]").checked,
    }));
  }
  return words;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Opens the form in `draft`; resolves to `{words, accept}`, or to null if nothing is to change. */
export function edit(draft, words) {
  const form = template("front" in words ? "edit-card" : "edit-question");
  const kept = `triage-edit-${draft.dataset.id}`;
  fill(form, JSON.parse(sessionStorage.getItem(kept) ?? "null") ?? words);
  const face = draft.querySelector(".face");
  face.hidden = true;
  face.after(form);
  form.querySelectorAll("textarea").forEach(grow);
  form.querySelector(".field:not([hidden]) textarea").focus();
  form.addEventListener("input", ({ target }) => {
    sessionStorage.setItem(kept, JSON.stringify(read(form, words)));
    if (target instanceof HTMLTextAreaElement) {
      grow(target);
    }
  });
  return new Promise((resolve) => {
    const close = (result) => {
      sessionStorage.removeItem(kept);
      form.remove();
      face.hidden = false;
      resolve(result);
    };
    const save = (accept) => close({ words: read(form, words), accept });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(true);
    });
    form.querySelector("[data-save]").addEventListener("click", () => save(false));
    form.querySelector("[data-cancel]").addEventListener("click", () => close(null));
    form.addEventListener("keydown", (event) => {
      if (event.isComposing) {
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        close(null);
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        save(true);
      }
    });
  });
}

/** Whether somebody began to change this draft and has not finished. */
export function isBegun(draft) {
  return sessionStorage.getItem(`triage-edit-${draft.dataset.id}`) !== null;
}
