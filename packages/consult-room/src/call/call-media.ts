import type { AudioFrame, Room } from '@livekit/rtc-node';
import type { Side } from '../merge/merge-result.js';

/** A frame of one person's voice. */
export interface VoiceFrame {
  readonly side: Side;
  readonly identity: string;
  /** 48 kHz, mono, 10 ms. Copy what is kept. */
  readonly frame: AudioFrame;
}

export interface RelayCounts {
  /** Frames of 10 ms that went through, in all. */
  readonly forwardedFrames: number;
  /** Frames that the media stack refused. */
  readonly failedFrames: number;
  /** Frames that were dropped because they had become too old while the event loop was busy. */
  readonly droppedFrames: number;
}

/** What is known of one direction of a call. */
export interface DirectionStatistics {
  /** Packets that came from the speaker. */
  readonly packets: number;
  readonly lostPackets: number;
  /** Audio that the jitter buffer had to make up, because nothing came in time. */
  readonly concealedMs: number;
  /** What the jitter buffer added on average since the last reading; NaN if nothing came. */
  readonly delayMs: number;
  /** Frames of 10 ms that a bridge passed on; 0 where there is none. */
  readonly forwardedFrames: number;
  /** Frames that the media stack refused. */
  readonly failedFrames: number;
  /** Frames that a bridge dropped because they had become too old while the event loop was busy. */
  readonly droppedFrames: number;
}

export interface CallStatistics {
  readonly callerToHuman: DirectionStatistics;
  readonly humanToCaller: DirectionStatistics;
}

/** How the two are joined at the moment. */
export interface Talk {
  readonly by: 'bridge' | 'move' | 'rejoin';
  /** Whoever of a side is to be heard or hung up, and where they are. */
  readonly seats: Readonly<Record<Side, { readonly room: Room; readonly identity: string }>>;
  /** @throws ConsultRoomError where the server has to do it. */
  mute(side: Side, muted: boolean): Promise<void>;
  /** A listener must not throw. */
  listen(listener: (voice: VoiceFrame) => void): () => void;
  statistics(): Promise<CallStatistics>;
  /** @throws ConsultRoomError `media`, or `not-implemented` where nobody is relayed. */
  add(side: Side, identity: string): Promise<void>;
  remove(side: Side, identity: string): Promise<void>;
}
