// What this device keeps for one person: answers that the server has not confirmed, and where
// each sitting stands, so that studying goes on without the server.
//
// Both lie in IndexedDB, a database for each person. A write there takes some milliseconds, in
// which the tab may be closed; so an answer is first noted in localStorage, which is written at
// once, and the note is taken away when IndexedDB has the answer. Where IndexedDB is denied, the
// notes are all there is. Images of cards lie in a cache for each person.

const DATABASE = "passnotes-study-";
const IMAGES = "passnotes-images-";
const NOTE = "passnotes-answer-";
const DEVICE = "passnotes-device";

/** The store of one person; resolves even where the browser denies storage. */
export async function openStore(user) {
  const database = await open(DATABASE + user).catch(() => null);
  const prefix = `${NOTE}${user}-`;
  const inMemory = new Map();

  /**
   * Keep an event, with where it leads the sitting at `place`. Noted when this returns; resolves
   * to whether more than this open page holds it.
   */
  async function add(event, place, standing) {
    const isNoted = note(event);
    if (!isNoted) {
      inMemory.set(event.id, event);
    }
    try {
      await write(["outbox", "standings"], (outbox, standings) => {
        outbox.put(event);
        standings.put(standing, place);
      });
    } catch {
      return isNoted;
    }
    localDrop(prefix + event.id);
    inMemory.delete(event.id);
    return true;
  }

  function note(event) {
    try {
      localStorage.setItem(prefix + event.id, JSON.stringify(event));
      return true;
    } catch {
      return false;
    }
  }

  /** Every event the server has not confirmed, in the order they happened. */
  async function events() {
    const stored = await read("outbox", (outbox) => outbox.getAll(), []);
    const byId = new Map([...stored, ...noted(), ...inMemory.values()].map((e) => [e.id, e]));
    return [...byId.values()].sort((a, b) => a.seq - b.seq);
  }

  function noted() {
    return localKeys(prefix).map((key) => JSON.parse(localStorage.getItem(key)));
  }

  /** Forget events that the server has confirmed or refused for good. */
  async function remove(ids) {
    for (const id of ids) {
      inMemory.delete(id);
      localDrop(prefix + id);
    }
    await write(["outbox"], (outbox) => ids.forEach((id) => outbox.delete(id))).catch(() => {});
  }

  /** Keep the prompts of a sitting for the time without the server. */
  async function keepSitting(place, asked, standing) {
    await write(["prompts", "standings"], (prompts, standings) => {
      prompts.put(asked, place);
      standings.put(standing, place);
    }).catch(() => {});
  }

  /** The kept `{asked, standing}` of a place, or null. */
  async function sitting(place) {
    const asked = await read("prompts", (prompts) => prompts.get(place));
    const standing = await read("standings", (standings) => standings.get(place));
    return asked && standing ? { asked, standing } : null;
  }

  function write(names, work) {
    return transact(database, names, "readwrite", work);
  }

  async function read(name, work, otherwise = null) {
    try {
      return (await transact(database, [name], "readonly", work)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  return { add, events, remove, keepSitting, sitting };
}

function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "id" });
      request.result.createObjectStore("prompts");
      request.result.createObjectStore("standings");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/** `work` gets the object stores and stays synchronous: a transaction does not outlive a wait. */
function transact(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode);
    const request = work(...names.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
    // Not to wait for the success of each request shortens the time in which a closed tab loses it.
    if (mode === "readwrite") {
      transaction.commit?.();
    }
  });
}

/** The cache of one person's images. */
export function imagesOf(user) {
  return caches.open(IMAGES + user);
}

/**
 * Forget every card that this device keeps for anybody but `user`. Answers that wait to be sent
 * stay: nobody else can send them, and whom they belong to has nothing else of them.
 */
export async function forgetOthers(user = null) {
  const caching = globalThis.caches ? await caches.keys() : [];
  const images = caching.filter((name) => name.startsWith(IMAGES) && name !== IMAGES + user);
  await Promise.all(images.map((name) => caches.delete(name)));
  const known = (await globalThis.indexedDB?.databases?.()) ?? [];
  const others = known.filter(({ name }) => name.startsWith(DATABASE) && name !== DATABASE + user);
  for (const { name } of others) {
    const database = await open(name);
    await transact(database, ["prompts", "standings"], "readwrite", (prompts, standings) => {
      prompts.clear();
      standings.clear();
    });
    database.close();
  }
}

/** A name for this browser, so that the server can tell a learner's devices apart. */
export function deviceName(makeId) {
  try {
    const known = localStorage.getItem(DEVICE) ?? makeId();
    localStorage.setItem(DEVICE, known);
    return known;
  } catch {
    return makeId();
  }
}

function localKeys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function localDrop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that denies storage holds nothing to drop.
  }
}
