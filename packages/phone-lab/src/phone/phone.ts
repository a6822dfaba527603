import type { LineNetwork } from '../line/line-network.js';
import type { Vocabulary } from '../tones/tone-words.js';
import type { PhoneCall } from './phone-call.js';

export interface PhoneOptions {
  /** The party's own tone, Hz; `tone()` and `say()` use it. Default none. */
  readonly voice?: number;
  /** Words that `say()` knows. Default the lab's. */
  readonly vocabulary?: Vocabulary;
  /**
   * Whether each call of the phone runs in a process of its own, which can be killed and stopped (`call.line`). It joins some
   * tenths of a second later then. Default false.
   */
  readonly ownProcess?: boolean;
  /** What the phone's line does to its packets. Default a perfect line, on which the phone always sends. */
  readonly line?: LineNetwork;
}

/** A phone that can be dialed. */
export interface Phone {
  readonly number: string;
  /** Every attempt to reach this phone, in order. */
  readonly calls: readonly PhoneCall[];
  /** Resolves when all calls so far are over; rejects when a script threw. */
  readonly done: Promise<void>;
  /** The next attempt that no earlier `nextCall` has returned. Rejects with `timeout` after 10 s unless told otherwise. */
  nextCall(options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal }): Promise<PhoneCall>;
}
