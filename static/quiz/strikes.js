// Choices a learner has struck out: a help for thinking that only this device keeps.

export class Strikes {
  constructor(attempt) {
    this.name = `passnotes.quiz.${attempt}.struck`;
    this.struck = new Set(this.read());
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? [];
    } catch {
      return [];
    }
  }

  has(index, option) {
    return this.struck.has(`${index}.${option}`);
  }

  toggle(index, option) {
    const key = `${index}.${option}`;
    if (!this.struck.delete(key)) {
      this.struck.add(key);
    }
    try {
      localStorage.setItem(this.name, JSON.stringify([...this.struck]));
    } catch {
      // Where nothing can be kept, a strike lasts as long as the page.
    }
    return this.struck.has(key);
  }
}
