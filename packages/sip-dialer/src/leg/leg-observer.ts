import type { LegSeen } from '../machine/dial-event.js';

/** What happens to the leg in its room. */
export type LegSighting = LegSeen | { readonly type: 'left'; readonly disconnectReason: number | undefined };

export type LegListener = (sighting: LegSighting) => void;

/** Where the leg is: its room, and its identity there. */
export interface LegPlace {
  readonly roomName: string;
  readonly identity: string;
}

/** The attributes that livekit-sip keeps on the leg. */
export function readAttributes(attributes: {
  readonly [name: string]: string;
}): Pick<LegSeen, 'callStatus' | 'callId'> {
  return { callStatus: attributes['sip.callStatus'], callId: attributes['sip.callID'] };
}
