// One sitting: which prompt is asked now, what follows, what was answered, and the way back.

export const Rating = Object.freeze({ AGAIN: 1, HARD: 2, GOOD: 3, EASY: 4 });

// What was just forgotten comes back after this many others.
const OTHERS_BETWEEN = 8;
const DEEPEST_UNDO = 50;

export function keyOf(prompt) {
  return `${prompt.card}:${prompt.ordinal}`;
}

/**
 * The keys of prompts that events in the outbox have answered: these need not be asked again.
 * A failed answer is not among them, because that prompt is still to come back today.
 */
export function settledKeys(events) {
  const undone = new Set(events.map((event) => event.target));
  const settled = new Set();
  for (const event of events) {
    if (event.kind === "answer" && !undone.has(event.id)) {
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
    this.waiting = [];
    this.history = [];
    this.answered = 0;
    this.onServer = 0;
    this.secondsEach = 0;
  }

  /** Take in a queue of the server, leaving out prompts in `settled` and those that wait here. */
  load(queue, settled) {
    for (const prompt of queue.prompts) {
      const key = keyOf(prompt);
      if (!settled.has(key)) {
        const failed = this.prompts.get(key)?.failed ?? false;
        this.prompts.set(key, { ...prompt, failed });
        if (!this.waiting.includes(key)) {
          this.waiting.push(key);
        }
      }
    }
    const all = queue.reviews_left + queue.new_left;
    // Where nothing came, nothing more is to be had, whatever the numbers say.
    this.onServer = this.current ? Math.max(all - queue.prompts.length, 0) : 0;
    this.secondsEach = all > 0 ? queue.seconds / all : 0;
  }

  get current() {
    return this.prompts.get(this.waiting[0]) ?? null;
  }

  get left() {
    return this.waiting.length + this.onServer;
  }

  get minutesLeft() {
    return Math.ceil((this.left * this.secondsEach) / 60);
  }

  get canUndo() {
    return this.history.length > 0;
  }

  /** The prompts failed in this sitting, each once, in the order they were met. */
  get missed() {
    return [...this.prompts.values()].filter((prompt) => prompt.failed);
  }

  /** Move on from the current prompt; `event` is the answer an undo would take back. */
  answer(rating, event) {
    const key = this.waiting[0];
    const prompt = this.prompts.get(key);
    this.history.push({ event, key, prompt, waiting: [...this.waiting] });
    if (this.history.length > DEEPEST_UNDO) {
      this.history.shift();
    }
    this.waiting.shift();
    this.answered += 1;
    if (rating === Rating.AGAIN) {
      // The intervals that came with the prompt no longer hold after this answer.
      this.prompts.set(key, { ...prompt, failed: true, intervals: null });
      this.waiting.splice(OTHERS_BETWEEN, 0, key);
    }
  }

  /** Return to the last answered prompt; gives the answer to take back, or null. */
  undo() {
    const step = this.history.pop();
    if (!step) {
      return null;
    }
    const arrived = this.waiting.filter((key) => !step.waiting.includes(key));
    this.waiting = [...step.waiting, ...arrived];
    this.prompts.set(step.key, step.prompt);
    this.answered -= 1;
    return step.event;
  }
}
