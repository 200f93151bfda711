// Questions of several parts: steps moved up and down, terms that are each given a meaning.

import { element, fromTemplate } from "./dom.js";

const HINTS = {
  order: "Move the steps with the arrows until the first one stands at the top. If they are in order already, say so.",
  match: "Choose the meaning of each term.",
};

export function hintOf(item) {
  return HINTS[item.kind] ?? (item.choose > 1 ? `Choose ${item.choose}.` : "");
}

export function drawParts(item, onAnswer) {
  element("steps").hidden = item.kind !== "order";
  element("pairs").hidden = item.kind !== "match";
  element("steps").replaceChildren(...(item.kind === "order" ? drawSteps(item, onAnswer) : []));
  element("pairs").replaceChildren(...(item.kind === "match" ? drawPairs(item, onAnswer) : []));
  element("keep-order").hidden = item.kind !== "order" || item.response.length > 0 || item.is_checked;
  element("keep-order").onclick = () => {
    onAnswer(orderOf(item), "This order is your answer");
    drawParts(item, onAnswer);
  };
}

// The steps in the order last given, at first as the paper shows them.
function orderOf(item) {
  return item.response.length ? item.response : item.options.map(({ id }) => id);
}

function drawSteps(item, onAnswer) {
  const order = orderOf(item);
  const texts = new Map(item.options.map(({ id, text }) => [id, text]));
  return order.map((id, place) => {
    const step = fromTemplate("step-template");
    step.dataset.step = id;
    step.querySelector("span").textContent = texts.get(id);
    for (const button of step.querySelectorAll("button")) {
      const way = Number(button.dataset.move);
      button.ariaLabel = `Move ${way < 0 ? "up" : "down"}: ${texts.get(id)}`;
      button.disabled = item.is_checked || place + way < 0 || place + way >= order.length;
      button.addEventListener("click", () => move(item, id, way, onAnswer));
    }
    return step;
  });
}

function move(item, id, way, onAnswer) {
  const order = [...orderOf(item)];
  const place = order.indexOf(id);
  [order[place], order[place + way]] = [order[place + way], order[place]];
  onAnswer(order, `Now in place ${place + way + 1} of ${order.length}`);
  drawParts(item, onAnswer);
  const step = element("steps").querySelector(`[data-step="${id}"]`);
  const [same, other] = [way, -way].map((each) => step.querySelector(`[data-move="${each}"]`));
  (same.disabled ? other : same).focus();
}

function drawPairs(item, onAnswer) {
  const given = new Map(item.response.map((pair) => pair.split("=")));
  return item.options.map(({ id, text }) => {
    const pair = fromTemplate("pair-template");
    const select = pair.querySelector("select");
    pair.querySelector("span").textContent = text;
    select.name = id;
    select.disabled = item.is_checked;
    select.append(...item.targets.map((target) => new Option(target.text, target.id)));
    select.value = given.get(id) ?? "";
    select.addEventListener("change", () => onAnswer(chosenPairs(), ""));
    return pair;
  });
}

function chosenPairs() {
  const selects = Array.from(element("pairs").querySelectorAll("select"));
  return selects.filter(({ value }) => value).map(({ name, value }) => `${name}=${value}`);
}
