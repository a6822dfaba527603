import { DataPacket_Kind, RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import '../../src/vitest.js';
import { observe } from '../support/observer.js';

/** The real 3 s are in cloud.long.test.ts. */
const noResponseMs = 300;

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab({ cloud: { noResponseMs } });
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

const dial = (number: string, room: string) =>
  sip.createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'human' });

const noResponse = { status: 503, code: 'unavailable', message: 'twirp error unknown: no response from servers' };

test.concurrent('a phone that is moved leaves its room and is heard in the other one, under its identity', async () => {
  const caller = await lab.call({ from: '+2', roomName: 'caller-room', voice: 600 });
  const phone = lab.phone(
    '+1',
    async (call) => {
      await call.answer();
      call.tone();
      await call.untilEnded();
    },
    { voice: 1000 },
  );
  await using consult = await observe(lab, 'consult');
  await dial('+1', 'consult');
  const human = await phone.nextCall();
  expect(caller).notToHear(1000);
  await rooms.moveParticipant('consult', 'human', 'caller-room');
  await consult.until('human left 1 active');
  expect(human).toMatchObject({ roomName: 'caller-room', ended: undefined });
  expect(await rooms.getParticipant('caller-room', 'human')).toMatchObject({
    attributes: { 'sip.callStatus': 'active', 'sip.phoneNumber': '+1' },
  });
  await caller.connected();
  caller.tone();
  await Promise.all([caller.waitToHear(1000, { forMs: 300 }), human.waitToHear(600, { forMs: 300 })]);
  // The old room is no concern of the phone any more.
  await rooms.deleteRoom('consult');
  await human.press('1');
  await human.wait(300);
  expect(human.ended).toBeUndefined();
  await rooms.removeParticipant('caller-room', 'human');
  expect(await human.finished).toMatchObject({ how: 'disconnected', reason: 4 });
  await caller.hangUp();
  await caller.finished;
});

test.concurrent('a second move finds no node that has the phone: 503 after noResponseMs, and the phone stays where it went', async () => {
  const phone = lab.phone('+3', (call) => call.answer());
  await dial('+3', 'first');
  await rooms.moveParticipant('first', 'human', 'second');
  const started = Date.now();
  await expect(rooms.moveParticipant('first', 'human', 'second')).rejects.toMatchObject(noResponse);
  expect(Date.now() - started).toBeGreaterThanOrEqual(noResponseMs - 5);
  const call = await phone.nextCall();
  expect(call.roomName).toBe('second');
  await call.hangUp();
  await phone.done;
});

test.concurrent('a phone that hangs up while it moves has left both rooms', async () => {
  const phone = lab.phone('+4', (call) => call.answer());
  await dial('+4', 'here');
  const call = await phone.nextCall();
  const moved = rooms.moveParticipant('here', 'human', 'there');
  await vi.waitUntil(() => call.roomName === 'there', { interval: 1, timeout: 10_000 });
  await call.hangUp();
  await moved;
  await phone.done;
  expect(call.ended).toMatchObject({ how: 'hung-up', reason: 1 });
  for (const room of ['here', 'there']) expect(await rooms.listParticipants(room)).toEqual([]);
});

test.concurrent('a client that is no phone is not moved, and a wrong secret moves no phone', async () => {
  await using somebody = await observe(lab, 'room-a', 'somebody');
  expect(somebody.room.isConnected).toBe(true);
  await expect(rooms.moveParticipant('room-a', 'somebody', 'room-b')).rejects.toMatchObject({
    status: 500,
    message: expect.stringMatching(/not implemented$/) as string,
  });
  const stranger = new RoomServiceClient(lab.url, lab.apiKey, 'another-secret-of-more-than-32-characters');
  await expect(stranger.moveParticipant('room-a', 'somebody', 'room-b')).rejects.toMatchObject({ status: 401 });
});

test.concurrent('a request about a room or participant that is not there is 503 where a node is asked, and 404 where the service or a node looks', async () => {
  await rooms.createRoom({ name: 'alone' });
  const unanswered = await Promise.allSettled([
    rooms.listParticipants('gone'),
    rooms.getParticipant('gone', 'human'),
    rooms.sendData('gone', new Uint8Array(1), DataPacket_Kind.RELIABLE, {}),
    rooms.removeParticipant('alone', 'human'),
    rooms.updateParticipant('alone', 'human', { name: 'x' }),
    rooms.updateSubscriptions('alone', 'human', ['TR_x'], true),
    rooms.mutePublishedTrack('alone', 'human', 'TR_x', true),
    rooms.moveParticipant('alone', 'human', 'gone'),
    rooms.forwardParticipant('alone', 'human', 'gone'),
  ]);
  for (const one of unanswered) expect(one).toMatchObject({ status: 'rejected', reason: noResponse });
  const notFound = { status: 404, code: 'not_found' };
  await expect(rooms.getParticipant('alone', 'human')).rejects.toMatchObject(notFound);
  await expect(rooms.deleteRoom('gone')).rejects.toMatchObject(notFound);
  await expect(rooms.updateRoomMetadata('gone', '')).rejects.toMatchObject(notFound);
  expect(await rooms.listParticipants('alone')).toEqual([]);
  expect(await rooms.listRooms(['gone'])).toEqual([]);
  await rooms.deleteRoom('alone');
});

test.concurrent('a listing that lags shows who was there then: not yet who came, and still who has left', async () => {
  await using lagging = await startPhoneLab({ cloud: { noResponseMs, listingLagMs: 1500 } });
  const cloud = new RoomServiceClient(lagging.url, lagging.apiKey, lagging.apiSecret);
  const listed = async () => (await cloud.listParticipants('lag')).map(({ identity }) => identity);
  // A lag needs a past.
  await new Promise((done) => setTimeout(done, 1600));
  const phone = await lagging.call({ from: '+5', roomName: 'lag', identity: 'phone' });
  const [joinedAt, first] = [Date.now(), await listed()];
  expect(first).toEqual([]);
  await vi.waitFor(async () => expect(await listed()).toEqual(['phone']), { timeout: 10_000, interval: 20 });
  expect(Date.now() - joinedAt).toBeGreaterThanOrEqual(500);
  await phone.hangUp();
  expect(await cloud.listRooms(['lag'])).toHaveLength(1);
  expect(await listed()).toEqual(['phone']);
  await cloud.deleteRoom('lag');
  expect(await listed()).toEqual(['phone']);
  await vi.waitFor(() => expect(listed()).rejects.toMatchObject(noResponse), { timeout: 10_000 });
});
