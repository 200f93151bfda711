// How long the question in view has been looked at, on a clock that nobody can set.

export class Watch {
  constructor() {
    this.item = null;
    this.since = 0;
    document.addEventListener("visibilitychange", () => this.settle());
  }

  // Puts the time since the last look on the account of the question that was in view.
  settle() {
    const now = performance.now();
    if (this.item && this.isRunning) {
      this.item.spent_ms += Math.round(now - this.since);
    }
    this.since = now;
    this.isRunning = document.visibilityState === "visible";
  }

  // From now on this question is in view; returns the one that was before.
  turnTo(item) {
    this.settle();
    const before = this.item;
    this.item = item ?? null;
    return before;
  }
}
