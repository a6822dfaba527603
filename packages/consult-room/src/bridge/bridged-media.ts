import type { Room } from '@livekit/rtc-node';
import type { CallMedia, CallStatistics, VoiceFrame } from '../call/call-media.js';
import { DirectionReader } from '../call/direction-reader.js';
import type { MergeSide } from '../merge/merge-result.js';
import type { BridgeOptions } from '../options/merge-options.js';
import type { RelayPair } from './relay-pair.js';

/** The media of a call across two rooms, relayed by a bridge. */
export class BridgedMedia implements CallMedia {
  readonly by = 'bridge';
  readonly locations: CallMedia['locations'];
  readonly #relays: RelayPair;
  readonly #closeTimeoutMs: number;
  readonly #toHuman: DirectionReader;
  readonly #toCaller: DirectionReader;

  constructor(relays: RelayPair, options: BridgeOptions) {
    this.#relays = relays;
    this.#closeTimeoutMs = options.closeTimeoutMs;
    this.locations = {
      caller: { room: options.callerRoom, identity: options.callerIdentity },
      human: { room: options.consultRoom, identity: options.humanIdentity },
    } satisfies Record<MergeSide, { room: Room; identity: string }>;
    this.#toHuman = new DirectionReader(relays.toHuman, () => relays.toHuman.counts);
    this.#toCaller = new DirectionReader(relays.toCaller, () => relays.toCaller.counts);
  }

  async mute(side: MergeSide, muted: boolean): Promise<void> {
    this.#relays.mute(side, muted);
  }

  listen(listener: (voice: VoiceFrame) => void): () => void {
    return this.#relays.listen(listener);
  }

  async statistics(): Promise<CallStatistics> {
    const [callerToHuman, humanToCaller] = await Promise.all([this.#toHuman.read(), this.#toCaller.read()]);
    return { callerToHuman, humanToCaller };
  }

  addSpeaker(side: MergeSide, identity: string): Promise<void> {
    return this.#relays.addSpeaker(side, identity);
  }

  removeSpeaker(side: MergeSide, identity: string): Promise<void> {
    return this.#relays.removeSpeaker(side, identity, this.#closeTimeoutMs);
  }
}
