import type { LocalTrack } from '@livekit/rtc-node';
import type { HoldRoom } from '../options/hold-room.js';

type Listener = () => void;

/**
 * A `HoldRoom` without a server: it publishes and unpublishes tracks, records them, and can be slow, reject or
 * disconnect. Audio written to its tracks is discarded.
 */
export class FakeHoldRoom implements HoldRoom {
  /** Names of the published tracks, by track ID. */
  readonly published: Map<string, string> = new Map();
  /** Number of times that a track was published. */
  publishCount = 0;
  /** Awaited before a track is published; a rejection rejects the track. */
  beforePublish: () => Promise<void> = () => Promise.resolve();
  /** Awaited by a publication's `waitForSubscription()`. */
  beforeSubscription: () => Promise<void> = () => Promise.resolve();
  /** The number of other participants. */
  readonly remoteParticipants: { size: number } = { size: 1 };
  readonly #listeners = { disconnected: new Set<Listener>(), reconnected: new Set<Listener>() };
  #isConnected = true;

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Number of listeners to the room. */
  get listenerCount(): number {
    return this.#listeners.disconnected.size + this.#listeners.reconnected.size;
  }

  readonly localParticipant: NonNullable<HoldRoom['localParticipant']> = {
    publishTrack: async (track: LocalTrack) => {
      await this.beforePublish();
      if (!this.#isConnected) throw new Error('the room is disconnected');
      this.publishCount += 1;
      const sid = `TR_${this.publishCount}`;
      this.published.set(sid, track.name ?? '');
      return { sid, waitForSubscription: () => this.beforeSubscription() };
    },
    unpublishTrack: (sid: string) => {
      const known = this.published.delete(sid);
      return known ? Promise.resolve() : Promise.reject(new Error(`track ${sid} is not published`));
    },
  };

  on(event: 'disconnected' | 'reconnected', listener: Listener): void {
    this.#listeners[event].add(listener);
  }

  off(event: 'disconnected' | 'reconnected', listener: Listener): void {
    this.#listeners[event].delete(listener);
  }

  /** Disconnects the room, as a server would. */
  disconnect(): void {
    this.#isConnected = false;
    this.published.clear();
    for (const listener of this.#listeners.disconnected) listener();
  }
}
