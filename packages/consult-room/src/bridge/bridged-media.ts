import type { Room } from '@livekit/rtc-node';
import type { ResolvedBridgeOptions } from '../options/bridge-options.js';
import type { Side } from '../merge/merge-result.js';
import type { RelayPair } from './relay-pair.js';
import { DirectionReader } from '../call/direction-reader.js';
import type { CallStatistics, Talk, VoiceFrame } from '../call/call-media.js';

/** The two are in two rooms, and a bridge relays them. */
export class BridgeTalk implements Talk {
  readonly by = 'bridge';
  readonly seats: Talk['seats'];
  readonly #relays: RelayPair;
  readonly #closeTimeoutMs: number;
  readonly #toHuman: DirectionReader;
  readonly #toCaller: DirectionReader;

  constructor(relays: RelayPair, options: ResolvedBridgeOptions) {
    this.#relays = relays;
    this.#closeTimeoutMs = options.closeTimeoutMs;
    this.seats = {
      caller: { room: options.callerRoom, identity: options.callerIdentity },
      human: { room: options.consultRoom, identity: options.humanIdentity },
    } satisfies Record<Side, { room: Room; identity: string }>;
    this.#toHuman = new DirectionReader(relays.toHuman, () => relays.toHuman.counts);
    this.#toCaller = new DirectionReader(relays.toCaller, () => relays.toCaller.counts);
  }

  async mute(side: Side, muted: boolean): Promise<void> {
    this.#relays.mute(side, muted);
  }

  listen(listener: (voice: VoiceFrame) => void): () => void {
    return this.#relays.listen(listener);
  }

  async statistics(): Promise<CallStatistics> {
    const [callerToHuman, humanToCaller] = await Promise.all([this.#toHuman.read(), this.#toCaller.read()]);
    return { callerToHuman, humanToCaller };
  }

  add(side: Side, identity: string): Promise<void> {
    return this.#relays.add(side, identity);
  }

  remove(side: Side, identity: string): Promise<void> {
    return this.#relays.remove(side, identity, this.#closeTimeoutMs);
  }
}
