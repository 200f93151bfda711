// Drains the outbox. Sending at least once to a server that stores an id once saves exactly once.

import { Refused, postJSON } from "./http.js";

const BATCH = 50;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

export const State = Object.freeze({
  SAVED: "saved",
  SAVING: "saving",
  OFFLINE: "offline",
  SIGNED_OUT: "signed-out",
});

export class Saver {
  constructor({ url, outbox, onState, onOutcome }) {
    this.url = url;
    this.outbox = outbox;
    this.onState = onState;
    this.onOutcome = onOutcome;
    this.timer = 0;
    this.retryMs = FIRST_RETRY_MS;
    this.flight = null;
    this.state = State.SAVED;
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.lastWord());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.lastWord();
      } else {
        this.flush();
      }
    });
  }

  // Sends soon. Throttled, not debounced: steady typing must not postpone saving for ever.
  add(event, delayMs) {
    this.outbox.put(event);
    this.tell(this.state === State.SAVED ? State.SAVING : this.state);
    if (!this.timer) {
      this.schedule(delayMs);
    }
  }

  tell(state) {
    this.state = state;
    this.onState(state, this.outbox.answerCount);
  }

  schedule(delayMs) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delayMs);
  }

  // Resolves to whether everything is saved.
  flush() {
    this.flight ??= this.drain().finally(() => {
      this.flight = null;
    });
    return this.flight;
  }

  async drain() {
    clearTimeout(this.timer);
    this.timer = 0;
    while (this.outbox.size) {
      this.tell(State.SAVING);
      try {
        this.settle(await postJSON(this.url, { events: this.outbox.all().slice(0, BATCH) }));
      } catch (error) {
        this.retry(error);
        return false;
      }
    }
    clearTimeout(this.timer);
    this.timer = 0;
    this.retryMs = FIRST_RETRY_MS;
    this.tell(State.SAVED);
    return true;
  }

  settle(outcome) {
    for (const id of outcome.acked) {
      this.outbox.remove(id);
    }
    const kept = this.outbox.answerCount;
    for (const { id } of outcome.rejected) {
      this.outbox.remove(id);
    }
    this.onOutcome(outcome, kept - this.outbox.answerCount);
  }

  // Keeps everything and tries again: not mine (404) only means somebody else has signed in.
  retry(error) {
    const isSignedOut = error instanceof Refused && [401, 403, 404].includes(error.status);
    this.tell(isSignedOut ? State.SIGNED_OUT : State.OFFLINE);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    this.schedule(this.retryMs * (0.7 + Math.random() * 0.6));
  }

  // The page may be gone before an answer comes; what was sent stays in the outbox till then.
  lastWord() {
    if (this.outbox.size) {
      const events = this.outbox.all().slice(0, BATCH);
      postJSON(this.url, { events }, { keepalive: true }).then(
        (outcome) => this.settle(outcome),
        (error) => this.retry(error),
      );
    }
  }
}
