// Shows of an item's form what its kind uses. A field names its kinds in `data-kinds`; a choice's
// text also names in `data-group-kinds` those that have choices at all.

const kind = document.getElementById("id_kind");

function uses(kinds) {
  return kinds.split(" ").includes(kind.value);
}

function show() {
  for (const field of document.querySelectorAll("[data-kinds]")) {
    for (const place of placesOf(field)) {
      place.hidden = !uses(field.dataset.kinds);
    }
  }
  for (const field of document.querySelectorAll("[data-group-kinds]")) {
    field.closest(".inline-group").hidden = !uses(field.dataset.groupKinds);
  }
}

// A field stands in a row of its own, or in a column below its heading.
function placesOf(field) {
  const cell = field.closest("td");
  if (cell === null) {
    return [field.closest(".form-row")];
  }
  const headings = field.closest("table").tHead.rows[0].cells;
  return [cell, ...[...headings].filter((each) => each.classList.contains(columnOf(cell)))];
}

function columnOf(cell) {
  const name = [...cell.classList].find((each) => each.startsWith("field-"));
  return name.replace("field-", "column-");
}

if (kind !== null) {
  kind.addEventListener("change", show);
  document.addEventListener("formset:added", show);
  show();
}
