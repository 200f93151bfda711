// Sends decisions to the server one after the other, and keeps those that did not get there.

const PATIENCE_MS = 10_000;
const LONGEST_WAIT_MS = 8000;

export class Refused extends Error {
  constructor(status, detail) {
    super(detail || `The server answered ${status}.`);
    this.status = status;
  }
}

/** The cookie is read at send time: a token in a page that was open for long is stale. */
function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

export async function request(path, method = "GET", body = undefined) {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    keepalive: method !== "GET",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const fields = Object.values(answer.errors ?? {}).flat().join(" ");
    throw new Refused(response.status, fields || answer.detail);
  }
  return answer;
}

/** Whether trying again may help: the server is away, busy, or asks who we are. */
function mayPass(error) {
  return !(error instanceof Refused) || error.status >= 500 || [401, 429].includes(error.status);
}

/**
 * A queue of operations `{path, method, body}` that survives a reload. `onChange(count, error)`
 * hears how many are still on their way, and what holds them up.
 */
export class Sender {
  constructor(name, onChange) {
    this.name = name;
    this.onChange = onChange;
    this.waiting = JSON.parse(localStorage.getItem(name) ?? "[]").map((sent) => ({ sent }));
    this.isRunning = false;
    this.wake = () => {};
    addEventListener("online", () => this.wake());
    addEventListener("focus", () => this.wake());
    this.run();
  }

  /** Resolves to the server's answer; rejects with what it refuses for good. */
  send(sent) {
    const operation = { sent };
    const done = new Promise((resolve, reject) => Object.assign(operation, { resolve, reject }));
    operation.done = done;
    this.waiting.push(operation);
    this.keep();
    this.run();
    return operation;
  }

  /** Take an operation out that has not been sent yet; false if it is too late. */
  takeBack(operation) {
    const place = this.waiting.indexOf(operation);
    if (place < 0 || operation.isSending) {
      return false;
    }
    this.waiting.splice(place, 1);
    this.keep();
    return true;
  }

  keep() {
    localStorage.setItem(this.name, JSON.stringify(this.waiting.map(({ sent }) => sent)));
    this.onChange(this.waiting.length, null);
  }

  /** Whether something was decided after this page was asked for: it does not know of it. */
  get isBehind() {
    const [visit] = performance.getEntriesByType("navigation");
    const asked = performance.timeOrigin + visit.requestStart;
    return this.waiting.length > 0 || Number(localStorage.getItem(`${this.name}-at`)) >= asked;
  }

  async run() {
    if (this.isRunning) {
      return;
    }
    this.isRunning = true;
    for (let tries = 0; this.waiting.length > 0; ) {
      const operation = this.waiting[0];
      try {
        operation.isSending = true;
        const { path, method, body } = operation.sent;
        this.finish(operation, "resolve", await request(path, method, body));
        tries = 0;
      } catch (error) {
        if (!mayPass(error)) {
          this.finish(operation, "reject", error);
          continue;
        }
        // It may have arrived all the same: it counts as sent, and sending it again is harmless.
        this.onChange(this.waiting.length, error);
        await this.pause(Math.min(500 * 2 ** tries++, LONGEST_WAIT_MS));
      }
    }
    this.isRunning = false;
  }

  finish(operation, settle, value) {
    this.waiting.shift();
    localStorage.setItem(`${this.name}-at`, String(Date.now()));
    this.keep();
    operation[settle]?.(value);
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }
}
