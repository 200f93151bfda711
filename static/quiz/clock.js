// Counts down from what the server says is left, on a clock that nobody can set.

const WARNINGS = [
  [5 * 60_000, "Five minutes left."],
  [60_000, "One minute left."],
];

export class Clock {
  constructor({ onTick, onWarning, onEnd }) {
    this.onTick = onTick;
    this.onWarning = onWarning;
    this.onEnd = onEnd;
    this.end = null;
    this.before = Infinity;
  }

  // Called with every answer of the server, so that sleep and drift are made good.
  set(remainingMs) {
    if (remainingMs === null) {
      return;
    }
    const isFirst = this.end === null;
    this.end = performance.now() + remainingMs;
    this.before = Math.max(this.before, remainingMs);
    if (isFirst) {
      setInterval(() => this.tick(), 1000);
    }
    this.tick();
  }

  get isOver() {
    return this.end !== null && performance.now() >= this.end;
  }

  tick() {
    const left = Math.max(this.end - performance.now(), 0);
    this.onTick(inWords(left));
    for (const [at, words] of WARNINGS) {
      if (left <= at && this.before > at && this.before !== Infinity) {
        this.onWarning(words);
      }
    }
    const isEnd = left === 0 && this.before > 0;
    this.before = left;
    if (isEnd) {
      this.onEnd();
    }
  }
}

// 2:05:09 or 5:09, rounded up so that 0:00 means the end.
export function inWords(ms) {
  const total = Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
