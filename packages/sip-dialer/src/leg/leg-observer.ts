/** The leg is in the room. */
export interface LegSeen {
  readonly type: 'seen';
  /** Its `sip.callStatus`. */
  readonly callStatus: string | undefined;
  /** Its `sip.callID`. */
  readonly callId: string | undefined;
  /** Whether its changes are told to us, its leaving included, or have to be asked for. */
  readonly live: boolean;
}

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
