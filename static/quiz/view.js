// Draws what the player shows. Words of questions only ever become text, never markup.

export function element(id) {
  return document.getElementById(id);
}

function fromTemplate(id) {
  return element(id).content.firstElementChild.cloneNode(true);
}

export function drawQuestion(sheet, item) {
  element("place").textContent = `Question ${item.index} of ${sheet.items.length}`;
  element("stem").textContent = item.stem;
  element("hint").hidden = item.choose < 2;
  element("hint").textContent = `Choose ${item.choose}.`;
  element("flag").ariaPressed = String(item.flagged);
  const isTyped = item.options.length === 0;
  element("options").hidden = isTyped;
  element("typed-field").hidden = !isTyped;
  if (isTyped) {
    element("typed").value = item.response[0] ?? "";
  }
  element("options").querySelectorAll(".option").forEach((option) => option.remove());
  element("options").append(...item.options.map((option, place) => drawOption(item, option, place)));
}

function drawOption(item, option, place) {
  const label = fromTemplate("option-template");
  const input = label.querySelector("input");
  input.type = item.kind === "multiple" ? "checkbox" : "radio";
  input.value = option.id;
  input.checked = item.response.includes(option.id);
  label.querySelector("kbd").textContent = String(place + 1);
  label.querySelector("span").textContent = option.text;
  return label;
}

export function drawMap(sheet, place, go) {
  element("progress").max = sheet.items.length;
  element("progress").value = sheet.answeredCount;
  element("answered").textContent = `${sheet.answeredCount} answered`;
  const list = element("map-list");
  if (list.children.length !== sheet.items.length) {
    list.replaceChildren(...sheet.items.map(({ index }) => mapEntry(index, go)));
  }
  sheet.items.forEach((item, position) => {
    const button = list.children[position].firstElementChild;
    button.toggleAttribute("data-answered", sheet.isAnswered(item));
    button.toggleAttribute("data-flagged", item.flagged);
    button.toggleAttribute("data-seen", sheet.seen.has(item.index));
    button.ariaCurrent = item.index === place ? "step" : null;
    button.ariaLabel = `Question ${item.index}, ${sheet.stateOf(item)}`;
  });
}

function mapEntry(index, go) {
  const entry = fromTemplate("map-template");
  entry.firstElementChild.textContent = String(index);
  entry.firstElementChild.addEventListener("click", () => go(index));
  return entry;
}

export function drawReview(sheet, go) {
  element("summary").textContent = sheet.summary;
  element("review-list").replaceChildren(
    ...sheet.items.map((item) => {
      const entry = fromTemplate("review-template");
      entry.querySelector(".review-stem").textContent = `${item.index}. ${item.stem}`;
      entry.querySelector(".review-state").textContent = sheet.stateOf(item);
      entry.firstElementChild.addEventListener("click", () => go(item.index));
      return entry;
    }),
  );
}
