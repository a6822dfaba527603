import { RoomServiceClient } from 'livekit-server-sdk';
import { FaultList } from '../faults/fault-list.js';
import { createSipParticipant, createSipParticipantPath } from '../proxy/create-sip-participant.js';
import { startLabProxy } from '../proxy/lab-proxy.js';
import { answerAsCloud } from '../proxy/answer-as-cloud.js';
import { sipRecordsApi } from '../proxy/sip-records-api.js';
import {
  transferSipParticipant,
  transferSipParticipantPath,
  type Transfer,
} from '../proxy/transfer-sip-participant.js';
import { Signaling } from '../network/signaling.js';
import { watchRooms } from '../proxy/watch-rooms.js';
import type { LineRoute } from '../network/line-route.js';
import { LineRoutes } from '../network/line-routes.js';
import { gatewayTiming, type GatewayTiming } from '../call/gateway-timing.js';
import type { LineAccess } from '../line/line-access.js';
import { ProcessPhoneLine } from '../line/process-phone-line.js';
import { RtcPhoneLine } from '../line/rtc-phone-line.js';
import { lineToken } from '../line/line-token.js';
import { SipGateway } from '../gateway/sip-gateway.js';
import { startLiveKitServer } from '../server/livekit-server.js';
import { SipDirectory } from '../sip/sip-directory.js';
import { InboundCalls } from '../gateway/inbound-calls.js';
import { checkLabOptions, type PhoneLabOptions } from '../options/lab-options.js';
import { transferCall } from '../gateway/transfer-call.js';
import type { PhoneLab } from './phone-lab.js';
import { RunningPhoneLab } from './running-phone-lab.js';

/**
 * Starts a LiveKit server with telephones on loopback; use it with `await using`, or call `close()`.
 *
 * The server is the one that `PHONE_LAB_LIVEKIT_URL` names, or `livekit-server` on the PATH, or one that is built once
 * with Go. Rejects with `no-server` or `server-failed` when there is none.
 */
export async function startPhoneLab(options: PhoneLabOptions = {}): Promise<PhoneLab> {
  return startPhoneLabWith(gatewayTiming, options);
}

/** The same with other times than LiveKit's, for tests of the lab itself. */
export async function startPhoneLabWith(timing: GatewayTiming, options: PhoneLabOptions = {}): Promise<PhoneLab> {
  const checked = checkLabOptions(options);
  const server = await startLiveKitServer(options.signal);
  // The phones join through the proxy, which is started after them.
  let phoneUrl = server.url;
  const signaling = new Signaling();
  const routes = new LineRoutes();
  const accessBy = (route: LineRoute | undefined): LineAccess => {
    const by = route ? `&route=${route.id}` : '';
    return async (seat, onEnd) => ({
      url: `${phoneUrl}/?line=${signaling.addLine(onEnd)}${by}`,
      token: await lineToken(server, seat),
    });
  };
  const rooms = new RoomServiceClient(server.url, server.apiKey, server.apiSecret, { failover: false });
  const gateway: SipGateway = new SipGateway({
    signaling,
    routes,
    timing,
    newLine: (own, route) => (own ? new ProcessPhoneLine(accessBy(route)) : new RtcPhoneLine(accessBy(route))),
    participants: (room) => rooms.listParticipants(room),
    async removeParticipant(room, identity) {
      await gateway.beforeThrownOut(room, identity);
      await rooms.removeParticipant(room, identity);
    },
    async deleteRoom(room) {
      await gateway.beforeThrownOut(room);
      await rooms.deleteRoom(room);
    },
  });
  const directory = new SipDirectory(checked);
  try {
    const watch = watchRooms(gateway, server);
    const inboundCalls = new InboundCalls(gateway, directory, server, checked);
    const handlers = new Map([...watch.handlers, ...sipRecordsApi(directory, server)]);
    const office = { inboundCalls, timing, closing: gateway.closing };
    const transfer: Transfer = (call, request) => transferCall(office, call, request);
    handlers.set(transferSipParticipantPath, transferSipParticipant(gateway, server, transfer));
    if (checked.cloud) answerAsCloud(handlers, { server, rooms, gateway, cloud: checked.cloud });
    handlers.set(createSipParticipantPath, createSipParticipant(gateway, server, directory));
    const parts = { server, gateway, directory, inboundCalls };
    const faults = new FaultList();
    const proxy = await startLabProxy(new URL(server.url), handlers, faults, signaling, routes);
    phoneUrl = proxy.phoneUrl;
    return new RunningPhoneLab({ ...parts, proxy, faults, roomsCreated: watch.roomsCreated }, checked);
  } catch (error) {
    await server.stop({ keepLog: true });
    throw error;
  }
}
