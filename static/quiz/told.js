// What a checked question tells: whether the answer was right, why, and the lines behind it.

import { element, fromTemplate } from "./dom.js";

function words(result) {
  if (result.score === 1) {
    return "Right";
  }
  return result.score > 0 ? `Partly right: ${Math.round(result.score * 100) / 100} points` : "Not right";
}

function paragraph(text, className = "") {
  const made = document.createElement("p");
  made.className = `preline ${className}`;
  made.textContent = text;
  return made;
}

function sourceOf(source) {
  const figure = fromTemplate("source-template");
  const place = source.first_line === source.last_line ? `line ${source.first_line}` : `lines ${source.first_line} to ${source.last_line}`;
  figure.querySelector("blockquote").textContent = source.text;
  figure.querySelector("a").href = `/notes/${source.note_id}/?line=${source.first_line}`;
  figure.querySelector("a").textContent = `${source.note}, ${source.page ? `page ${source.page}, ` : ""}${place}`;
  return figure;
}

export function drawTold(result) {
  element("told").hidden = !result;
  if (!result) {
    return;
  }
  element("verdict").textContent = words(result);
  element("verdict").className = `verdict ${result.score === 1 ? "is-right" : "is-wrong"}`;
  const lines = result.options.length
    ? result.options.map((option) => paragraph(`${option.is_correct ? "✓" : "✗"} ${option.text}${option.why ? `: ${option.why}` : ""}`, option.is_correct ? "verdict is-right" : ""))
    : [paragraph(`Right: ${result.right_answer.join(result.kind === "order" ? " → " : result.kind === "match" ? "; " : ", or ")}`)];
  if (result.explanation) {
    lines.push(paragraph(result.explanation));
  }
  element("reasons").replaceChildren(...lines, ...result.sources.map(sourceOf));
}
