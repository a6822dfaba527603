import { DisconnectReason, type RemoteParticipant } from '@livekit/rtc-node';
import { hasHungUp } from '@org/support';

/** The departure of a participant from a room. */
export interface ParticipantLeft {
  readonly identity: string;
  /** `hung-up`: on purpose. `lost`: the phone's line or the connection broke, or the server removed the participant. */
  readonly how: 'hung-up' | 'lost';
  readonly reason: DisconnectReason;
  /** The last `sip.callStatus` of a phone: `dialing`, `ringing`, `active` or `hangup`. */
  readonly lastCallStatus?: string;
}

/** Reads how a participant left. */
export function readDisconnect(participant: RemoteParticipant): ParticipantLeft {
  const reason = participant.disconnectReason ?? DisconnectReason.UNKNOWN_REASON;
  const lastCallStatus = participant.attributes['sip.callStatus'];
  return {
    identity: participant.identity,
    how: hasHungUp(reason, lastCallStatus) ? 'hung-up' : 'lost',
    reason,
    ...(lastCallStatus === undefined ? {} : { lastCallStatus }),
  };
}
