interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A virtual clock. Everything that is due runs in the order of its time. */
export class Clock {
  now = 0;
  #order = 0;
  readonly #queue: Due[] = [];

  /** Runs `run` in `ms` milliseconds. */
  after(ms: number, run: () => void): void {
    this.#order += 1;
    const due = { at: this.now + ms, order: this.#order, run };
    let place = this.#queue.length;
    for (let before = this.#queue[place - 1]; before && before.at > due.at; before = this.#queue[place - 1]) place -= 1;
    this.#queue.splice(place, 0, due);
  }

  /** Runs the next item that is due; false if there is none. */
  runNext(): boolean {
    const due = this.#queue.shift();
    if (!due) return false;
    this.now = due.at;
    due.run();
    return true;
  }
}
