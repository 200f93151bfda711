// The study pages that the service worker keeps on this device (see sw.js).

const PREFIX = "passnotes-app-";

/** The study pages kept on this device, as `{url, title}`. */
export async function keptPages() {
  const pages = new Map();
  for (const cache of await pageCaches()) {
    for (const { url } of (await cache.keys()).filter(({ url }) => isStudy(url))) {
      const page = await (await cache.match(url, { ignoreVary: true })).text();
      pages.set(url, new DOMParser().parseFromString(page, "text/html").querySelector("h1"));
    }
  }
  return [...pages].map(([url, heading]) => ({ url, title: heading.textContent }));
}

/** Forget every kept page: it was made for the person who was signed in. */
export async function forgetPages() {
  for (const cache of await pageCaches()) {
    const pages = (await cache.keys()).filter(({ url }) => isStudy(url));
    await Promise.all(pages.map((page) => cache.delete(page)));
  }
}

async function pageCaches() {
  const names = globalThis.caches ? await caches.keys() : [];
  return Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((n) => caches.open(n)));
}

function isStudy(url) {
  return new URL(url).pathname.endsWith("/study/");
}
