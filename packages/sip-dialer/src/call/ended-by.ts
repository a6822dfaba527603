import type { DisconnectReasonName } from '../leg/disconnect-reason.js';
import type { SipCallEnd } from './sip-call.js';

/** Returns what ended a call whose phone did not hang up, by the leg's disconnect reason. */
export function endedBy(reason: DisconnectReasonName | undefined, isHangingUp: boolean): SipCallEnd['by'] {
  switch (reason) {
    case 'PARTICIPANT_REMOVED':
      return isHangingUp ? 'us' : 'removed';
    case 'ROOM_DELETED':
      return 'removed';
    case undefined:
      return isHangingUp ? 'us' : 'unknown';
    default:
      return 'lost';
  }
}
