import {
  AgentDispatchClient,
  ConnectorClient,
  ConnectTwilioCallRequest_TwilioCallDirection,
  DataPacket_Kind,
  EgressClient,
  EncodedFileOutput,
  IngressClient,
  IngressInput,
  RoomServiceClient,
  SessionDescription,
  SIPDispatchRuleInfo,
  SipClient,
  SIPInboundTrunkInfo,
  SIPOutboundTrunkInfo,
  StartEgressRequest,
} from 'livekit-server-sdk';
import type { PhoneLab, TwirpMethod } from '../../src/index.js';

export interface Clients {
  readonly rooms: RoomServiceClient;
  readonly sip: SipClient;
  readonly agents: AgentDispatchClient;
  readonly egress: EgressClient;
  readonly ingress: IngressClient;
  readonly connector: ConnectorClient;
}

export function clientsOf({ url, apiKey, apiSecret }: PhoneLab): Clients {
  const key = [url, apiKey, apiSecret] as const;
  return {
    rooms: new RoomServiceClient(...key),
    sip: new SipClient(...key),
    agents: new AgentDispatchClient(...key),
    egress: new EgressClient(...key),
    ingress: new IngressClient(...key),
    connector: new ConnectorClient(...key),
  };
}

const file = (): EncodedFileOutput => new EncodedFileOutput({ filepath: 'x.ogg' });
const sdp = (): SessionDescription => new SessionDescription({ type: 'offer', sdp: 'v=0' });
const whatsApp = { whatsappPhoneNumberId: '1', whatsappApiKey: 'k', whatsappCloudApiVersion: '23.0' };

/** How the SDK calls each method. */
export const everyMethod: Readonly<Record<TwirpMethod, (clients: Clients) => Promise<unknown>>> = {
  CreateRoom: ({ rooms }) => rooms.createRoom({ name: 'some' }),
  ListRooms: ({ rooms }) => rooms.listRooms(),
  DeleteRoom: ({ rooms }) => rooms.deleteRoom('some'),
  UpdateRoomMetadata: ({ rooms }) => rooms.updateRoomMetadata('some', 'x'),
  ListParticipants: ({ rooms }) => rooms.listParticipants('some'),
  GetParticipant: ({ rooms }) => rooms.getParticipant('some', 'one'),
  RemoveParticipant: ({ rooms }) => rooms.removeParticipant('some', 'one'),
  ForwardParticipant: ({ rooms }) => rooms.forwardParticipant('some', 'one', 'other'),
  MoveParticipant: ({ rooms }) => rooms.moveParticipant('some', 'one', 'other'),
  MutePublishedTrack: ({ rooms }) => rooms.mutePublishedTrack('some', 'one', 'TR_1', true),
  UpdateParticipant: ({ rooms }) => rooms.updateParticipant('some', 'one', 'x'),
  UpdateSubscriptions: ({ rooms }) => rooms.updateSubscriptions('some', 'one', ['TR_1'], true),
  SendData: ({ rooms }) => rooms.sendData('some', new Uint8Array([1]), DataPacket_Kind.RELIABLE, {}),
  CreateSIPTrunk: ({ sip }) => sip.createSipTrunk('+1'),
  CreateSIPInboundTrunk: ({ sip }) => sip.createSipInboundTrunk('in', []),
  CreateSIPOutboundTrunk: ({ sip }) => sip.createSipOutboundTrunk('out', '', []),
  UpdateSIPInboundTrunk: ({ sip }) => sip.updateSipInboundTrunk('ST_no', new SIPInboundTrunkInfo()),
  UpdateSIPOutboundTrunk: ({ sip }) => sip.updateSipOutboundTrunk('ST_no', new SIPOutboundTrunkInfo()),
  ListSIPTrunk: ({ sip }) => sip.listSipTrunk(),
  ListSIPInboundTrunk: ({ sip }) => sip.listSipInboundTrunk(),
  ListSIPOutboundTrunk: ({ sip }) => sip.listSipOutboundTrunk(),
  DeleteSIPTrunk: ({ sip }) => sip.deleteSipTrunk('ST_no'),
  CreateSIPDispatchRule: ({ sip }) => sip.createSipDispatchRule({ type: 'direct', roomName: '' }),
  UpdateSIPDispatchRule: ({ sip }) => sip.updateSipDispatchRule('SDR_no', new SIPDispatchRuleInfo()),
  ListSIPDispatchRule: ({ sip }) => sip.listSipDispatchRule(),
  DeleteSIPDispatchRule: ({ sip }) => sip.deleteSipDispatchRule('SDR_no'),
  CreateSIPParticipant: ({ sip }) => sip.createSipParticipant('ST_no', '+1', 'some'),
  TransferSIPParticipant: ({ sip }) => sip.transferSipParticipant('some', 'one', 'tel:+1'),
  CreateDispatch: ({ agents }) => agents.createDispatch('', 'agent'),
  DeleteDispatch: ({ agents }) => agents.deleteDispatch('AD_no', 'some'),
  ListDispatch: ({ agents }) => agents.listDispatch('some'),
  StartEgress: ({ egress }) => egress.startEgress(new StartEgressRequest()),
  StartRoomCompositeEgress: ({ egress }) => egress.startRoomCompositeEgress('some', file()),
  StartWebEgress: ({ egress }) => egress.startWebEgress('http://127.0.0.1', file()),
  StartParticipantEgress: ({ egress }) => egress.startParticipantEgress('some', 'one', { file: file() }),
  StartTrackCompositeEgress: ({ egress }) => egress.startTrackCompositeEgress('some', file()),
  StartTrackEgress: ({ egress }) => egress.startTrackEgress('some', 'ws://127.0.0.1', 'TR_1'),
  UpdateLayout: ({ egress }) => egress.updateLayout('EG_no', 'grid'),
  UpdateStream: ({ egress }) => egress.updateStream('EG_no'),
  ListEgress: ({ egress }) => egress.listEgress(),
  StopEgress: ({ egress }) => egress.stopEgress('EG_no'),
  CreateIngress: ({ ingress }) =>
    ingress.createIngress(IngressInput.RTMP_INPUT, {
      name: 'x',
      roomName: 'some',
      participantIdentity: 'one',
    }),
  UpdateIngress: ({ ingress }) => ingress.updateIngress('IN_no', { name: 'x' }),
  ListIngress: ({ ingress }) => ingress.listIngress(),
  DeleteIngress: ({ ingress }) => ingress.deleteIngress('IN_no'),
  DialWhatsAppCall: ({ connector }) => connector.dialWhatsAppCall({ ...whatsApp, whatsappToPhoneNumber: '1' }),
  AcceptWhatsAppCall: ({ connector }) =>
    connector.acceptWhatsAppCall({ ...whatsApp, whatsappCallId: 'c', sdp: sdp(), roomName: 'some' }),
  ConnectWhatsAppCall: ({ connector }) => connector.connectWhatsAppCall('c', sdp()),
  DisconnectWhatsAppCall: ({ connector }) => connector.disconnectWhatsAppCall('c', 'k'),
  ConnectTwilioCall: ({ connector }) =>
    connector.connectTwilioCall({
      twilioCallDirection: ConnectTwilioCallRequest_TwilioCallDirection.INBOUND,
      roomName: 'some',
    }),
};
