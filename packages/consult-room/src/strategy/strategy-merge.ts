import { type Deferred, deferred } from '@org/support';
import { Machine } from '../async/machine.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { ConsultRoomError } from '../consult-room-error.js';
import type { Effect, MergeOutcome } from '../machine/effect.js';
import type { StrategyEvent } from '../machine/event.js';
import { initialState, type StrategyState } from '../machine/state.js';
import { transition } from '../machine/transition.js';
import { findMixedEncryption } from '../merge/encryption.js';
import type { MergeEnd } from '../merge/merge-result.js';
import type { MergeRequest, ParsedMergeOptions } from '../options/merge-options.js';
import { mergeRequest } from '../options/merge-shape.js';
import { signalOptions } from '../options/shapes.js';
import type { SignalOptions } from '../options/signal-options.js';
import { validate } from '../options/validate.js';
import type { CallMerge, CallMergeResult } from './call-merge.js';
import { EffectRunner } from './effect-runner.js';

/** A merge that was requested, and its call. */
interface Running {
  readonly result: Deferred<CallMergeResult>;
  readonly startedAt: number;
  readonly stopListening: () => void;
}

/** Dispatches events to the state machine, which decides how to merge, and has its effects performed. */
export class StrategyMerge implements CallMerge {
  readonly #options: ParsedMergeOptions;
  readonly #ended = deferred<MergeEnd>();
  readonly #together = deferred<void>();
  readonly #runner: EffectRunner;
  readonly #machine: Machine<StrategyState, StrategyEvent, Effect>;
  #running: Running | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ParsedMergeOptions) {
    this.#options = options;
    this.#runner = new EffectRunner(options, {
      dispatch: (event) => this.#dispatch(event),
      onEnd: (end) => this.#ended.resolve(end),
      onTogether: () => this.#together.resolve(),
      onSettled: (outcome) => this.#settle(outcome),
    });
    const initial = initialState(options.ways, options.humanIdentity);
    this.#machine = new Machine(initial, transition, (effect) => this.#runner.perform(effect));
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  get together(): Promise<void> {
    return this.#together.promise;
  }

  async publishTracks(options: SignalOptions = {}): Promise<void> {
    validate(signalOptions, options);
    const { signal } = options;
    throwIfAborted(signal, 'publish the tracks');
    if (this.#closing) throw new ConsultRoomError('closed', 'the merge was closed');
    const mixed = findMixedEncryption(this.#options);
    if (mixed) throw mixed;
    this.#dispatch({ type: 'publish-tracks' });
    if (this.#state.links.bridge !== 'none') await raceSignal(this.#runner.publishing(), signal, 'publish the tracks');
  }

  async merge(request: MergeRequest = {}): Promise<CallMergeResult> {
    validate(mergeRequest, request);
    const { signal, withholdMs = 0 } = request;
    if (this.#running && this.#state.phase !== 'ended') return this.#running.result.promise;
    if (signal?.aborted) return { merged: false, reason: 'aborted' };
    const mixed = this.#state.phase === 'ended' ? undefined : findMixedEncryption(this.#options);
    if (mixed) return { merged: false, reason: 'media', error: mixed };
    const abort = (): void => this.#dispatch({ type: 'abort' });
    signal?.addEventListener('abort', abort, { once: true });
    const result = deferred<CallMergeResult>();
    const stopListening = (): void => signal?.removeEventListener('abort', abort);
    this.#running = { result, startedAt: performance.now(), stopListening };
    this.#dispatch({ type: 'merge', withholdMs });
    return result.promise;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#dispatch({ type: 'close' });
    // A running move is undone first. A completed one stays: closing does not hang up.
    await this.#runner.idle();
  }

  get #state(): StrategyState {
    return this.#machine.state;
  }

  #dispatch(event: StrategyEvent): void {
    this.#runner.watch();
    this.#machine.dispatch(event);
  }

  #settle(outcome: MergeOutcome): void {
    const running = this.#running;
    if (!running) return;
    running.stopListening();
    if (!outcome.merged) {
      this.#running = undefined;
      running.result.resolve(outcome);
      return;
    }
    const call = this.#runner.startCall(outcome.by);
    running.result.resolve({ ...outcome, tookMs: performance.now() - running.startedAt, call });
  }
}
