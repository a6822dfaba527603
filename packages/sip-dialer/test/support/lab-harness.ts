import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Room } from '@livekit/rtc-node';
import type { Phone, PhoneCall, PhoneLab, PhoneScript, ReferAnswer } from '@org/phone-lab';
import { AccessToken, ParticipantInfo_State, RoomServiceClient, TwirpError } from 'livekit-server-sdk';
import { type DialRequest, SipDialer } from '../../src/index.js';
import type { DialerHarness, ScriptedPhoneBehavior, ScriptedTransfer } from '../../src/testing.js';
import { slowFront } from './slow-proxy.js';

const watcher = 'watcher';
let count = 0;

export interface LabWorld extends DialerHarness {
  readonly rooms: RoomServiceClient;
  readonly phones: readonly Phone[];
  request(script: PhoneScript): DialRequest;
  /** Resolves when the phone rings, and its leg is in the room with its media connected. */
  rings(request: DialRequest): Promise<void>;
}

/** The contract's world on real LiveKit rooms with simulated phones. */
export async function labWorld(lab: PhoneLab, { watched }: { watched: boolean }): Promise<LabWorld> {
  const { url, apiKey, apiSecret } = lab;
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
  const phones: Phone[] = [];
  const joined: Room[] = [];
  const used = new Set<string>();
  const nowhere = await closedPort();
  const front = await slowFront(url);
  const place = (script: PhoneScript): DialRequest => {
    count += 1;
    phones.push(lab.phone(`+1555020${count}`, script));
    const roomName = `dial-${count}`;
    used.add(roomName);
    return { to: `+1555020${count}`, roomName, participantIdentity: `human-${count}`, trunkId: lab.trunkId };
  };
  /** Before its media is connected, a leg that is removed takes that for a failed join, and joins again. */
  const rings: LabWorld['rings'] = async ({ roomName, participantIdentity }) => {
    for (;;) {
      const listed = await rooms.listParticipants(roomName);
      const leg = listed.find(({ identity }) => identity === participantIdentity);
      const ready = leg?.state === ParticipantInfo_State.ACTIVE;
      if (ready && leg.attributes['sip.callStatus'] !== 'dialing') return;
      await sleep(20);
    }
  };
  /** Of a leg without a track the server may tell others only every three seconds, also that it left. */
  const published = async (call: PhoneCall): Promise<void> => {
    const hasTrack = async (): Promise<boolean> =>
      (await rooms.listParticipants(call.roomName)).some(
        ({ identity, tracks }) => identity === call.identity && tracks.length > 0,
      );
    while (!(await hasTrack())) await call.wait(20);
  };
  return {
    rooms,
    phones,
    request: place,
    dialer: new SipDialer({ url: front.url, apiKey, apiSecret }),
    dialerWithWrongSecret: new SipDialer({ url, apiKey, apiSecret: 'not-the-secret-of-this-server-at-all' }),
    dialerWithoutServer: new SipDialer({ url: `ws://127.0.0.1:${nowhere}`, apiKey, apiSecret }),
    place(phone) {
      front.delayMs = phone.responseMs ?? 0;
      return Promise.resolve(place(scriptOf(phone, published)));
    },
    rings,
    async remove(request) {
      await rings(request);
      await rooms.removeParticipant(request.roomName, request.participantIdentity);
    },
    keysHeard: () =>
      phones
        .flatMap(({ calls }) => calls)
        .flatMap(({ keys }) => keys)
        .map(({ key }) => key)
        .join(''),
    async watch(roomName) {
      if (!watched) return undefined;
      const token = new AccessToken(apiKey, apiSecret, { identity: watcher });
      token.addGrant({ roomJoin: true, room: roomName });
      const room = new Room();
      await room.connect(url, await token.toJwt(), { autoSubscribe: false, dynacast: false });
      joined.push(room);
      return room;
    },
    requestCount: () => phones.reduce((sum, { calls }) => sum + calls.length, 0),
    async leftovers() {
      const calls = phones.flatMap((phone) => phone.calls).filter(({ ended }) => ended === undefined);
      const lists = await Promise.all([...used].map((name) => rooms.listParticipants(name)));
      const legs = lists.flat().filter(({ identity }) => identity !== watcher);
      return [...calls.map(() => 'a call'), ...legs.map(() => 'a leg in a room')];
    },
    sleep: (ms) => sleep(ms),
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await Promise.all(joined.map((room) => room.disconnect()));
      // Without names all rooms would be listed, those of other tests too.
      const left = (await rooms.listRooms()).filter(({ name }) => used.has(name));
      await Promise.all(left.map(({ name }) => rooms.deleteRoom(name).catch(unlessGone)));
    },
  };
}

/** An empty room may close by itself before it is deleted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof TwirpError && error.status === 404)) throw error;
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function scriptOf(phone: ScriptedPhoneBehavior, published: PhoneScript): PhoneScript {
  return async (call) => {
    switch (phone.does) {
      case 'answer':
        if (phone.onRefer !== undefined) call.onRefer(referAnswer(phone.onRefer));
        await call.ring(phone.afterMs);
        if (phone.hangsUpAfterMs === undefined) return call.answer();
        // The answer takes as long as the keys of the dial; the phone may hang up before.
        void call.answer().catch(() => undefined);
        while (call.status.at(-1)?.status === 'ringing') await call.wait(5);
        await call.wait(phone.hangsUpAfterMs);
        await call.hangUp();
        break;
      case 'reject':
        await call.ring(phone.afterMs);
        await published(call);
        await call.reject(phone.sipStatusCode);
        break;
      case 'ring':
        await call.neverAnswer();
        break;
      default:
        await call.neverRespond();
    }
  };
}

/** A phone that goes is not followed to where it goes. */
function referAnswer(transfer: ScriptedTransfer): ReferAnswer {
  switch (transfer.does) {
    case 'go':
      return { notify: 200 };
    case 'go-unheard':
      return 'silence';
    case 'refuse':
      return { reject: transfer.sipStatusCode };
    case 'accept-and-fail':
      return { notify: transfer.sipStatusCode };
    default:
      return 'silence';
  }
}
