import type { AudioFrame, Room } from '@livekit/rtc-node';
import type { MergeSide } from '../merge/merge-result.js';

/** A frame of one speaker's voice. */
export interface VoiceFrame {
  readonly side: MergeSide;
  readonly identity: string;
  /** 48 kHz, mono, 10 ms. Copy the data to keep it. */
  readonly frame: AudioFrame;
}

/** Statistics of one direction of a call. */
export interface DirectionStatistics {
  /** Packets that arrived from the speaker. */
  readonly packets: number;
  readonly lostPackets: number;
  /** Audio that the jitter buffer made up because none had arrived in time, in milliseconds. */
  readonly concealedMs: number;
  /** The average delay of the jitter buffer since the last reading, in milliseconds; NaN if nothing arrived. */
  readonly delayMs: number;
  /** Frames of 10 ms that a bridge relayed; 0 without a bridge. */
  readonly forwardedFrames: number;
  /** Frames that the media stack rejected. */
  readonly failedFrames: number;
  /** Frames that a bridge dropped because they had become too old while the event loop was busy. */
  readonly droppedFrames: number;
}

/** The counts of a relay. */
export type RelayCounts = Pick<DirectionStatistics, 'forwardedFrames' | 'failedFrames' | 'droppedFrames'>;

/** Statistics of both directions of a call. */
export interface CallStatistics {
  readonly callerToHuman: DirectionStatistics;
  readonly humanToCaller: DirectionStatistics;
}

/** The media by which caller and human agent hear each other at the moment. */
export interface CallMedia {
  readonly by: 'bridge' | 'move' | 'rejoin';
  /** The caller and the human agent, and their rooms. */
  readonly locations: Readonly<Record<MergeSide, { readonly room: Room; readonly identity: string }>>;
  /** @throws ConsultRoomError if the server has to do it, and rejects */
  mute(side: MergeSide, muted: boolean): Promise<void>;
  /** Calls `listener` with each frame of both voices. A listener must not throw. Returns the function that stops it. */
  listen(listener: (voice: VoiceFrame) => void): () => void;
  statistics(): Promise<CallStatistics>;
  /** @throws ConsultRoomError `media`, or `not-implemented` without a bridge */
  addSpeaker(side: MergeSide, identity: string): Promise<void>;
  removeSpeaker(side: MergeSide, identity: string): Promise<void>;
}
