// Words selected in a note become a card: a link appears that carries them along.

const LONGEST = 2000;
const make = document.getElementById("make-card");
const address = make.getAttribute("href");

function lineOf(node) {
  const near = node instanceof Element ? node : node?.parentElement;
  return near?.closest(".line .text")?.closest(".line") ?? null;
}

function numberOf(line) {
  return Number(line.id.slice(1));
}

document.addEventListener("selectionchange", offer);
// What was selected before this module was here.
offer();

function offer() {
  const selection = getSelection();
  const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const first = lineOf(range?.startContainer);
  const last = lineOf(range?.endContainer) ?? first;
  const words = selection.toString().trim().slice(0, LONGEST);
  make.hidden = selection.isCollapsed || first === null || words === "";
  if (!make.hidden) {
    const asked = new URLSearchParams({ first: numberOf(first), last: numberOf(last), words });
    if (make.dataset.version) {
      asked.set("version", make.dataset.version);
    }
    make.href = `${address}?${asked}`;
  }
}
