/** A state, and the effects to perform. */
export interface MachineStep<S, F> {
  readonly state: S;
  readonly effects: readonly F[];
}

/** The handlers of one phase. An event without a handler changes nothing. */
export type MachineTable<
  S extends { readonly phase: string },
  E extends { readonly type: string },
  F,
  P extends S['phase'],
> = {
  readonly [T in E['type']]?: (
    state: Extract<S, { readonly phase: P }>,
    event: Extract<E, { readonly type: T }>,
  ) => MachineStep<S, F>;
};

/** Puts effects before those of a step. */
export function after<S, F>(effects: readonly NoInfer<F>[], next: MachineStep<S, F>): MachineStep<S, F> {
  return { state: next.state, effects: [...effects, ...next.effects] };
}

/** A pure function from a state and an event to the next state and its effects. */
export type Transition<S, E, F> = (state: S, event: E) => MachineStep<S, F>;

/** The state of a lifecycle. Handles one event at a time, also when an effect dispatches the next event itself. */
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
