import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { AudioRelay } from './audio-relay.js';
import type { VoiceFrame } from '../call/call-media.js';
import type { ResolvedBridgeOptions } from '../options/bridge-options.js';
import type { Side } from '../merge/merge-result.js';
import { relayKeys } from './dtmf-relay.js';

/** Names of the tracks that a bridge publishes. That of a further person ends in a dot and their identity. */
export const relayTrackNames: Readonly<{ caller: string; human: string }> = Object.freeze({
  caller: 'consult-room.caller',
  human: 'consult-room.human',
});

/** How long after the gate opened the human agent's keys are not relayed. In milliseconds. */
const keysAfterMs = 1_000;

/** In place of whom a bridge relays silence. */
export type Held = Side | 'both' | 'nobody';

interface Person {
  readonly relay: AudioRelay;
  readonly stopKeys: () => void;
}

/** Both directions of a bridge, voices and keys, behind one gate. */
export class RelayPair {
  readonly toHuman: AudioRelay;
  readonly toCaller: AudioRelay;
  readonly #warn: (error: ConsultRoomError) => void;
  readonly #people: Person[] = [];
  readonly #parties: Readonly<Record<Side, { readonly room: Room; readonly identity: string }>>;
  readonly #voiceListeners = new Set<(voice: VoiceFrame) => void>();
  #open = false;
  #openedAt = 0;

  constructor(options: ResolvedBridgeOptions) {
    this.#parties = {
      caller: { room: options.callerRoom, identity: options.callerIdentity },
      human: { room: options.consultRoom, identity: options.humanIdentity },
    };
    this.#warn = options.onWarning;
    this.toHuman = this.#person('caller', options.callerIdentity, relayTrackNames.caller);
    this.toCaller = this.#person('human', options.humanIdentity, relayTrackNames.human);
  }

  /** The two that a merge is about. */
  get both(): readonly AudioRelay[] {
    return [this.toHuman, this.toCaller];
  }

  async start(): Promise<void> {
    await Promise.all(this.both.map((relay) => relay.start()));
  }

  open(withholdMs = 0): void {
    this.#open = true;
    this.#openedAt = performance.now();
    for (const { relay } of this.#people) relay.open(relay.side === 'human' ? withholdMs : 0);
  }

  shut(): void {
    this.#open = false;
    for (const { relay } of this.#people) relay.shut();
  }

  /** Relays silence in place of these for the time being; gate and mutes stay as they are. */
  hold(held: Held): void {
    for (const { relay } of this.#people) relay.held = held === 'both' || held === relay.side;
  }

  mute(side: Side, muted: boolean): void {
    for (const { relay } of this.#people) if (relay.side === side) relay.mute(muted);
  }

  /** Hands out all that goes through. A listener must not throw. Returns the stop. */
  listen(listener: (voice: VoiceFrame) => void): () => void {
    this.#voiceListeners.add(listener);
    return () => this.#voiceListeners.delete(listener);
  }

  /** Relays one more person of a side, from now on as the gate stands. */
  async add(side: Side, identity: string): Promise<void> {
    if (this.#find(side, identity)) return;
    const relay = this.#person(side, identity, `${relayTrackNames[side]}.${identity}`);
    try {
      await relay.start();
    } catch (error) {
      await this.remove(side, identity, 1_000);
      throw toConsultRoomError(error, 'relay one more person', 'media');
    }
    if (this.#open) relay.open();
  }

  async remove(side: Side, identity: string, limitMs: number): Promise<void> {
    const person = this.#find(side, identity);
    if (!person || this.both.includes(person.relay)) return;
    this.#people.splice(this.#people.indexOf(person), 1);
    person.stopKeys();
    await person.relay.close(limitMs);
  }

  /** Resolves to what could not be released. */
  async close(limitMs: number): Promise<readonly unknown[]> {
    this.shut();
    this.#voiceListeners.clear();
    for (const { stopKeys } of this.#people) stopKeys();
    const settled = await Promise.allSettled(this.#people.map(({ relay }) => relay.close(limitMs)));
    return settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  }

  #find(side: Side, identity: string): Person | undefined {
    return this.#people.find(({ relay }) => relay.side === side && relay.identity === identity);
  }

  #person(side: Side, identity: string, trackName: string): AudioRelay {
    const from = this.#parties[side].room;
    const listener = this.#parties[side === 'caller' ? 'human' : 'caller'];
    const relay = new AudioRelay({
      from,
      identity,
      listener,
      trackName,
      direction: side === 'caller' ? 'caller-to-human' : 'human-to-caller',
      onVoice: (voice) => this.#tell(voice),
      onWarning: this.#warn,
    });
    const stopKeys = relayKeys({
      from,
      identity,
      to: listener.room,
      isOpen: () => this.#open && !relay.held && !relay.muted && !this.#isRestOfAccept(side),
      onFailure: (error) => this.#warn(toConsultRoomError(error, 'relay a key press', 'media')),
    });
    this.#people.push({ relay, stopKeys });
    return relay;
  }

  /** A human agent who accepts by a key often presses it several times. */
  #isRestOfAccept(side: Side): boolean {
    return side === 'human' && performance.now() - this.#openedAt < keysAfterMs;
  }

  #tell(voice: VoiceFrame): void {
    for (const listener of this.#voiceListeners) listener(voice);
  }
}
