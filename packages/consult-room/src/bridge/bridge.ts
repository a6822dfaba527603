import { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import type { PeopleService } from '../api/participant-service.js';
import { within } from '../async/with-timeout.js';
import type { ResolvedBridgeOptions } from '../options/bridge-options.js';
import { findMixedEncryption } from '../merge/encryption.js';
import type { MergeResult } from '../merge/merge-result.js';
import { proveFlows } from '../merge/verify-audio-flow.js';
import { RelayPair } from './relay-pair.js';

export interface BridgeContext extends ResolvedBridgeOptions {
  /** Subscribes the listeners. */
  readonly people: PeopleService | undefined;
}

/**
 * Relays each participant's voice and key presses into the other's room: works on every LiveKit server, as long as this
 * process stays in both rooms. Performs what it is asked for, and decides nothing.
 */
export class Bridge {
  readonly #context: BridgeContext;
  #relays: RelayPair | undefined;
  #preparing: Promise<RelayPair> | undefined;
  /** Ends the proof that is running. */
  #proof = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(context: BridgeContext) {
    this.#context = context;
  }

  /** Undefined until it is prepared. */
  get relays(): RelayPair | undefined {
    return this.#relays;
  }

  /**
   * Publishes the tracks, which carry silence.
   *
   * @throws ConsultRoomError `encrypted`, `media` or `closed`.
   */
  async prepare(): Promise<RelayPair> {
    if (this.#closing) throw new ConsultRoomError('closed', 'the bridge was closed');
    const mixed = findMixedEncryption(this.#context);
    if (mixed) throw mixed;
    this.#preparing ??= this.#start();
    return this.#preparing;
  }

  /**
   * Opens the gate, for the human agent `withholdMs` later, and resolves to why the merge failed, or to undefined when both
   * directions stand. Never rejects.
   */
  async open(withholdMs: number): Promise<Extract<MergeResult, { readonly reason: 'no-proof' | 'media' }> | undefined> {
    const proof = new AbortController();
    this.#proof = proof;
    try {
      const relays = await this.prepare();
      if (proof.signal.aborted) return { merged: false, reason: 'no-proof', missing: [] };
      relays.open(withholdMs);
      const missing = await proveFlows(relays.both, this.#context.proofTimeoutMs, proof.signal, this.#context);
      return missing.length > 0 ? { merged: false, reason: 'no-proof', missing } : undefined;
    } catch (error) {
      return { merged: false, reason: 'media', error: toConsultRoomError(error, 'merge', 'media') };
    }
  }

  /** Closes the gate immediately, and ends the proof. */
  shut(): void {
    this.#proof.abort();
    this.#relays?.shut();
  }

  /** Takes the tracks back. Never rejects. */
  close(): Promise<void> {
    this.shut();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #start(): Promise<RelayPair> {
    const relays = new RelayPair(this.#context);
    this.#relays = relays;
    try {
      await relays.start();
      return relays;
    } catch (error) {
      await this.#closeRelays(relays);
      this.#preparing = undefined;
      throw toConsultRoomError(error, 'prepare the bridge', 'media');
    }
  }

  async #close(): Promise<void> {
    // A track that is being published must be there before it can be taken back. Relays close late ones themselves, and
    // the failure of a preparation is reported to its caller.
    const prepared = this.#preparing?.then(
      () => undefined,
      () => undefined,
    );
    if (prepared) await within(prepared, this.#context.closeTimeoutMs, 'close the bridge').catch(() => undefined);
    if (this.#relays) await this.#closeRelays(this.#relays);
  }

  async #closeRelays(relays: RelayPair): Promise<void> {
    const { closeTimeoutMs, onWarning } = this.#context;
    for (const error of await relays.close(closeTimeoutMs)) {
      onWarning(toConsultRoomError(error, 'close the bridge', 'media'));
    }
  }
}
