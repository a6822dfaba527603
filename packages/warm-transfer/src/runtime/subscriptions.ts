/** Subscriptions that end together. */
export class Subscriptions {
  readonly #warn: (cause: unknown) => void;
  readonly #unsubscribe: (() => void)[] = [];

  /** `warn` receives errors of subscribing. */
  constructor(warn: (cause: unknown) => void) {
    this.#warn = warn;
  }

  /** Calls `start`, which returns the function that unsubscribes. */
  add(start: () => () => void): void {
    try {
      this.#unsubscribe.push(start());
    } catch (cause) {
      this.#warn(cause);
    }
  }

  end(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }
}
