// Draws what the player shows. Words of questions only ever become text, never markup.

import { element, fromTemplate } from "./dom.js";
import { drawParts, hintOf } from "./parts.js";

export function drawQuestion(sheet, strikes, item, onAnswer) {
  element("place").textContent = `Question ${item.index} of ${sheet.items.length}`;
  element("case").hidden = !item.stimulus;
  element("case-text").textContent = item.stimulus;
  element("stem").textContent = item.stem;
  element("hint").textContent = hintOf(item);
  element("hint").hidden = !hintOf(item);
  element("flag").ariaPressed = String(item.flagged);
  const isTyped = item.options.length === 0;
  const isParted = item.kind === "order" || item.kind === "match";
  element("options").hidden = isTyped || isParted;
  element("typed-field").hidden = !isTyped;
  if (isTyped) {
    element("typed").value = item.response[0] ?? "";
    element("typed").readOnly = item.is_checked;
  }
  const choices = isParted ? [] : item.options;
  element("options").replaceChildren(...choices.map((option, place) => drawOption(strikes, item, option, place)));
  drawParts(item, onAnswer);
}

function drawOption(strikes, item, option, place) {
  const row = fromTemplate("option-template");
  const input = row.querySelector("input");
  input.type = item.kind === "multiple" ? "checkbox" : "radio";
  input.value = option.id;
  input.checked = item.response.includes(option.id);
  input.disabled = item.is_checked;
  row.querySelector("kbd").textContent = String(place + 1);
  row.querySelector("span").textContent = option.text;
  const strike = row.querySelector("button");
  strike.addEventListener("click", () => {
    strikes.toggle(item.index, option.id);
    showStrike(row, strikes.has(item.index, option.id), option);
  });
  showStrike(row, strikes.has(item.index, option.id), option);
  return row;
}

function showStrike(row, isStruck, option) {
  row.toggleAttribute("data-struck", isStruck);
  const strike = row.querySelector("button");
  strike.ariaPressed = String(isStruck);
  strike.ariaLabel = `Strike out: ${option.text}`;
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
