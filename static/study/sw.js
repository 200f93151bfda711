// Serves the study page without the server. The server puts VERSION, made from the contents of the
// page's files, and FILES, their addresses, in front of this.
//
// Each version keeps its files and its pages in one cache, so that a page never meets the modules
// of another version. A new version waits until no tab uses the one before it.

const PREFIX = "passnotes-app-";
const CACHE = PREFIX + VERSION;
const STUDY = /^\/exams\/[-\w]+\/study\/$/;
const IMAGE = /^\/api\/v1\/images\/[0-9a-f]+\/$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE_MS = 3000;
const MATCH = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  const url = new URL(event.data.keep);
  if (isStudy(url)) {
    event.waitUntil(keep(url.href));
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (FILES.includes(url.pathname)) {
    event.respondWith(HASHED.test(url.pathname) ? cacheFirst(request) : networkFirst(request));
  } else if (IMAGE.test(url.pathname)) {
    event.respondWith(networkFirst(request));
  } else if (request.mode === "navigate" && isStudy(url)) {
    event.respondWith(page(request));
  } else if (request.mode === "navigate" && ["/", "/today/"].includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => offlinePage()));
  }
});

function isStudy(url) {
  return url.origin === location.origin && STUDY.test(url.pathname);
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  for (const url of await keptPages()) {
    await keep(url).catch(() => {});
  }
}

/** The study pages that the versions before this one kept. */
async function keptPages() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  const urls = requests.flat().map(({ url }) => url);
  return [...new Set(urls)].filter((url) => isStudy(new URL(url)));
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keep(url) {
  const response = await fetch(url);
  if (isMine(response)) {
    await (await caches.open(CACHE)).put(url, response);
  }
}

/** A study page of this version; not a redirect to the sign-in page, nor a newer page. */
function isMine(response) {
  const version = response.headers.get("X-Passnotes-Version");
  return response.ok && !response.redirected && version === VERSION;
}

/** The page from the server, or as it was kept where the server does not answer soon. */
async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, MATCH);
  const fresh = fetch(request).then(async (response) => {
    if (isMine(response)) {
      await cache.put(request.url, response.clone());
    }
    return response;
  });
  try {
    return await (kept ? Promise.race([fresh, impatience()]) : fresh);
  } catch {
    fresh.catch(() => {});
    return kept ?? offlinePage();
  }
}

function impatience() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

async function cacheFirst(request) {
  return (await caches.match(request, MATCH)) ?? fetch(request);
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, MATCH);
    if (kept) {
      return kept;
    }
    throw error;
  }
}

async function offlinePage() {
  return (await caches.match(FILES[0], MATCH)) ?? Response.error();
}
