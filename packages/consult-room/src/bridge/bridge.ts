import { within } from '@org/support';
import type { ParticipantService } from '../api/participant-service.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { timedOut } from '../async/timed-out.js';
import { ConsultRoomError } from '../consult-room-error.js';
import { findMixedEncryption } from '../merge/encryption.js';
import type { MergeResult } from '../merge/merge-result.js';
import { verifyAudioFlows } from '../merge/verify-audio-flow.js';
import type { BridgeOptions } from '../options/merge-options.js';
import { RelayPair } from './relay-pair.js';

export interface BridgeContext extends BridgeOptions {
  /** The service that subscribes the listeners. */
  readonly participants: ParticipantService | undefined;
}

/**
 * Relays each party's voice and key presses into the other party's room: works on every LiveKit server, as long as this
 * process stays in both rooms. Performs what the state machine decides.
 */
export class Bridge {
  readonly #context: BridgeContext;
  #relays: RelayPair | undefined;
  #publishing: Promise<RelayPair> | undefined;
  /** Ends the running verification. */
  #verification = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(context: BridgeContext) {
    this.#context = context;
  }

  /** Undefined until the tracks are being published. */
  get relays(): RelayPair | undefined {
    return this.#relays;
  }

  /**
   * Publishes the tracks, which carry silence.
   *
   * @throws ConsultRoomError `encrypted`, `media` or `closed`
   */
  async publishTracks(): Promise<RelayPair> {
    if (this.#closing) throw new ConsultRoomError('closed', 'the bridge was closed');
    const mixed = findMixedEncryption(this.#context);
    if (mixed) throw mixed;
    this.#publishing ??= this.#start();
    return this.#publishing;
  }

  /**
   * Opens the gate, for the human agent's voice `withholdMs` milliseconds later. Resolves to the reason why the merge
   * failed, or to undefined when audio flows in both directions. Never rejects.
   */
  async openGate(
    withholdMs: number,
  ): Promise<Extract<MergeResult, { readonly reason: 'no-audio' | 'media' }> | undefined> {
    const verification = new AbortController();
    this.#verification = verification;
    try {
      const relays = await this.publishTracks();
      if (verification.signal.aborted) return { merged: false, reason: 'no-audio', missing: [] };
      relays.openGate(withholdMs);
      const missing = await verifyAudioFlows(
        relays.both,
        this.#context.verifyTimeoutMs,
        verification.signal,
        this.#context,
      );
      return missing.length > 0 ? { merged: false, reason: 'no-audio', missing } : undefined;
    } catch (error) {
      return { merged: false, reason: 'media', error: toConsultRoomError(error, 'merge', 'media') };
    }
  }

  /** Closes the gate immediately, and ends the verification. */
  closeGate(): void {
    this.#verification.abort();
    this.#relays?.closeGate();
  }

  /** Unpublishes the tracks. Never rejects. */
  close(): Promise<void> {
    this.closeGate();
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
      this.#publishing = undefined;
      throw toConsultRoomError(error, 'publish the tracks', 'media');
    }
  }

  async #close(): Promise<void> {
    // A track must be published before it can be unpublished. Relays close late ones themselves, and the failure to
    // publish is reported to its caller.
    const prepared = this.#publishing?.then(
      () => undefined,
      () => undefined,
    );
    if (prepared)
      await within(this.#context.closeTimeoutMs, prepared, timedOut('close the bridge')).catch(() => undefined);
    if (this.#relays) await this.#closeRelays(this.#relays);
  }

  async #closeRelays(relays: RelayPair): Promise<void> {
    const { closeTimeoutMs, onWarning } = this.#context;
    for (const error of await relays.close(closeTimeoutMs)) {
      onWarning(toConsultRoomError(error, 'close the bridge', 'media'));
    }
  }
}
