import type { LocalTrack, TrackPublishOptions } from '@livekit/rtc-node';

/** What publishing a track gives. */
export interface HoldPublication {
  /** The track's identifier on the server; a reconnect changes it. */
  readonly sid?: string | undefined;
  /** Resolves when the first participant has subscribed. */
  waitForSubscription(): Promise<void>;
}

/** The part of an rtc-node `Room` that hold audio uses; pass the room itself. */
export interface HoldRoom {
  readonly isConnected: boolean;
  /** rtc-node's `ConnectionState`. A room without it is taken for one that never reconnects. */
  readonly connectionState?: number;
  /** Who else is in it; where it is empty nobody is waited for. */
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
