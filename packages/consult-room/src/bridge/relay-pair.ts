import type { Room } from '@livekit/rtc-node';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import type { VoiceFrame } from '../call/call-media.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeSide } from '../merge/merge-result.js';
import type { BridgeOptions } from '../options/merge-options.js';
import { AudioRelay } from './audio-relay.js';
import { relayDtmf } from './dtmf-relay.js';

/** Names of the tracks that a bridge publishes. The name for a further speaker ends in a dot and the speaker's identity. */
export const relayTrackNames: Readonly<{ caller: string; human: string }> = Object.freeze({
  caller: 'consult-room.caller',
  human: 'consult-room.human',
});

/** How long after the gate opened the human agent's keys are not relayed, in milliseconds. */
const keysAfterMs = 1_000;

/** The parties in place of whom a bridge relays silence. */
export type Silenced = MergeSide | 'both' | 'none';

interface Speaker {
  readonly relay: AudioRelay;
  readonly stopDtmf: () => void;
}

/** Both directions of a bridge, voices and keys, behind one gate. */
export class RelayPair {
  readonly toHuman: AudioRelay;
  readonly toCaller: AudioRelay;
  readonly #warn: (error: ConsultRoomError) => void;
  readonly #speakers: Speaker[] = [];
  readonly #parties: Readonly<Record<MergeSide, { readonly room: Room; readonly identity: string }>>;
  readonly #voiceListeners = new Set<(voice: VoiceFrame) => void>();
  #open = false;
  #openedAt = 0;

  constructor(options: BridgeOptions) {
    this.#parties = {
      caller: { room: options.callerRoom, identity: options.callerIdentity },
      human: { room: options.consultRoom, identity: options.humanIdentity },
    };
    this.#warn = options.onWarning;
    this.toHuman = this.#relaySpeaker('caller', options.callerIdentity, relayTrackNames.caller);
    this.toCaller = this.#relaySpeaker('human', options.humanIdentity, relayTrackNames.human);
  }

  /** The relays of the caller and the human agent. */
  get both(): readonly AudioRelay[] {
    return [this.toHuman, this.toCaller];
  }

  async start(): Promise<void> {
    await Promise.all(this.both.map((relay) => relay.start()));
  }

  openGate(withholdMs = 0): void {
    this.#open = true;
    this.#openedAt = performance.now();
    for (const { relay } of this.#speakers) relay.openGate(relay.side === 'human' ? withholdMs : 0);
  }

  closeGate(): void {
    this.#open = false;
    for (const { relay } of this.#speakers) relay.closeGate();
  }

  /** Relays silence in place of these parties until the next call; gate and mutes stay as they are. */
  silence(silenced: Silenced): void {
    for (const { relay } of this.#speakers) relay.silenced = silenced === 'both' || silenced === relay.side;
  }

  mute(side: MergeSide, muted: boolean): void {
    for (const { relay } of this.#speakers) if (relay.side === side) relay.mute(muted);
  }

  /** Calls `listener` with each relayed frame. A listener must not throw. Returns the function that stops it. */
  listen(listener: (voice: VoiceFrame) => void): () => void {
    this.#voiceListeners.add(listener);
    return () => this.#voiceListeners.delete(listener);
  }

  /** Relays one more speaker of a side, behind the same gate. */
  async addSpeaker(side: MergeSide, identity: string): Promise<void> {
    if (this.#find(side, identity)) return;
    const relay = this.#relaySpeaker(side, identity, `${relayTrackNames[side]}.${identity}`);
    try {
      await relay.start();
    } catch (error) {
      await this.removeSpeaker(side, identity, 1_000);
      throw toConsultRoomError(error, 'relay one more speaker', 'media');
    }
    if (this.#open) relay.openGate();
  }

  async removeSpeaker(side: MergeSide, identity: string, timeoutMs: number): Promise<void> {
    const speaker = this.#find(side, identity);
    if (!speaker || this.both.includes(speaker.relay)) return;
    this.#speakers.splice(this.#speakers.indexOf(speaker), 1);
    speaker.stopDtmf();
    await speaker.relay.close(timeoutMs);
  }

  /** Resolves to the errors of what could not be released. */
  async close(timeoutMs: number): Promise<readonly unknown[]> {
    this.closeGate();
    this.#voiceListeners.clear();
    for (const { stopDtmf } of this.#speakers) stopDtmf();
    const settled = await Promise.allSettled(this.#speakers.map(({ relay }) => relay.close(timeoutMs)));
    return settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  }

  #find(side: MergeSide, identity: string): Speaker | undefined {
    return this.#speakers.find(({ relay }) => relay.side === side && relay.identity === identity);
  }

  #relaySpeaker(side: MergeSide, identity: string, trackName: string): AudioRelay {
    const from = this.#parties[side].room;
    const listener = this.#parties[side === 'caller' ? 'human' : 'caller'];
    const relay = new AudioRelay({
      from,
      identity,
      listener,
      trackName,
      direction: side === 'caller' ? 'caller-to-human' : 'human-to-caller',
      onVoice: (voice) => this.#emitVoice(voice),
      onWarning: this.#warn,
    });
    const stopDtmf = relayDtmf({
      from,
      identity,
      to: listener.room,
      isOpen: () => this.#open && !relay.silenced && !relay.muted && !this.#isLateAcceptKey(side),
      onFailure: (error) => this.#warn(toConsultRoomError(error, 'relay a key press', 'media')),
    });
    this.#speakers.push({ relay, stopDtmf });
    return relay;
  }

  /** Whether a key may belong to the accept: a human agent who accepts by a key often presses it several times. */
  #isLateAcceptKey(side: MergeSide): boolean {
    return side === 'human' && performance.now() - this.#openedAt < keysAfterMs;
  }

  #emitVoice(voice: VoiceFrame): void {
    for (const listener of this.#voiceListeners) listener(voice);
  }
}
