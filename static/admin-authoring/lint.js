// Says what is doubtful about a question while it is written. The server decides; this asks it
// at most every half second, and only the newest answer counts.

const EVERY_MS = 500;

const place = document.querySelector("[data-lint]");
const form = place?.closest("form");
let waiting = null;
let newest = 0;

function soon() {
  waiting ??= setTimeout(ask, EVERY_MS);
}

async function ask() {
  waiting = null;
  newest += 1;
  const mine = newest;
  const trouble = place.querySelector("[data-trouble]");
  try {
    const body = new FormData(form);
    const response = await fetch(place.dataset.lint, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok) {
      throw new Error(`The server answered ${response.status}.`);
    }
    const { faults } = await response.json();
    if (mine === newest) {
      show(faults);
    }
    trouble.hidden = true;
  } catch {
    trouble.hidden = false;
  }
}

function show(faults) {
  const list = place.querySelector("[data-faults]");
  const lines = faults.map(({ what, is_error: isError }) => {
    const line = document.createElement("li");
    line.className = isError ? "fault" : "doubt";
    line.textContent = `${isError ? "Fault" : "Doubt"}: ${what}`;
    return line;
  });
  // A reader is told only of what is new.
  if (lines.map((line) => line.textContent).join() !== [...list.children].map((line) => line.textContent).join()) {
    list.replaceChildren(...lines);
  }
  place.querySelector("[data-sound]").hidden = faults.length > 0;
}

if (form) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("formset:added", soon);
  document.addEventListener("formset:removed", soon);
}
