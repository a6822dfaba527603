import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { countAudioSources, startPhoneLab, type PhoneCall, type PhoneLab } from '../src/index.js';

let lab: PhoneLab;
let rooms: RoomServiceClient;
const [room, identity] = ['some-room', 'human'];

beforeAll(async () => {
  lab = await startPhoneLab();
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

test.each<[string, (call: PhoneCall) => Promise<unknown>]>([
  ['hangs up', (call) => call.hangUp()],
  ['is removed by API', () => rooms.removeParticipant(room, identity)],
  ['was in a room that is deleted by API', () => rooms.deleteRoom(room)],
  ['loses its place', (call) => call.line.lose('removed')],
  ['loses its room', (call) => call.line.lose('room-deleted')],
])('nothing runs on of a phone that %s', async (_how, end) => {
  const phone = lab.phone('+15550100', (call) => call.answer());
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const before = countAudioSources();
  await sip.createSipParticipant(lab.trunkId, phone.number, room, {
    waitUntilAnswered: true,
    participantIdentity: identity,
  });
  const call = await phone.nextCall();
  expect(countAudioSources()).toBe(before + 1);
  await end(call);
  await vi.waitFor(() => expect(call.ended).toBeDefined(), { timeout: 10_000 });
  await vi.waitFor(() => expect(countAudioSources()).toBe(before), { timeout: 5_000 });
});

test('an API request without the right to it takes nothing from a phone', async () => {
  const phone = lab.phone('+15550101', (call) => call.answer());
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, phone.number, room, {
    waitUntilAnswered: true,
    participantIdentity: identity,
  });
  const stranger = new RoomServiceClient(lab.url, lab.apiKey, 'another secret, as long as one has to be');
  await expect(stranger.removeParticipant(room, identity)).rejects.toThrow('invalid token');
  await expect(stranger.deleteRoom(room)).rejects.toThrow('invalid token');
  const { tracks } = await rooms.getParticipant(room, identity);
  expect(tracks).toHaveLength(1);
  await (await phone.nextCall()).hangUp();
});
