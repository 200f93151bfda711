// The answers of one paper in this browser: what the server had, plus what is not sent yet.

export class Sheet {
  constructor(attempt, outbox) {
    this.outbox = outbox;
    this.seenName = `passnotes.quiz.${attempt}.seen`;
    this.items = [];
    this.seen = new Set(this.readSeen());
  }

  readSeen() {
    try {
      return JSON.parse(localStorage.getItem(this.seenName)) ?? [];
    } catch {
      return [];
    }
  }

  markSeen(index) {
    this.seen.add(index);
    if (this.outbox.isDurable) {
      localStorage.setItem(this.seenName, JSON.stringify([...this.seen]));
    }
  }

  // Of each question the newest answer counts, wherever it was given.
  merge(items) {
    const held = new Map(this.items.map((item) => [item.index, item]));
    this.items = items.map((item) => {
      const mine = held.get(item.index);
      if (!mine) {
        return item;
      }
      // The page's own object stays, for the watch and the view hold it.
      const newer = mine.seq > item.seq ? {} : item;
      return Object.assign(mine, newer, {
        spent_ms: Math.max(mine.spent_ms, item.spent_ms),
        is_checked: item.is_checked,
      });
    });
    for (const event of this.outbox.all()) {
      const item = this.items[event.index - 1];
      item.spent_ms = Math.max(item.spent_ms, event.spent_ms ?? 0);
      if (event.response !== null && event.seq > item.seq) {
        Object.assign(item, { response: event.response, flagged: event.flagged, seq: event.seq });
      }
    }
  }

  // Changes an item and returns the event that tells the server so. The time makes the newest
  // answer of several devices win; counting on keeps the order where a clock is wrong.
  change(item, { response = item.response, flagged = item.flagged }) {
    const seq = this.nextSeq();
    Object.assign(item, { response, flagged, seq });
    return this.event(item, response, seq);
  }

  // Tells the server how long a question was in view, and changes nothing else.
  look(item) {
    return this.event(item, null, this.nextSeq());
  }

  nextSeq() {
    const highest = Math.max(...this.items.map((each) => each.seq));
    this.lastSeq = Math.max(highest + 1, (this.lastSeq ?? 0) + 1, Date.now());
    return this.lastSeq;
  }

  event(item, response, seq) {
    return {
      id: newId(),
      index: item.index,
      response,
      flagged: item.flagged,
      seq,
      spent_ms: item.spent_ms,
      client_at: new Date().toISOString(),
    };
  }

  isAnswered(item) {
    const isMatch = item.kind === "match";
    return isMatch ? item.response.length === item.options.length : item.response.length > 0;
  }

  get answeredCount() {
    return this.items.filter((item) => this.isAnswered(item)).length;
  }

  // "2 questions are not answered, 1 is flagged."
  get summary() {
    const open = this.items.length - this.answeredCount;
    const flagged = this.items.filter((item) => item.flagged).length;
    const answered = open === 0 ? "Every question is answered" : `${open} of ${this.items.length} questions not answered`;
    return `${answered}, ${flagged} flagged.`;
  }

  stateOf(item) {
    const words = [this.isAnswered(item) ? "answered" : "not answered"];
    if (item.flagged) {
      words.push("flagged");
    }
    if (!this.seen.has(item.index)) {
      words.push("not seen");
    }
    return words.join(", ");
  }
}

// crypto.randomUUID is missing on plain http addresses other than localhost.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
