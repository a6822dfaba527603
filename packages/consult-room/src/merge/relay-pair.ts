import type { ConsultRoomError } from '../errors/consult-room-error.js';
import { toConsultRoomError } from '../errors/to-consult-room-error.js';
import { AudioRelay } from './audio-relay.js';
import type { ResolvedBridgeOptions } from './bridge-options.js';
import { relayKeys } from './relay-keys.js';

/** Names of the tracks that a bridge publishes. */
export const relayTrackNames: Readonly<{ caller: string; human: string }> = Object.freeze({
  caller: 'consult-room.caller',
  human: 'consult-room.human',
});

/** Both directions of a bridge, voice and keys, behind one gate. */
export class RelayPair {
  readonly toHuman: AudioRelay;
  readonly toCaller: AudioRelay;
  readonly #stopKeys: readonly (() => void)[];
  #open = false;

  constructor(options: ResolvedBridgeOptions, warn: (error: ConsultRoomError) => void) {
    const { callerRoom, callerIdentity, consultRoom, humanIdentity } = options;
    const caller = { from: callerRoom, identity: callerIdentity, to: consultRoom };
    const human = { from: consultRoom, identity: humanIdentity, to: callerRoom };
    this.toHuman = new AudioRelay({
      ...caller,
      direction: 'caller-to-human',
      trackName: relayTrackNames.caller,
      onWarning: warn,
    });
    this.toCaller = new AudioRelay({
      ...human,
      direction: 'human-to-caller',
      trackName: relayTrackNames.human,
      onWarning: warn,
    });
    const isOpen = (): boolean => this.#open;
    const onFailure = (error: unknown): void => warn(toConsultRoomError(error, 'relay a key press', 'media'));
    this.#stopKeys = [relayKeys({ ...caller, isOpen, onFailure }), relayKeys({ ...human, isOpen, onFailure })];
  }

  get both(): readonly AudioRelay[] {
    return [this.toHuman, this.toCaller];
  }

  async start(): Promise<void> {
    await Promise.all(this.both.map((relay) => relay.start()));
  }

  open(): void {
    this.#open = true;
    for (const relay of this.both) relay.open();
  }

  shut(): void {
    this.#open = false;
    for (const relay of this.both) relay.shut();
  }

  /** Resolves to what could not be released. */
  async close(limitMs: number): Promise<readonly unknown[]> {
    this.shut();
    for (const stop of this.#stopKeys) stop();
    const settled = await Promise.allSettled(this.both.map((relay) => relay.close(limitMs)));
    return settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  }
}
