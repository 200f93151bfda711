// Ticks all cards of the page at once.

const all = document.getElementById("tick-all");
const found = document.getElementById("found");

if (all && found) {
  all.hidden = false;
  const boxes = [...found.querySelectorAll("[name=card]")];
  const master = all.querySelector("input");
  master.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = master.checked;
    }
  });
  found.addEventListener("change", ({ target }) => {
    if (target.name === "card") {
      master.checked = boxes.every((box) => box.checked);
    }
  });
}
