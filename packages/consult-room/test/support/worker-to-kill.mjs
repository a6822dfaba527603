// Runs a transfer up to the given phase, reports it, and waits to be killed.
import { Room } from '@livekit/rtc-node';
import { ConsultRoom, createMerge } from '@org/consult-room';
import { AccessToken, SipClient } from 'livekit-server-sdk';

const { url, apiKey, apiSecret, trunkId, callerRoomName, number, phase } = JSON.parse(process.argv[2]);
const server = { url, apiKey, apiSecret };

function reach(name, consult) {
  if (name !== phase) return Promise.resolve();
  process.send({ room: consult.name });
  return new Promise(() => setInterval(() => undefined, 1_000));
}

const consult = await ConsultRoom.create({ ...server, callerRoomName });
await reach('created', consult);

const token = new AccessToken(apiKey, apiSecret, { identity: 'ai-agent' });
token.kind = 'agent';
token.addGrant({ roomJoin: true, room: callerRoomName, canPublish: true, canSubscribe: true });
const callerRoom = new Room();
await callerRoom.connect(url, await token.toJwt(), { autoSubscribe: true, dynacast: false });
const consultRoom = await consult.join();
await reach('joined', consult);

const sip = new SipClient(url.replace('ws', 'http'), apiKey, apiSecret, { failover: false });
const dialing = sip.createSipParticipant(trunkId, number, consult.name, {
  participantIdentity: 'human-agent',
  waitUntilAnswered: true,
  ringingTimeout: 60,
});
if (phase === 'ringing') {
  while (!consultRoom.remoteParticipants.has('human-agent')) await new Promise((resolve) => setTimeout(resolve, 20));
  await reach('ringing', consult);
}
await dialing;
await reach('held', consult);

const merge = createMerge({
  callerRoom,
  callerIdentity: 'caller',
  consultRoom,
  humanIdentity: 'human-agent',
  server,
  strategy: 'bridge',
  rejoin: { gateway: 'sip:gateway.example.test' },
});
await merge.publishTracks();
await reach('prepared', consult);
const { call } = await merge.merge();
await reach('merged', consult);
void call.promote();
while ((await sip.listSipDispatchRule()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
await reach('promoting', consult);
