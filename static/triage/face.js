// How a draft looks once its words were changed here.

const GAP = /\{\{c[1-9]\d?::(.+?)(?:::.+?)?\}\}/gs;

function paragraph(text, isStrong = false) {
  const line = document.createElement("p");
  line.className = "preline";
  const words = isStrong ? line.appendChild(document.createElement("strong")) : line;
  words.textContent = text;
  return line;
}

function list(name, texts) {
  const items = document.createElement(name);
  for (const text of texts) {
    items.appendChild(document.createElement("li")).textContent = text;
  }
  return items;
}

function cloze(front) {
  const line = paragraph("");
  let end = 0;
  for (const gap of front.matchAll(GAP)) {
    line.append(front.slice(end, gap.index));
    line.appendChild(document.createElement("mark")).textContent = gap[1];
    end = gap.index + gap[0].length;
  }
  line.append(front.slice(end));
  return line;
}

function cardFace({ kind, front, back, items }) {
  if (kind === "cloze") {
    return back ? [cloze(front), paragraph(back)] : [cloze(front)];
  }
  return [paragraph(front, true), items.length > 0 ? list("ol", items) : paragraph(back)];
}

function questionFace({ kind, stem, accepted, choices }) {
  const shown = choices.map(({ text, is_correct: isCorrect, why }) => {
    if (kind === "match") {
      return `${text}: ${why}`;
    }
    return isCorrect ? `${text} (right)` : text;
  });
  return [paragraph(stem, true), list(kind === "order" ? "ol" : "ul", [...shown, ...accepted])];
}

export function drawFace(face, words) {
  face.replaceChildren(...("front" in words ? cardFace(words) : questionFace(words)));
}
