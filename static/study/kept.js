// The offline page: what can be studied without the server.

import { keptPages } from "./offline.js";

async function start() {
  const pages = await keptPages();
  document.getElementById("none-kept").hidden = pages.length > 0;
  document.getElementById("some-kept").hidden = pages.length === 0;
  const links = pages.map(({ url, title }) => {
    const [line, link] = [document.createElement("li"), document.createElement("a")];
    link.className = "button primary";
    link.href = url;
    link.textContent = title;
    line.append(link);
    return line;
  });
  document.getElementById("kept").append(...links);
}

start();
