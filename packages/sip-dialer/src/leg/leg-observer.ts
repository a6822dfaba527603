/** The leg is in the room. */
export interface LegSeen {
  readonly type: 'seen';
  /** Its `sip.callStatus`. */
  readonly callStatus: string | undefined;
  /** Its `sip.callID`. */
  readonly callId: string | undefined;
  /** Whether a joined room reports every change and the departure; otherwise the leg is polled. */
  readonly live: boolean;
}

/** A change of the leg in its room. */
export type LegSighting = LegSeen | { readonly type: 'left'; readonly disconnectReason: number | undefined };

export type LegListener = (sighting: LegSighting) => void;

/** The room of the leg, and its identity there. */
export interface LegPlace {
  readonly roomName: string;
  readonly identity: string;
}

/** Reads the attributes that livekit-sip keeps on the leg. */
export function readAttributes(attributes: {
  readonly [name: string]: string;
}): Pick<LegSeen, 'callStatus' | 'callId'> {
  return { callStatus: attributes['sip.callStatus'], callId: attributes['sip.callID'] };
}
