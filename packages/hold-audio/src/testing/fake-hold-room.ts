import type { LocalTrack } from '@livekit/rtc-node';
import type { HoldRoom } from '../options/hold-room.js';

type Listener = () => void;

/**
 * A `HoldRoom` without a server: it takes and gives up tracks, remembers them, and can be slow, refuse or disconnect.
 * Audio written to its tracks goes nowhere.
 */
export class FakeHoldRoom implements HoldRoom {
  /** Names of the tracks that are published now. */
  readonly published: Map<string, string> = new Map();
  /** How often a track was published, ever. */
  publishCount = 0;
  /** Awaited before a track is taken; a rejection is a optionError. */
  beforePublish: () => Promise<void> = () => Promise.resolve();
  /** What a publication's `waitForSubscription()` waits for. */
  beforeSubscription: () => Promise<void> = () => Promise.resolve();
  /** How many others are in it. */
  readonly remoteParticipants: { size: number } = { size: 1 };
  readonly #listeners = { disconnected: new Set<Listener>(), reconnected: new Set<Listener>() };
  #isConnected = true;

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Listeners to the room that are left. */
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

  /** Ends the room, as a server would. */
  disconnect(): void {
    this.#isConnected = false;
    this.published.clear();
    for (const listener of this.#listeners.disconnected) listener();
  }
}
