/** Resources that one test at a time may use; dispose of one to give it back. */
export interface Lane<T> extends Disposable {
  readonly its: T;
}

/** As many sets of what tests cannot share as there are tests in parallel: none waits for another. */
export class Lanes<T> {
  readonly #free: T[];
  readonly #waiting: ((its: T) => void)[] = [];

  constructor(all: readonly T[]) {
    this.#free = [...all];
  }

  async take(): Promise<Lane<T>> {
    const free = this.#free.shift();
    const its = free ?? (await new Promise<T>((resolve) => void this.#waiting.push(resolve)));
    return { its, [Symbol.dispose]: () => this.#giveBack(its) };
  }

  #giveBack(its: T): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(its);
    else next(its);
  }
}
