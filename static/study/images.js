// The images of a card, each with words for those who do not see it.

/** Show the images of a side, "question" or "answer", after `place`; the question's clear all. */
export function paintImages(prompt, side, place) {
  if (side === "question") {
    document.querySelectorAll("#card .images").forEach((shown) => shown.remove());
  }
  // Prompts that a device has kept from before have none.
  const images = (prompt.images ?? []).filter((image) => image.side === side);
  if (images.length > 0) {
    const shown = document.createElement("p");
    shown.className = "images";
    shown.append(...images.map(imageNode));
    place.after(shown);
  }
}

function imageNode({ url, alt, width, height }) {
  const image = new Image(width, height);
  image.alt = alt;
  image.src = url;
  return image;
}
