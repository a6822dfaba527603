import type { LocalTrack, TrackPublishOptions } from '@livekit/rtc-node';

/** The publication of a track. */
export interface HoldPublication {
  /** The track's ID on the server; a reconnect changes it. */
  readonly sid?: string | undefined;
  /** Resolves when the first participant has subscribed. */
  waitForSubscription(): Promise<void>;
}

/** The part of an rtc-node `Room` that hold audio uses; pass the room itself. */
export interface HoldRoom {
  readonly isConnected: boolean;
  /** The `ConnectionState` of rtc-node. A room without it is treated as one that never reconnects. */
  readonly connectionState?: number;
  /** The other participants; if there is none, a start does not wait for a subscriber. */
  readonly remoteParticipants?: { readonly size: number };
  readonly localParticipant?:
    | {
        publishTrack(track: LocalTrack, options: TrackPublishOptions): Promise<HoldPublication>;
        unpublishTrack(sid: string): Promise<void>;
      }
    | undefined;
  on(event: 'disconnected' | 'reconnected', listener: () => void): unknown;
  off(event: 'disconnected' | 'reconnected', listener: () => void): unknown;
}
