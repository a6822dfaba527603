import type { NetworkFaults } from '../network/line-network.js';
import type { PhoneCallEnd } from './phone-call.js';

/** Ways in which a phone can lose its line, with LiveKit's disconnect reason that the room sees. */
export type LineLoss =
  /** Its process is killed: 14 CONNECTION_TIMEOUT, some 20 s later. Needs `ownProcess`. */
  | 'killed'
  /** A client removes the participant: 4 PARTICIPANT_REMOVED. */
  | 'removed'
  /** A client deletes the room: 5 ROOM_DELETED, for every participant. */
  | 'room-deleted'
  /** Another participant joins under its identity and leaves immediately: 2 DUPLICATE_IDENTITY for the phone; rooms of rtc-node see no reason. */
  | 'duplicate-identity'
  /** Its signaling breaks and cannot be made again: 14 CONNECTION_TIMEOUT, some 25 s later. */
  | 'signaling-closed'
  /** The gateway reports that the phone is no longer available: 11 USER_UNAVAILABLE. */
  | 'unavailable'
  /** The gateway reports that the phone has rejected the call: 12 USER_REJECTED. */
  | 'rejected';

/** How long a phone is away. */
export interface ReconnectOptions {
  /** How long its signaling is interrupted. Default 200. */
  readonly awayMs?: number;
  /** How long it may take to reconnect after that. Default 10000. */
  readonly timeoutMs?: number;
}

/** Events of the line of a call, other than hanging up: `sip.callStatus` does not change. */
export interface CallLine {
  /** Process id of the phone; undefined unless it has one of its own, and when that has ended. */
  readonly pid: number | undefined;
  /** The phone loses its line. Resolves when the phone knows; what the room sees can be later. */
  lose(how: LineLoss): Promise<PhoneCallEnd>;
  /** Suspends the phone's process (SIGSTOP): it neither sends nor hears. Needs `ownProcess`. */
  stop(): void;
  /** Resumes a stopped process (SIGCONT). */
  continue(): void;
  /** Interrupts the phone's signaling, and resolves when it has reconnected as the same participant. Rejects with `timeout`. */
  reconnect(options?: ReconnectOptions): Promise<void>;
  /** Sets the faults of the phone's network, in place of all former ones. Resolves when they are in force. */
  network(faults: NetworkFaults): Promise<void>;
}
