// Sends the outbox to the server: at least once from here, stored once there.

import { Refused, sendEvents } from "./api.js";

const BATCH = 100;
const PAUSE_MS = 250;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;

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
export function createSync({ user, outbox, onState, onRejected }) {
  let timer = 0;
  let running = null;
  let retryMs = FIRST_RETRY_MS;
  let trouble = null;

  function tell() {
    const count = outbox.all().length;
    if (count === 0) {
      onState(State.SAVED, 0);
    } else {
      onState(trouble ?? State.SAVING, count);
    }
  }

  /** A new event waits. A throttle, not a debounce: fast answers must not put sending off. */
  function note() {
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
      const events = outbox.all().slice(0, BATCH);
      if (events.length === 0) {
        calmDown();
        return true;
      }
      if (!(await sendBatch(events, options))) {
        return false;
      }
    }
  }

  async function sendBatch(events, options) {
    try {
      const { acked, rejected } = await sendEvents(user, events, options);
      if (acked.length + rejected.length === 0) {
        throw new Refused(200);
      }
      outbox.remove([...acked, ...rejected.map((each) => each.id)]);
      if (rejected.length > 0) {
        onRejected(rejected);
      }
      trouble = null;
      tell();
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
    tell();
    retryNow();
  }

  return { flush, note, start };
}

/** Only one tab of a browser sends at a time; without the Locks API (plain HTTP) each does. */
function withLock(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
