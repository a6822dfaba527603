import type { Room } from '@livekit/rtc-node';
import type { ParticipantService } from '../api/participant-service.js';
import type { ServerAccess } from '../api/server-access.js';
import type { SipService } from '../api/sip-service.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParsedRejoinOptions, RejoinOptions } from './rejoin-options.js';
import type { SignalOptions } from './signal-options.js';

/** The options of a merge that are known before the rooms exist. */
export interface MergeSettings {
  /**
   * `bridge`: this process relays the voices; works on every server. `move`: the server moves the human agent into the
   * caller room; LiveKit Cloud only. `auto`: a bridge, but a server that moves participants is asked to do so first, and
   * the bridge is opened when it rejects the request or has not answered within a second. A move that happens later
   * replaces the bridge. Further strategies may be added. Default `auto`.
   */
  readonly strategy?: 'auto' | 'bridge' | 'move' | undefined;
  /**
   * Whether the server moves participants, so that `auto` asks it to. Default: whether the host of `server` is LiveKit
   * Cloud's, `*.livekit.cloud`.
   */
  readonly supportsMove?: boolean | undefined;
  /** The server. Required for moving, hanging up, and muting participants of one room; a bridge alone needs none. Default none. */
  readonly server?: ServerAccess | undefined;
  /**
   * `rejoin`: as soon as a bridge is open, the human agent's phone is asked to call into the caller room itself, so that
   * this process is no longer needed; if it does not, the bridge stays. Default `never`: only `call.promote()` does so.
   */
  readonly promote?: 'never' | 'rejoin' | undefined;
  /** Required for a promotion. Default none. */
  readonly rejoin?: RejoinOptions | undefined;
  /** Timeout of a request to move a participant, and of each check of it, in milliseconds. Default 3 000. */
  readonly moveTimeoutMs?: number | undefined;
  /** How long `merge()` waits until audio flows in both directions, in milliseconds. Default 2 000. */
  readonly verifyTimeoutMs?: number | undefined;
  /** Timeout of unpublishing a track in `close()`, in milliseconds. Default 2 000. */
  readonly closeTimeoutMs?: number | undefined;
  /**
   * Called with errors that do not end the merge, such as a key press or a frame that could not be relayed, or a listener
   * that threw. An error that it throws itself is reported once, as a warning of the process.
   */
  readonly onWarning?: ((error: ConsultRoomError) => void) | undefined;
  /** Default: the server at `server`. */
  readonly participants?: ParticipantService | undefined;
  /** Default: the server at `server`. */
  readonly sip?: SipService | undefined;
}

/** The options of `createMerge()`. */
export interface MergeOptions extends MergeSettings {
  /** The connected room of the caller, such as that of the job. The merge does not disconnect it. */
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  /** The connected consult room. */
  readonly consultRoom: Room;
  readonly humanIdentity: string;
}

/** The options of `merge()`. */
export interface MergeRequest extends SignalOptions {
  /**
   * How long silence is relayed in place of the human agent after a bridge opens, in milliseconds: the words before it are
   * still in buffers, and were not meant for the caller. At most 10 000. Default 0.
   */
  readonly withholdMs?: number | undefined;
}

/** The caller and the human agent, and their rooms. */
export type MergeParties = Pick<MergeOptions, 'callerRoom' | 'callerIdentity' | 'consultRoom' | 'humanIdentity'>;

/** The ways of merging that the options and the server allow. A further way adds a field here and phases to the machine. */
export interface Ways {
  readonly bridge: boolean;
  readonly move: boolean;
}

/** The options that a bridge needs. */
export interface BridgeOptions extends MergeParties {
  readonly verifyTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly onWarning: (error: ConsultRoomError) => void;
}

/** Valid options, with the defaults. */
export interface ParsedMergeOptions extends BridgeOptions {
  readonly ways: Ways;
  readonly moveTimeoutMs: number;
  readonly participants: ParticipantService | undefined;
  readonly sip: SipService | undefined;
  readonly promote: 'never' | 'rejoin';
  readonly rejoin: ParsedRejoinOptions | undefined;
}
