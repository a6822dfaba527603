import { ConsultRoomError } from '../errors/consult-room-error.js';
import { toConsultRoomError } from '../errors/to-consult-room-error.js';
import type { PeopleService } from '../move/people-service.js';
import { deferred } from '../support/deferred.js';
import { raceSignal, throwIfAborted } from '../support/race-signal.js';
import { within } from '../support/within.js';
import type { RelayCounts } from './audio-relay.js';
import { resolveBridgeOptions } from './bridge-options.js';
import type { BridgeOptions, ResolvedBridgeOptions } from './bridge-options.js';
import { findMixedEncryption } from './encryption.js';
import { MergeAttempt } from './merge-attempt.js';
import type { Cancelable, Merge, MergeEnd, MergeResult, MergeState } from './merge.js';
import { RelayPair } from './relay-pair.js';
import { watchEnd } from './watch-end.js';

export interface BridgeStatistics {
  readonly callerToHuman: RelayCounts;
  readonly humanToCaller: RelayCounts;
}

export interface Bridge extends Merge {
  readonly statistics: BridgeStatistics;
}

/**
 * A merge that works on every LiveKit server: each person's voice and key presses are relayed into the other's room
 * by this process, which must stay in both rooms as long as the two talk.
 *
 * @throws ConsultRoomError `invalid-option`.
 */
export function createBridge(options: BridgeOptions): Bridge {
  return new RelayBridge(resolveBridgeOptions(options));
}

/** What the inside of this package may ask of a bridge beyond its interface. */
interface BridgeHooks {
  /** Told of an end before the bridge is; true if the bridge should go on regardless. */
  readonly absorb?: (end: MergeEnd) => boolean;
  /** Subscribes the listeners. */
  readonly people?: PeopleService | undefined;
}

export class RelayBridge implements Bridge {
  readonly #options: ResolvedBridgeOptions;
  readonly #hooks: BridgeHooks;
  readonly #ended = deferred<MergeEnd>();
  #end: MergeEnd | undefined;
  #state: MergeState = 'idle';
  #relays: RelayPair | undefined;
  #stopWatching: (() => void) | undefined;
  #preparing: Promise<RelayPair> | undefined;
  #current: { readonly attempt: MergeAttempt; readonly result: Promise<MergeResult> } | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedBridgeOptions, hooks: BridgeHooks = {}) {
    this.#options = options;
    this.#hooks = hooks;
  }

  /** There once it is prepared. */
  get relays(): RelayPair | undefined {
    return this.#relays;
  }

  /** Ends what its hook had absorbed. */
  end(end: MergeEnd): void {
    this.#finish(end);
  }

  get state(): MergeState {
    return this.#state;
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  get statistics(): BridgeStatistics {
    const none: RelayCounts = { forwardedFrames: 0, failedFrames: 0, droppedFrames: 0 };
    return {
      callerToHuman: this.#relays?.toHuman.counts ?? none,
      humanToCaller: this.#relays?.toCaller.counts ?? none,
    };
  }

  async prepare(options: Cancelable = {}): Promise<void> {
    await this.#prepared(options.signal);
  }

  async merge(options: Cancelable = {}): Promise<MergeResult> {
    if (this.#end) return { merged: false, reason: this.#end.cause };
    if (!this.#current) {
      const attempt = new MergeAttempt(options.signal);
      this.#current = { attempt, result: this.#run(attempt) };
    }
    return this.#current.result;
  }

  async unmerge(): Promise<void> {
    this.#part('unmerged', 'unmerged');
  }

  close(): Promise<void> {
    if (!this.#closing) {
      this.#finish({ cause: 'closed' });
      this.#state = 'closed';
      this.#closing = this.#release();
    }
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #prepared(signal: AbortSignal | undefined): Promise<RelayPair> {
    throwIfAborted(signal, 'prepare the bridge');
    if (this.#state === 'closed') throw new ConsultRoomError('closed', 'the bridge was closed');
    const mixed = findMixedEncryption(this.#options);
    if (mixed) throw mixed;
    this.#preparing ??= this.#startRelays();
    return raceSignal(this.#preparing, signal, 'prepare the bridge');
  }

  async #startRelays(): Promise<RelayPair> {
    this.#stopWatching ??= watchEnd(this.#options, (end) => {
      if (this.#hooks.absorb?.(end) !== true) this.#finish(end);
    });
    const relays = new RelayPair(this.#options);
    this.#relays = relays;
    try {
      await relays.start();
    } catch (error) {
      await this.#closeRelays(relays);
      this.#preparing = undefined;
      throw toConsultRoomError(error, 'prepare the bridge', 'media');
    }
    if (this.#state === 'idle') this.#state = 'prepared';
    return relays;
  }

  async #run(attempt: MergeAttempt): Promise<MergeResult> {
    const startedAt = performance.now();
    const missing = await this.#try(attempt);
    attempt.settle();
    let result: MergeResult;
    if (attempt.stopped !== undefined) result = { merged: false, reason: attempt.stopped };
    else if (ConsultRoomError.isInstance(missing)) result = { merged: false, reason: 'media', error: missing };
    else if (missing.length > 0) result = { merged: false, reason: 'no-proof', missing };
    else result = { merged: true, by: 'bridge', tookMs: performance.now() - startedAt };
    // A later attempt, or the end, may have taken over already.
    if (this.#current?.attempt !== attempt) return result;
    if (result.merged) this.#state = 'merged';
    else this.#part('prepared');
    return result;
  }

  async #try(attempt: MergeAttempt): Promise<Awaited<ReturnType<MergeAttempt['prove']>> | ConsultRoomError> {
    let relays: RelayPair;
    try {
      relays = await this.#prepared(attempt.signal);
    } catch (error) {
      return toConsultRoomError(error, 'merge', 'media');
    }
    if (attempt.stopped !== undefined) return [];
    this.#state = 'merging';
    relays.open();
    const { proofTimeoutMs, onWarning } = this.#options;
    return attempt.prove(relays.both, proofTimeoutMs, { people: this.#hooks.people, onWarning });
  }

  /** Shuts the gate at once. Whatever merge there is or was is over. */
  #part(next: 'prepared' | 'unmerged', stop?: Parameters<MergeAttempt['stop']>[0]): void {
    this.#relays?.shut();
    if (stop !== undefined) this.#current?.attempt.stop(stop);
    this.#current = undefined;
    if (this.#state === 'merging' || this.#state === 'merged') this.#state = next;
  }

  #finish(end: MergeEnd): void {
    this.#part('unmerged', end.cause);
    if (this.#end) return;
    this.#end = end;
    this.#ended.resolve(end);
  }

  async #release(): Promise<void> {
    this.#stopWatching?.();
    // A track that is being published has to be there before it can be taken back. The relays see to late ones, and
    // whoever asked for the preparation is told how it failed.
    const prepared = this.#preparing?.then(
      () => undefined,
      () => undefined,
    );
    if (prepared) await within(prepared, this.#options.closeTimeoutMs, 'close the bridge').catch(() => undefined);
    if (this.#relays) await this.#closeRelays(this.#relays);
  }

  async #closeRelays(relays: RelayPair): Promise<void> {
    const { closeTimeoutMs, onWarning } = this.#options;
    for (const error of await relays.close(closeTimeoutMs)) {
      onWarning(toConsultRoomError(error, 'close the bridge', 'media'));
    }
  }
}
