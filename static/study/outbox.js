// Answers that the server has not confirmed yet, kept on this device for each user apart.
//
// localStorage is written synchronously, so an answer outlives a tab that is closed in the same
// instant. What does not fit there stays in memory, and `add` says so.

export function createOutbox(user) {
  const prefix = `passnotes-outbox-${user}-`;
  const inMemory = new Map();

  /** Keep an event; false if only this open page holds it. */
  function add(event) {
    try {
      localStorage.setItem(prefix + event.id, JSON.stringify(event));
      return true;
    } catch {
      inMemory.set(event.id, event);
      return false;
    }
  }

  /** Every kept event, in the order they happened. */
  function all() {
    const events = [...inMemory.values(), ...stored()];
    return events.sort((a, b) => a.seq - b.seq);
  }

  function stored() {
    const events = [];
    for (let i = 0; i < storageLength(); i += 1) {
      const key = localStorage.key(i);
      if (key.startsWith(prefix)) {
        events.push(JSON.parse(localStorage.getItem(key)));
      }
    }
    return events;
  }

  /** Forget events that the server has confirmed or refused for good. */
  function remove(ids) {
    for (const id of ids) {
      if (!inMemory.delete(id)) {
        localStorage.removeItem(prefix + id);
      }
    }
  }

  return { add, all, remove };
}

/** How many entries storage has; none where the browser denies it. */
function storageLength() {
  try {
    return localStorage.length;
  } catch {
    return 0;
  }
}

/** A name for this browser, so that the server can tell a learner's devices apart. */
export function deviceName(makeId) {
  const key = "passnotes-device";
  try {
    const known = localStorage.getItem(key) ?? makeId();
    localStorage.setItem(key, known);
    return known;
  } catch {
    return makeId();
  }
}
