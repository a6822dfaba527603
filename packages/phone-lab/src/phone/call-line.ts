import type { NetworkFaults } from '../network/line-network.js';
import type { PhoneCallEnd } from './phone-call.js';

/** How a phone can lose its line; beside it LiveKit's disconnect reason that the room sees. */
export type LineLoss =
  /** Its process is killed: 14 CONNECTION_TIMEOUT, some 20 s later. Needs `ownProcess`. */
  | 'killed'
  /** Somebody removes the participant: 4 PARTICIPANT_REMOVED. */
  | 'removed'
  /** Somebody deletes the room: 5 ROOM_DELETED, for everybody who is in it. */
  | 'room-deleted'
  /** Another participant joins under its identity and leaves at once: 2 DUPLICATE_IDENTITY for the phone; rooms of rtc-node see no reason. */
  | 'duplicate-identity'
  /** Its signaling breaks and cannot be made again: 14 CONNECTION_TIMEOUT, some 25 s later. */
  | 'signaling-closed'
  /** The gateway says that the phone is not available any more: 11 USER_UNAVAILABLE. */
  | 'unavailable'
  /** The gateway says that the phone has refused: 12 USER_REJECTED. */
  | 'rejected';

/** How long a phone is away. */
export interface ReconnectOptions {
  /** How long its signaling is interrupted. Default 200. */
  readonly awayMs?: number;
  /** How long it may take to come back after that. Default 10000. */
  readonly timeoutMs?: number;
}

/** What can happen to the line of a call, other than hanging up: `sip.callStatus` stays as it was. */
export interface CallLine {
  /** Process id of the phone; undefined unless it has one of its own, and when that has ended. */
  readonly pid: number | undefined;
  /** The phone loses its line. Resolves when the phone knows; what the room sees can be later. */
  lose(how: LineLoss): Promise<PhoneCallEnd>;
  /** Stops the phone's process where it is (SIGSTOP): it neither sends nor hears. Needs `ownProcess`. */
  stop(): void;
  /** Lets a stopped process go on (SIGCONT). */
  continue(): void;
  /** The phone's signaling breaks, and it comes back as the same participant. Rejects with `timeout`. */
  reconnect(options?: ReconnectOptions): Promise<void>;
  /** Sets the faults of the phone's network, in place of all former ones. Resolves when they are in force. */
  network(faults: NetworkFaults): Promise<void>;
}
