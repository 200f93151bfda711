// All that is said to the server: requests, and the outbox, which is sent at least once from here
// and stored once there.

const ROOT = "/api/v1";
const PATIENCE_MS = 10_000;
const QUEUE_LIMIT = 120;
const BATCH = 100;
const PAUSE_MS = 250;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;

/** An answer of the server that is not a success; `status` is its HTTP status. */
export class Refused extends Error {
  constructor(status, detail = "") {
    super(detail || `The server answered ${status}.`);
    this.status = status;
  }
}

/** The cookie is read at send time: a token in a page that was open for long is stale. */
function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function request(path, { patience = PATIENCE_MS, ...options } = {}) {
  const response = await fetch(ROOT + path, {
    credentials: "same-origin",
    signal: AbortSignal.timeout(patience),
    ...options,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, problem.detail);
  }
  return response.json();
}

export function get(path, options) {
  return request(path, options);
}

export function send(method, path, body, options = {}) {
  return request(path, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
    ...options,
  });
}

export function fetchQueue(enrolment, note, patience) {
  const onlyNote = note ? `&note=${note}` : "";
  return get(`/enrolments/${enrolment}/queue/?limit=${QUEUE_LIMIT}${onlyNote}`, { patience });
}

/** What the learner is told about their answers. */
export const State = Object.freeze({
  SAVED: "saved",
  SAVING: "saving",
  OFFLINE: "offline",
  SIGNED_OUT: "signed-out",
  OTHER_USER: "other-user",
});

const STATE_OF_STATUS = {
  401: State.SIGNED_OUT,
  403: State.SIGNED_OUT,
  409: State.OTHER_USER,
};

/**
 * `onState(state, count)` hears how many events wait; `onRejected(events)` hears of those the
 * server will never take. Starts nothing by itself: call `start`.
 */
export function createSync({ user, store, onState, onRejected }) {
  let timer = 0;
  let running = null;
  let retryMs = FIRST_RETRY_MS;
  let trouble = null;
  let count = 0;

  function tell() {
    onState(count === 0 ? State.SAVED : (trouble ?? State.SAVING), count);
  }

  /** A new event waits. A throttle, not a debounce: fast answers must not put sending off. */
  function note() {
    count += 1;
    tell();
    if (timer === 0 && trouble === null) {
      schedule(PAUSE_MS);
    }
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      flush();
    }, delay);
  }

  /** Send all that waits; resolves to whether nothing is left. One flush at a time, in one tab. */
  function flush(options = {}) {
    running ??= withLock(`passnotes-flush-${user}`, () => drain(options)).finally(() => {
      running = null;
    });
    return running;
  }

  async function drain(options) {
    for (;;) {
      const events = await store.events();
      count = events.length;
      if (count === 0) {
        calmDown();
        return true;
      }
      if (!(await sendBatch(events.slice(0, BATCH), options))) {
        return false;
      }
    }
  }

  async function sendBatch(events, options) {
    try {
      const { acked, rejected } = await send("POST", "/reviews/", { user, events }, options);
      if (acked.length + rejected.length === 0) {
        throw new Refused(200);
      }
      await store.remove([...acked, ...rejected.map((each) => each.id)]);
      if (rejected.length > 0) {
        onRejected(rejected);
      }
      trouble = null;
      return true;
    } catch (error) {
      holdBack(error);
      return false;
    }
  }

  function calmDown() {
    trouble = null;
    retryMs = FIRST_RETRY_MS;
    tell();
  }

  /** Nothing is dropped: the events stay, and another try is made soon. */
  function holdBack(error) {
    const status = error instanceof Refused ? error.status : 0;
    trouble = STATE_OF_STATUS[status] ?? State.OFFLINE;
    tell();
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    schedule(retryMs * (0.7 + Math.random() * 0.3));
  }

  function retryNow() {
    retryMs = FIRST_RETRY_MS;
    schedule(0);
  }

  function start() {
    addEventListener("online", retryNow);
    addEventListener("focus", retryNow);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") {
        retryNow();
      } else {
        flush({ keepalive: true });
      }
    });
    retryNow();
  }

  return { flush, note, start };
}

/** Only one tab of a browser sends at a time; without the Locks API (plain HTTP) each does. */
function withLock(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
