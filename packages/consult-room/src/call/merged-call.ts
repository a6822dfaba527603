import type { AudioFrame } from '@livekit/rtc-node';
import type { MergeEnd, Side } from '../merge/merge-result.js';
import type { Cancelable } from '../options/signal-options.js';
import type { Promotion } from './promotion.js';
import type { HangUpReport } from './hang-up.js';
import type { CallStatistics, Talk, VoiceFrame } from './call-media.js';

/** How a merged call ended: caller or human agent left, a room was lost, this process hung up or closed the merge. */
export type CallEnd = MergeEnd | { readonly cause: 'hung-up' };

/**
 * Two people who talk to each other. It needs no agent session: only this process and its rooms, for as long as it is
 * by `bridge`.
 */
export interface MergedCall {
  /** `bridge` until the human agent's own line has come into the caller's room. */
  readonly by: Talk['by'];
  /** In the room where they are; another one than before once they have come in by a line of their own. */
  readonly humanIdentity: string;
  /** Resolves once. */
  readonly ended: Promise<CallEnd>;
  /**
   * Keeps the other side from hearing this one, or lets it hear again. Keys are held back as well by a bridge.
   *
   * @throws ConsultRoomError once both are in one room and the server refuses.
   */
  mute(side: Side, muted?: boolean): Promise<void>;
  /**
   * Calls `listener` with each 10 ms of both voices, also after the line changed: for recording. Whoever is muted or
   * silent may give no frames. An error of the listener ends nothing; the first one is reported to `onWarning`.
   * Returns the stop; the end of the call stops it too.
   */
  listen(listener: (voice: VoiceFrame) => void): () => void;
  /**
   * Plays frames of a TTS or a file to both at once, over their voices. Resolves when they were played.
   *
   * @throws ConsultRoomError `media`, `aborted` or `closed`.
   */
  play(frames: AsyncIterable<AudioFrame>, options?: Cancelable): Promise<void>;
  /**
   * Lets one more person of a side be heard by the other: a colleague in the consult room, a second caller. Their
   * leaving does not end the call.
   *
   * @throws ConsultRoomError `media`, or `not-implemented` once nobody is relayed.
   */
  add(side: Side, identity: string): Promise<void>;
  remove(side: Side, identity: string): Promise<void>;
  statistics(): Promise<CallStatistics>;
  /**
   * Hangs up both phones: removes the two from their rooms, and checks by listing. Never throws for what the server does.
   *
   * @throws ConsultRoomError `invalid-option` without the option `server`.
   */
  hangUp(): Promise<HangUpReport>;
  /**
   * Tells the human agent's phone to call into the caller's room itself, so that the bridge, and this process with it,
   * is no longer needed. If it does not come to that the bridge stays as it was. A second call while one is under way,
   * or after one that worked, gives the same result.
   *
   * @throws ConsultRoomError `invalid-option` without the options `server` and `rejoin`.
   */
  promote(options?: Cancelable): Promise<Promotion>;
  /** The promotion that is under way or done, such as that of the option `promote: 'rejoin'`. */
  readonly promotion: Promise<Promotion> | undefined;
  /** Hangs up when `signal` ends, such as that of a job. Without it the call outlives everything but this process. */
  endWith(signal: AbortSignal): void;
}
