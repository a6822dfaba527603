/** Decides what follows from an event: pure. */
export type Transition<S, E, F> = (state: S, event: E) => { readonly state: S; readonly effects: readonly F[] };

/** The state of a lifecycle. Takes one event after the other, also where an effect reports the next one itself. */
export class Machine<S, E, F> {
  readonly #transition: Transition<S, E, F>;
  /** Must not throw. */
  readonly #perform: (effect: F) => void;
  readonly #queue: E[] = [];
  #state: S;
  #isDispatching = false;

  constructor(initial: S, transition: Transition<S, E, F>, perform: (effect: F) => void) {
    this.#state = initial;
    this.#transition = transition;
    this.#perform = perform;
  }

  get state(): S {
    return this.#state;
  }

  dispatch(event: E): void {
    this.#queue.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { state, effects } = this.#transition(this.#state, next);
      this.#state = state;
      for (const effect of effects) this.#perform(effect);
    }
    this.#isDispatching = false;
  }
}
