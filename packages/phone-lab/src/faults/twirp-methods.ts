/** Methods of LiveKit's API by service, as LiveKit's SDKs call them. */
const methodsOf = {
  RoomService: [
    'CreateRoom',
    'ListRooms',
    'DeleteRoom',
    'UpdateRoomMetadata',
    'ListParticipants',
    'GetParticipant',
    'RemoveParticipant',
    'ForwardParticipant',
    'MoveParticipant',
    'MutePublishedTrack',
    'UpdateParticipant',
    'UpdateSubscriptions',
    'SendData',
  ],
  SIP: [
    'CreateSIPTrunk',
    'CreateSIPInboundTrunk',
    'CreateSIPOutboundTrunk',
    'UpdateSIPInboundTrunk',
    'UpdateSIPOutboundTrunk',
    'ListSIPTrunk',
    'ListSIPInboundTrunk',
    'ListSIPOutboundTrunk',
    'DeleteSIPTrunk',
    'CreateSIPDispatchRule',
    'UpdateSIPDispatchRule',
    'ListSIPDispatchRule',
    'DeleteSIPDispatchRule',
    'CreateSIPParticipant',
    'TransferSIPParticipant',
  ],
  AgentDispatchService: ['CreateDispatch', 'DeleteDispatch', 'ListDispatch'],
  Egress: [
    'StartEgress',
    'StartRoomCompositeEgress',
    'StartWebEgress',
    'StartParticipantEgress',
    'StartTrackCompositeEgress',
    'StartTrackEgress',
    'UpdateLayout',
    'UpdateStream',
    'ListEgress',
    'StopEgress',
  ],
  Ingress: ['CreateIngress', 'UpdateIngress', 'ListIngress', 'DeleteIngress'],
  Connector: [
    'DialWhatsAppCall',
    'AcceptWhatsAppCall',
    'ConnectWhatsAppCall',
    'DisconnectWhatsAppCall',
    'ConnectTwilioCall',
  ],
} as const;

/** A method of LiveKit's API. */
export type TwirpMethod = (typeof methodsOf)[keyof typeof methodsOf][number];

/** All methods; no two services share a name. */
export const TWIRP_METHODS: readonly TwirpMethod[] = Object.freeze(Object.values(methodsOf).flat());

/** The method that a request to this path calls, if it is one. */
export function twirpMethodOf(path: string): string | undefined {
  return /^\/twirp\/livekit\.\w+\/(\w+)$/.exec(path)?.[1];
}
