import { RoomEvent, type RemoteTrackPublication } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import '../../src/vitest.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

const dial = (number: string, room: string, options: Parameters<SipClient['createSipParticipant']>[3] = {}) =>
  sip.createSipParticipant(lab.trunkId, number, room, {
    waitUntilAnswered: true,
    participantIdentity: 'phone',
    ...options,
  });

test.concurrent('the track can be subscribed while the phone still rings: that is no answer', async () => {
  await using observer = await observe(lab, 'subscribed');
  const subscribed: string[] = [];
  observer.room.on(RoomEvent.TrackPublished, (publication: RemoteTrackPublication) => publication.setSubscribed(true));
  observer.room.on(RoomEvent.TrackSubscribed, (_track, _publication, participant) => {
    subscribed.push(participant.attributes['sip.callStatus'] ?? '');
  });
  const phone = lab.phone('+1', (call) => call.neverAnswer());
  const dialed = dial('+1', 'subscribed').catch((error: unknown) => error);
  await vi.waitFor(() => expect(subscribed).toEqual(['ringing']), { timeout: 5000 });
  await rooms.removeParticipant('subscribed', 'phone');
  expect(await dialed).toMatchObject({ code: 'canceled' });
  await phone.done;
});

test.concurrent('a second phone of the same identity throws the first out with reason 2', async () => {
  await using observer = await observe(lab, 'twice');
  const first = lab.phone('+2', (call) => call.answer());
  const second = lab.phone('+3', (call) => call.answer());
  await dial('+2', 'twice');
  await dial('+3', 'twice');
  expect(await (await first.nextCall()).finished).toMatchObject({ how: 'disconnected', reason: 2 });
  const call = await second.nextCall();
  expect(call.ended).toBeUndefined();
  // Who was replaced is told the reason; the others see it go without one, and the new one come.
  await observer.until('phone left undefined active');
  expect(observer.seen.filter((one) => one === 'phone joined')).toHaveLength(2);
  await call.hangUp();
  await second.done;
});

test.concurrent('a key that a participant publishes reaches every phone in the room', async () => {
  await using observer = await observe(lab, 'both');
  const phones = ['+4', '+5'].map((number) => lab.phone(number, (call) => call.answer()));
  for (const { number } of phones) await dial(number, 'both', { participantIdentity: `phone ${number}` });
  await observer.room.localParticipant?.publishDtmf(10, '*');
  for (const phone of phones) {
    const call = await phone.nextCall();
    expect(await call.waitForKey()).toBe('*');
    await call.hangUp();
  }
});

test.concurrent('keys that the dial itself plays after a late answer outlive the request of the SDK, and the call goes on', async () => {
  const phone = lab.phone('+6', (call) => call.answer());
  // The SDK waits 2 s longer than the phone may ring; the keys take 4 s.
  const error = await dial('+6', 'outlived', { ringingTimeout: 1, dtmf: 'wwwwwwww' }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'TimeoutError' });
  const call = await phone.nextCall();
  await call.connected();
  expect(await rooms.getParticipant('outlived', 'phone')).toMatchObject({ attributes: { 'sip.callStatus': 'active' } });
  await call.hangUp();
  await phone.done;
});

const may = (canPublish: boolean) => ({ permission: { canPublish, canSubscribe: true, canPublishData: true } });

test.concurrent('a phone that may no longer publish has lost its track for good', async () => {
  await using observer = await observe(lab, 'revoked');
  const phone = lab.phone('+7', (call) => call.answer());
  await dial('+7', 'revoked');
  await observer.until('phone track');
  const tracks = async () => (await rooms.getParticipant('revoked', 'phone')).tracks.length;
  expect(await tracks()).toBe(1);
  await rooms.updateParticipant('revoked', 'phone', may(false));
  await vi.waitFor(async () => expect(await tracks()).toBe(0), { timeout: 5000 });
  await rooms.updateParticipant('revoked', 'phone', may(true));
  await new Promise((done) => setTimeout(done, 300));
  expect(await tracks()).toBe(0);
  const call = await phone.nextCall();
  await call.hangUp();
  await phone.done;
});
