// Answers that the server has not confirmed yet. Each is an entry of its own in localStorage,
// written before anything else happens, so neither a reload nor a dead server loses one.

export class Outbox {
  constructor(attempt) {
    this.prefix = `passnotes.quiz.${attempt}.answer.`;
    this.events = new Map();
    this.isDurable = true;
    this.load();
  }

  load() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(this.prefix)) {
          const event = JSON.parse(localStorage.getItem(name));
          this.events.set(event.id, event);
        }
      }
    } catch {
      this.isDurable = false;
    }
  }

  get size() {
    return this.events.size;
  }

  // The oldest first.
  all() {
    return [...this.events.values()].sort((one, other) => one.seq - other.seq);
  }

  // Keeps an answer; older ones to the same question no longer matter, and go after it is safe.
  // A mere look replaces looks only.
  put(event) {
    this.events.set(event.id, event);
    try {
      localStorage.setItem(this.prefix + event.id, JSON.stringify(event));
    } catch {
      this.isDurable = false;
    }
    for (const other of this.all()) {
      const isOutdone = event.response !== null || other.response === null;
      if (other.index === event.index && other.seq < event.seq && isOutdone) {
        this.remove(other.id);
      }
    }
  }

  remove(id) {
    this.events.delete(id);
    if (this.isDurable) {
      localStorage.removeItem(this.prefix + id);
    }
  }
}
