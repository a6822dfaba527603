import type { AudioFrame } from '@livekit/rtc-node';
import type { MergeEnd, MergeSide } from '../merge/merge-result.js';
import type { SignalOptions } from '../options/signal-options.js';
import type { CallMedia, CallStatistics, VoiceFrame } from './call-media.js';
import type { HangUpReport } from './hang-up.js';
import type { Promotion } from './promotion.js';

/**
 * How a merged call ended: the caller or the human agent left, a room was lost, or this process hung up or closed the
 * merge.
 */
export type MergedCallEnd = MergeEnd | { readonly cause: 'hung-up' };

/**
 * The call of a caller and a human agent after a successful merge. It needs no agent session: only this process and its
 * rooms, as long as it is carried by a bridge.
 */
export interface MergedCall {
  /** `bridge`, until the human agent is in the caller room. Further values may be added. */
  readonly by: CallMedia['by'];
  /** The human agent's identity; another one than before after a promotion. */
  readonly humanIdentity: string;
  /** Resolves once, when the call has ended. */
  readonly ended: Promise<MergedCallEnd>;
  /**
   * Keeps the other side from hearing this one, or lets it hear again. A bridge does not relay the keys of a muted side
   * either.
   *
   * @throws ConsultRoomError if both are in one room and the server rejects the request
   */
  mute(side: MergeSide, muted?: boolean): Promise<void>;
  /**
   * Calls `listener` with each 10 ms of both voices, also after a move or a promotion: for recording. A muted or silent
   * speaker may give no frames. An error of the listener has no effect; the first one is reported to `onWarning`.
   * Returns the function that stops it; the end of the call stops it too.
   */
  listen(listener: (voice: VoiceFrame) => void): () => void;
  /**
   * Plays frames of a TTS or a file to caller and human agent at the same time, over their voices. Resolves when all
   * frames were played.
   *
   * @throws ConsultRoomError `media`, `aborted` or `closed`
   */
  play(frames: AsyncIterable<AudioFrame>, options?: SignalOptions): Promise<void>;
  /**
   * Lets the other side hear one more speaker, such as a colleague in the consult room or a second caller. The call
   * does not end when this speaker leaves.
   *
   * @throws ConsultRoomError `media`, or `not-implemented` without a bridge
   */
  addSpeaker(side: MergeSide, identity: string): Promise<void>;
  removeSpeaker(side: MergeSide, identity: string): Promise<void>;
  statistics(): Promise<CallStatistics>;
  /**
   * Hangs up both phones: removes caller and human agent from their rooms, and checks by listing. Errors of the server
   * are in the report.
   *
   * @throws ConsultRoomError `invalid-option` without the option `server`
   */
  hangUp(): Promise<HangUpReport>;
  /**
   * Asks the human agent's phone to call into the caller room itself, so that the bridge, and this process with it, is
   * no longer needed. If that fails, the bridge stays as it was. A second call during a promotion, or after a
   * successful one, returns the same result.
   *
   * @throws ConsultRoomError `invalid-option` without the options `server` and `rejoin`
   */
  promote(options?: SignalOptions): Promise<Promotion>;
  /** The promotion that is running or has ended, such as that of the option `promote: 'rejoin'`. */
  readonly promotion: Promise<Promotion> | undefined;
  /**
   * Hangs up when `signal` aborts, such as at the end of a job. Without it, the call lasts as long as the process and
   * the phones do.
   */
  hangUpOn(signal: AbortSignal): void;
}
