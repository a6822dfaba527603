import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab } from '../src/index.js';
import '../src/vitest.js';
import { observe } from './helpers/observer.js';

const rooms = (lab: PhoneLab) => new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);

async function answeredCall(lab: PhoneLab, room: string): Promise<PhoneCall> {
  const phone = lab.phone('+1', (call) => call.answer(), { voice: 1000 });
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const asked = { waitUntilAnswered: true, participantIdentity: 'human' };
  await sip.createSipParticipant(lab.trunkId, '+1', room, asked);
  return phone.nextCall();
}

test.concurrent('signaling that is paused reaches nobody until it is released, and then arrives in order', async () => {
  await using lab = await startPhoneLab();
  await using observer = await observe(lab, 'room');
  await using other = await observe(lab, 'room', 'other');
  const caller = await lab.call({ from: '+2', roomName: 'room', voice: 600 });
  const call = await answeredCall(lab, 'room');
  await caller.connected();
  caller.tone();
  await observer.until('human status active');
  const pause = lab.pauseSignaling({ roomName: 'room', identity: 'human' });
  const hangsUp = call.hangUp();
  // Media flow on, and nobody else is held up.
  await caller.press('7');
  await observer.until('sip_+2 key 7 (7)');
  await new Promise((done) => setTimeout(done, 500));
  expect(observer.seen).not.toContain('human status hangup');
  pause.release();
  pause.release();
  await hangsUp;
  await observer.until('human left 1 hangup');
  expect(observer.seen.indexOf('human status hangup')).toBeGreaterThan(observer.seen.indexOf('sip_+2 key 7 (7)'));

  // The same for who is no phone: it learns late what happened.
  await other.until('human left 1 hangup');
  const held = lab.pauseSignaling({ roomName: 'room', identity: 'observer' });
  await caller.hangUp();
  await other.until('sip_+2 left 1 hangup');
  expect(observer.seen).not.toContain('sip_+2 left 1 hangup');
  held.release();
  await observer.until('sip_+2 left 1 hangup');
});

test.concurrent('of two phones that join under one identity at once, one is in and the other was thrown out, at once', async () => {
  await using lab = await startPhoneLab();
  for (const gapMs of [0, 10, 20, 40, 60]) {
    const startedAt = Date.now();
    const first = lab.call({ from: '+4', roomName: `twins-${gapMs}` });
    await new Promise((done) => setTimeout(done, gapMs));
    const both = await Promise.all([first, lab.call({ from: '+4', roomName: `twins-${gapMs}` })]);
    await vi.waitFor(() => expect(both.filter(({ ended }) => ended).length).toBe(1), { timeout: 5000 });
    // Left to itself the media library waits for 15 s.
    expect(Date.now() - startedAt).toBeLessThan(5000);
    const [out] = both.filter(({ ended }) => ended);
    expect(out?.ended).toMatchObject({ how: 'disconnected', reason: 2 });
    await both.find(({ ended }) => !ended)?.hangUp();
  }
});

test.concurrent('whoever joins while the signaling is paused has joined when it is released', async () => {
  await using lab = await startPhoneLab();
  expect(() => lab.pauseSignaling({ roomName: '', identity: 'x' })).toThrow(/roomName must not be empty/);
  const pause = lab.pauseSignaling({ roomName: 'room', identity: 'sip_+3' });
  const calling = lab.call({ from: '+3', roomName: 'room' });
  const first = await Promise.race([calling, new Promise((done) => setTimeout(done, 500, 'held'))]);
  expect(first).toBe('held');
  expect(await rooms(lab).listRooms()).toEqual([]);
  pause.release();
  const call = await calling;
  expect(call.status.at(-1)?.status).toBe('ringing');
  await call.hangUp();
});

test.concurrent('a server that is killed and started again is the same address with no room, and who was there comes back', async () => {
  const lab = await startPhoneLab();
  const observer = await observe(lab, 'room');
  const call = await answeredCall(lab, 'room');
  await observer.until('human status active');
  const { sid } = await rooms(lab).getParticipant('room', 'human');
  await rooms(lab).createRoom({ name: 'forgotten' });
  await lab.stopServer();
  await lab.stopServer();
  await expect(rooms(lab).listRooms()).rejects.toThrow('fetch failed');
  const error = await answeredCall(lab, 'room').catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    status: 500,
    code: 'internal',
    message: expect.stringMatching(/^the phone could not join the room: .+/) as string,
  });
  expect((error as Error).message).not.toContain('eyJ');
  // What the server does not know any more is not left behind.
  expect((await lab.leftNothing()).map(({ kind }) => kind)).not.toContain('room');
  await lab.restartServer();
  expect((await rooms(lab).listRooms()).map(({ name }) => name)).not.toContain('forgotten');
  await vi.waitFor(async () => expect((await rooms(lab).listParticipants('room')).length).toBe(2), { timeout: 20_000 });
  await vi.waitFor(
    async () =>
      expect((await rooms(lab).getParticipant('room', 'human')).attributes).toMatchObject({
        'sip.callStatus': 'active',
      }),
    { timeout: 5000 },
  );
  expect((await rooms(lab).getParticipant('room', 'human')).sid).not.toBe(sid);
  expect(call.ended).toBeUndefined();
  // The line is whole again: it is heard, and hears.
  const caller = await lab.call({ from: '+2', roomName: 'room', voice: 600 });
  await caller.connected();
  const from = Date.now();
  caller.tone();
  call.tone();
  await Promise.all([caller.waitToHear(1000), call.waitToHear(600)]);
  expect(call.ear.heard(600, { from })).toBe(true);
  await Promise.all([caller.hangUp(), call.hangUp()]);
  await observer[Symbol.asyncDispose]();
  await lab.close();
});

test.concurrent('a server that is asked to stop throws everybody out with reason 3', async () => {
  const lab = await startPhoneLab();
  const observer = await observe(lab, 'room');
  const call = await answeredCall(lab, 'room');
  await lab.stopServer('SIGTERM');
  expect(await call.finished).toMatchObject({ how: 'disconnected', reason: 3 });
  await observer.until('thrown out 3');
  await lab.close();
  await rm(dirname(lab.serverLog ?? ''), { recursive: true, force: true });
  await expect(lab.stopServer()).rejects.toMatchObject({ code: 'closed' });
});
