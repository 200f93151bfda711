// How an answer is shown beside its question: the words that a gap hid, and what was typed.

const BRACKETED = /(\[[^\[\]]*\])/;
const LONGEST_TYPED = 60;

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

/** The words a learner can be asked to type for this prompt; null where they are too many. */
export function typedAnswer(prompt) {
  let words = prompt.items.length > 0 ? "" : prompt.answer;
  if (prompt.kind === "cloze") {
    const hidden = partsOf(prompt.question, prompt.answer).filter((part) => part.hidden);
    words = hidden.length === 1 ? hidden[0].text : "";
  }
  const isShort = words !== "" && words.length <= LONGEST_TYPED && !words.includes("\n");
  return isShort ? words.trim() : null;
}

/** Without what nobody means when they type: capitals, spaces, a full stop at the end. */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim().replace(/[.;,]$/, "");
}

export function isRight(typed, expected) {
  return plain(typed) === plain(expected);
}

/**
 * What was typed beside what was meant, in parts `{text, mark}`: "same" in both, "extra" only
 * typed, "missing" only meant. Capitals do not count.
 */
export function differences(typed, expected) {
  const [one, other] = [[...typed.trim()], [...expected]];
  const same = (i, j) => one[i].toLowerCase() === other[j].toLowerCase();
  // common[i][j]: the most letters that the rests from i and j have in common, in this order.
  const common = Array.from({ length: one.length + 1 }, () => Array(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      common[i][j] = same(i, j)
        ? common[i + 1][j + 1] + 1
        : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const parts = [];
  const put = (text, mark) => {
    if (parts.at(-1)?.mark === mark) {
      parts.at(-1).text += text;
    } else {
      parts.push({ text, mark });
    }
  };
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && same(i, j)) {
      put(other[j], "same");
      i += 1;
      j += 1;
    } else if (j >= other.length || (i < one.length && common[i + 1][j] >= common[i][j + 1])) {
      put(one[i], "extra");
      i += 1;
    } else {
      put(other[j], "missing");
      j += 1;
    }
  }
  return parts;
}
