// One sitting: which prompt is asked now, what follows, what was answered, and the way back.
//
// A sitting changes only by events, the same that are sent to the server; so what this device
// kept and an event that came after it lead to where the learner was.

export const Rating = Object.freeze({ AGAIN: 1, HARD: 2, GOOD: 3, EASY: 4 });

// What was just forgotten comes back after this many others.
const OTHERS_BETWEEN = 8;
const DEEPEST_UNDO = 50;

export function keyOf(prompt) {
  return `${prompt.card}:${prompt.ordinal}`;
}

/**
 * The keys of prompts that events in the outbox have settled: these need not be asked again.
 * A failed answer settles nothing, because that prompt is still to come back today.
 */
export function settledKeys(events) {
  const undone = new Set(events.map((event) => event.target));
  const settled = new Set();
  for (const event of events) {
    if (event.kind !== "undo" && !undone.has(event.id)) {
      if (event.rating === Rating.AGAIN) {
        settled.delete(keyOf(event));
      } else {
        settled.add(keyOf(event));
      }
    }
  }
  return settled;
}

export class Session {
  constructor() {
    this.prompts = new Map();
    this.day = null;
    this.waiting = [];
    this.history = [];
    this.failed = new Set();
    // Prompts answered since their intervals were computed: these no longer hold.
    this.stale = new Set();
    this.answered = 0;
    this.onServer = 0;
    this.secondsEach = 0;
    this.seq = 0;
  }

  /** Take in a queue of the server, leaving out prompts in `settled`. */
  load(queue, settled) {
    const offered = queue.prompts.filter((prompt) => !settled.has(keyOf(prompt)));
    for (const prompt of offered) {
      this.prompts.set(keyOf(prompt), prompt);
      this.stale.delete(keyOf(prompt));
    }
    const keys = offered.map(keyOf);
    const all = queue.reviews_left + queue.new_left;
    const isWhole = queue.prompts.length >= all;
    const stay = this.waiting.filter((key) => keys.includes(key) || !isWhole);
    this.waiting = [...stay, ...keys.filter((key) => !stay.includes(key))];
    // Where nothing came, nothing more is to be had, whatever the numbers say.
    this.onServer = this.current ? Math.max(all - queue.prompts.length, 0) : 0;
    this.secondsEach = all > 0 ? queue.seconds / all : 0;
    this.day = queue.day;
  }

  /** Go back to where this device stood: what `asked` was, and the `standing` then. */
  restore(asked, standing) {
    this.prompts = new Map(asked.map((prompt) => [keyOf(prompt), prompt]));
    Object.assign(this, standing, {
      failed: new Set(standing.failed),
      stale: new Set(standing.stale),
      waiting: standing.waiting.filter((key) => this.prompts.has(key)),
    });
  }

  /** The prompts that are still to come, or to come back to. */
  get asked() {
    const keys = new Set([...this.waiting, ...this.history.map(keyOf), ...this.failed]);
    return [...keys].map((key) => this.prompts.get(key)).filter(Boolean);
  }

  get hasImages() {
    return this.asked.some(({ images }) => images?.length > 0);
  }

  /** Where this sitting stands, without the words of its prompts: small enough for every key. */
  get standing() {
    const { day, waiting, history, failed, stale, answered, onServer, secondsEach, seq } = this;
    const sets = { failed: [...failed], stale: [...stale] };
    return { day, waiting, history, answered, onServer, secondsEach, seq, ...sets };
  }

  get current() {
    return this.prompts.get(this.waiting[0]) ?? null;
  }

  get intervals() {
    return this.stale.has(this.waiting[0]) ? null : this.current.intervals;
  }

  get left() {
    return this.waiting.length + this.onServer;
  }

  get minutesLeft() {
    return Math.ceil((this.left * this.secondsEach) / 60);
  }

  /** The last thing that can be taken back, or null. */
  get last() {
    return this.history.at(-1) ?? null;
  }

  /** The prompts failed in this sitting, each once, in the order they were met. */
  get missed() {
    return [...this.failed].map((key) => this.prompts.get(key)).filter(Boolean);
  }

  /** Go where an event leads: on from its prompt, or back to it. */
  apply(event) {
    this.seq = Math.max(this.seq, event.seq);
    if (event.kind === "undo") {
      this.takeBack(event.target);
    } else {
      this.moveOn(event);
    }
  }

  moveOn({ id, kind, card, ordinal, rating }) {
    const key = keyOf({ card, ordinal });
    const before = { failed: this.failed.has(key), stale: this.stale.has(key) };
    this.history.push({ id, kind, card, ordinal, before });
    this.history.splice(0, this.history.length - DEEPEST_UNDO);
    this.waiting = this.waiting.filter((each) => each !== key);
    this.answered += kind === "answer" ? 1 : 0;
    if (rating === Rating.AGAIN) {
      this.failed.add(key);
      this.stale.add(key);
      this.waiting.splice(OTHERS_BETWEEN, 0, key);
    }
  }

  takeBack(id) {
    const place = this.history.findLastIndex((step) => step.id === id);
    if (place < 0) {
      return;
    }
    const [step] = this.history.splice(place, 1);
    const key = keyOf(step);
    this.answered -= step.kind === "answer" ? 1 : 0;
    for (const mark of ["failed", "stale"]) {
      if (!step.before[mark]) {
        this[mark].delete(key);
      }
    }
    if (this.prompts.has(key)) {
      this.waiting = [key, ...this.waiting.filter((each) => each !== key)];
    }
  }
}

/**
 * A UUID of version 7 (RFC 9562, 5.7): milliseconds first, then chance, so ids sort by time.
 * Built from getRandomValues because crypto.randomUUID exists on secure origins only.
 */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = now;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

let lastSeq = 0;

/** A number larger than every one before it, also across reloads: the order of this device. */
export function nextSeq(now = Date.now()) {
  lastSeq = Math.max(lastSeq + 1, now);
  return lastSeq;
}
