// Which words of a filled gap text were hidden in its question.

const BRACKETED = /(\[[^\[\]]*\])/;

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * The answer in parts `{text, hidden}`. Brackets of the question that the answer lacks are gaps;
 * what stands around them is the same in both. A text that does not fit is one plain part.
 */
export function partsOf(question, answer) {
  const pieces = question.split(BRACKETED);
  const pattern = pieces.map((piece, place) => pieceAsPattern(piece, place, answer)).join("");
  const match = new RegExp(`^${pattern}((?:\\n[^]*)?)$`).exec(answer);
  if (match === null) {
    return [{ text: answer, hidden: false }];
  }
  const parts = match.slice(1).map((text, place) => ({
    text,
    hidden: place % 2 === 1 && text !== pieces[place],
  }));
  return parts.filter((part) => part.text !== "");
}

function pieceAsPattern(piece, place, answer) {
  const isGap = place % 2 === 1;
  if (!isGap) {
    return `(${escaped(piece)})`;
  }
  return answer.includes(piece) ? `(${escaped(piece)})` : "([^]+?)";
}
