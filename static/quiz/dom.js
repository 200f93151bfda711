// The two ways in which the player gets at its page.

export function element(id) {
  return document.getElementById(id);
}

export function fromTemplate(id) {
  return element(id).content.firstElementChild.cloneNode(true);
}
