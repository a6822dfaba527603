import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneOptions } from '../../src/index.js';
import { observe } from '../support/observer.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterAll(() => lab.close());

const answeredCall = (room: string, options: PhoneOptions = {}): Promise<PhoneCall> => answeredIn(lab, room, options);

async function answeredIn(its: PhoneLab, room: string, options: PhoneOptions = {}): Promise<PhoneCall> {
  const number = `+${(numbers += 1)}`;
  const phone = its.phone(number, (call) => call.answer(), { voice: 1000, ...options });
  const client = new SipClient(its.url, its.apiKey, its.apiSecret);
  const asked = { waitUntilAnswered: true, participantIdentity: 'human' };
  await client.createSipParticipant(its.trunkId, number, room, asked);
  return phone.nextCall();
}

const roomsOf = (its: PhoneLab): RoomServiceClient => new RoomServiceClient(its.url, its.apiKey, its.apiSecret);

const isRunning = (pid: number | undefined): boolean => {
  try {
    return process.kill(pid ?? Number.NaN, 0);
  } catch {
    return false;
  }
};

// The server gives up a silent participant after some 20 s: these wait for it side by side, and all other tests run meanwhile.
test.concurrent('phones that are killed, stopped for long or without signaling are gone with reason 14; one that goes on in time stays', async () => {
  const names = ['killed', 'stopped', 'paused', 'mute'] as const;
  const observers = await Promise.all(names.map((name) => observe(lab, name)));
  const calls = await Promise.all(names.map((name) => answeredCall(name, { ownProcess: name !== 'mute' })));
  const [killed, stopped, paused, mute] = calls as [PhoneCall, PhoneCall, PhoneCall, PhoneCall];
  const at = Date.now();
  const lost = mute.line.lose('signaling-closed');
  const pid = killed.line.pid;
  expect(await killed.line.lose('killed')).toMatchObject({ how: 'disconnected', reason: 14 });
  expect(isRunning(pid)).toBe(false);
  stopped.line.stop();
  paused.line.stop();
  await new Promise((done) => setTimeout(done, 3000));
  expect((await rooms.listParticipants('killed')).map(({ identity }) => identity)).toContain('human');
  expect(await lab.leftNothing()).not.toContainEqual(
    expect.objectContaining({
      kind: 'participant',
      what: expect.stringMatching(/human is in room (killed|stopped|paused|mute)/) as string,
    }),
  );
  paused.line.continue();
  await Promise.all(
    [0, 1, 3].map((i) =>
      vi.waitFor(() => expect(observers[i]?.seen).toContain('human left 14 active'), { timeout: 60_000, interval: 50 }),
    ),
  );
  expect(Date.now() - at).toBeGreaterThan(10_000);
  expect(await lost).toMatchObject({ how: 'disconnected', reason: 14 });
  expect(observers[2]?.seen.filter((seen) => seen.includes('left'))).toEqual([]);
  await paused.press('1');
  await observers[2]?.until('human key 1 (1)');
  await paused.hangUp();
  // It does not know that it was given up, and joins again as another participant.
  stopped.line.continue();
  await vi.waitFor(() => expect(observers[1]?.seen.filter((seen) => seen === 'human joined').length).toBe(2), {
    timeout: 20_000,
  });
  await stopped.hangUp();
  await Promise.all(observers.map((observer) => observer[Symbol.asyncDispose]()));
}, 120_000);

test.concurrent.each([
  ['removed', 4],
  ['unavailable', 11],
  ['rejected', 12],
] as const)('a phone that is %s leaves with reason %i, and its last status stays active', async (how, reason) => {
  await using observer = await observe(lab, how);
  const call = await answeredCall(how);
  expect(await call.line.lose(how)).toMatchObject({ how: 'disconnected', reason });
  await observer.until(`human left ${reason} active`);
  expect(call.status.at(-1)?.status).toBe('active');
  expect(await rooms.listParticipants(how)).toHaveLength(1);
  await call.finished;
});

test.concurrent('losing the line ends a script quietly, and can be a step of it', async () => {
  const steps: string[] = [];
  const phone = lab.phone('+900', async (call) => {
    await call.answer();
    await call.line.lose('unavailable');
    steps.push('lost');
    await call.press('1');
    steps.push('pressed');
  });
  await sip.createSipParticipant(lab.trunkId, '+900', 'step', { waitUntilAnswered: true });
  await phone.done;
  expect(steps).toEqual(['lost']);
});

test.concurrent('a room that is deleted throws everybody out with reason 5', async () => {
  const observer = await observe(lab, 'deleted');
  const call = await answeredCall('deleted');
  expect(await call.line.lose('room-deleted')).toMatchObject({ how: 'disconnected', reason: 5 });
  await vi.waitFor(() => expect(observer.seen).toContain('thrown out 5'), { timeout: 5000 });
  expect(await rooms.listRooms(['deleted'])).toEqual([]);
});

test.concurrent('a phone whose identity another one takes is thrown out with reason 2, and is in the room no more', async () => {
  await using observer = await observe(lab, 'doubled');
  const call = await answeredCall('doubled');
  expect(await call.line.lose('duplicate-identity')).toMatchObject({ how: 'disconnected', reason: 2 });
  await observer.until('human left undefined active');
  await vi.waitFor(async () => expect((await rooms.listParticipants('doubled')).length).toBe(1), { timeout: 5000 });
});

test.concurrent('a phone with a process of its own refuses a call as every phone does', async () => {
  lab.phone('+901', (call) => call.reject(486), { ownProcess: true });
  const dial = sip.createSipParticipant(lab.trunkId, '+901', 'busy', { waitUntilAnswered: true });
  await expect(dial).rejects.toMatchObject({ name: 'SipCallError', sipStatusCode: 486 });
});

test.concurrent('the same person who calls again is another participant, and throws out a leg that was lost', async () => {
  await using observer = await observe(lab, 'again');
  const first = await lab.call({ from: '+802', roomName: 'again', ownProcess: true });
  const before = await rooms.getParticipant('again', 'sip_+802');
  await first.line.lose('killed');
  // The server has not noticed yet.
  expect((await rooms.getParticipant('again', 'sip_+802')).sid).toBe(before.sid);
  const second = await lab.call({ from: '+802', roomName: 'again' });
  expect((await rooms.getParticipant('again', 'sip_+802')).sid).not.toBe(before.sid);
  await observer.until('sip_+802 left undefined ringing');
  expect(second.ended).toBeUndefined();
  await second.hangUp();
});

test.concurrent('steps that need a process of its own, or a call that lives, are refused by name', async () => {
  const call = await answeredCall('refused');
  expect(call.line.pid).toBeUndefined();
  expect(() => call.line.stop()).toThrow(/stop\(\) needs a phone with ownProcess: true/);
  await expect(call.line.lose('killed')).rejects.toMatchObject({ code: 'misuse' });
  await expect(call.line.lose('eaten' as never)).rejects.toThrow(/lose\(\) does not know eaten/);
  await call.hangUp();
  await expect(call.line.lose('removed')).rejects.toMatchObject({ code: 'call-ended' });
});

test.concurrent('a phone with a process of its own speaks, hears, presses and gets keys, and hangs up as others do', async () => {
  const caller = await lab.call({ from: '+800', roomName: 'own', voice: 600, ownProcess: true });
  const call = await answeredCall('own', { ownProcess: true });
  expect(new Set([caller.line.pid, call.line.pid, process.pid]).size).toBe(3);
  await caller.connected();
  caller.tone();
  call.tone();
  await Promise.all([caller.waitToHear(1000, { forMs: 1500 }), call.waitToHear(600, { forMs: 1500 })]);
  expect(call.ear.tracks.map(({ publisher }) => publisher)).toEqual(['sip_+800']);
  // The voice crosses the processes whole: broken at each frame it would have some 50 clicks per second.
  expect(call.ear.clicks().length).toBeLessThan(15);
  expect(caller.ear.clicks().length).toBeLessThan(15);
  await caller.press('5#');
  expect([await call.waitForKey(), await call.waitForKey()]).toEqual(['5', '#']);
  expect(call.keys.at(-1)).toMatchObject({ from: 'sip_+800' });
  const [one, other] = [caller.line.pid, call.line.pid];
  await call.hangUp();
  expect(await call.finished).toMatchObject({ how: 'hung-up', reason: 1 });
  await caller.line.lose('removed');
  expect(isRunning(one) || isRunning(other)).toBe(false);
  expect(caller.line.pid).toBeUndefined();
});

test.concurrent('a phone that reconnects is the same participant, and goes on to hear and to be heard', async () => {
  await using observer = await observe(lab, 'back');
  const caller = await lab.call({ from: '+801', roomName: 'back', voice: 600 });
  const call = await answeredCall('back');
  await caller.connected();
  caller.tone();
  call.tone();
  await caller.waitToHear(1000);
  await observer.until('human status active');
  const [before] = (await rooms.listParticipants('back')).filter(({ identity }) => identity === 'human');
  await call.line.reconnect({ awayMs: 300 });
  const from = Date.now();
  await Promise.all([caller.waitToHear(1000, { forMs: 300 }), call.waitToHear(600, { forMs: 300 })]);
  expect(caller.ear.heardMs(1000, { from })).toBeGreaterThan(250);
  expect((await rooms.getParticipant('back', 'human')).sid).toBe(before?.sid);
  expect(observer.seen.filter((seen) => seen.startsWith('human left'))).toEqual([]);
  // Signaling works: what the phone does now arrives.
  await call.hangUp();
  await observer.until('human left 1 hangup');
  await caller.hangUp();
});

// What becomes of the server, or of what it says: each with a lab of its own.

test.concurrent('signaling that is paused reaches no client until it is released, and then arrives in order', async () => {
  await using its = await startPhoneLab();
  await using observer = await observe(its, 'room');
  await using other = await observe(its, 'room', 'other');
  const caller = await its.call({ from: '+2', roomName: 'room', voice: 600 });
  const call = await answeredIn(its, 'room');
  await caller.connected();
  caller.tone();
  await observer.until('human status active');
  const pause = its.pauseSignaling({ roomName: 'room', identity: 'human' });
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
  const held = its.pauseSignaling({ roomName: 'room', identity: 'observer' });
  await caller.hangUp();
  await other.until('sip_+2 left 1 hangup');
  expect(observer.seen).not.toContain('sip_+2 left 1 hangup');
  held.release();
  await observer.until('sip_+2 left 1 hangup');
});

test.concurrent('of two phones that join under one identity at the same time, one is in and the other is thrown out within 10 s', async () => {
  await using its = await startPhoneLab();
  for (const gapMs of [0, 20, 60]) {
    const startedAt = Date.now();
    const first = its.call({ from: '+4', roomName: `twins-${gapMs}` });
    await new Promise((done) => setTimeout(done, gapMs));
    const both = await Promise.all([first, its.call({ from: '+4', roomName: `twins-${gapMs}` })]);
    await vi.waitFor(() => expect(both.filter(({ ended }) => ended).length).toBe(1), { timeout: 10_000 });
    // Left to itself the media library waits for 15 s.
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    const [out] = both.filter(({ ended }) => ended);
    expect(out?.ended).toMatchObject({ how: 'disconnected', reason: 2 });
    await both.find(({ ended }) => !ended)?.hangUp();
  }
});

test.concurrent('a phone that joins while the signaling is paused has joined when it is released', async () => {
  await using its = await startPhoneLab();
  expect(() => its.pauseSignaling({ roomName: '', identity: 'x' })).toThrow(/roomName must not be empty/);
  const pause = its.pauseSignaling({ roomName: 'room', identity: 'sip_+3' });
  const calling = its.call({ from: '+3', roomName: 'room' });
  const first = await Promise.race([calling, new Promise((done) => setTimeout(done, 500, 'held'))]);
  expect(first).toBe('held');
  expect(await roomsOf(its).listRooms()).toEqual([]);
  pause.release();
  const call = await calling;
  expect(call.status.at(-1)?.status).toBe('ringing');
  await call.hangUp();
});

test.concurrent('a server that is killed and started again is the same address with no room, and who was there comes back', async () => {
  const its = await startPhoneLab();
  const observer = await observe(its, 'room');
  const call = await answeredIn(its, 'room');
  await observer.until('human status active');
  const { sid } = await roomsOf(its).getParticipant('room', 'human');
  await roomsOf(its).createRoom({ name: 'forgotten' });
  await its.stopServer();
  await its.stopServer();
  await expect(roomsOf(its).listRooms()).rejects.toThrow('fetch failed');
  const error = await answeredIn(its, 'room').catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    status: 500,
    code: 'internal',
    message: expect.stringMatching(/^the phone could not join the room: .+/) as string,
  });
  expect((error as Error).message).not.toContain('eyJ');
  // What the server does not know any more is not left behind.
  expect((await its.leftNothing()).map(({ kind }) => kind)).not.toContain('room');
  await its.restartServer();
  expect((await roomsOf(its).listRooms()).map(({ name }) => name)).not.toContain('forgotten');
  await vi.waitFor(async () => expect((await roomsOf(its).listParticipants('room')).length).toBe(2), {
    timeout: 20_000,
  });
  await vi.waitFor(
    async () =>
      expect((await roomsOf(its).getParticipant('room', 'human')).attributes).toMatchObject({
        'sip.callStatus': 'active',
      }),
    { timeout: 5000 },
  );
  expect((await roomsOf(its).getParticipant('room', 'human')).sid).not.toBe(sid);
  expect(call.ended).toBeUndefined();
  // The line is whole again: it is heard, and hears.
  const caller = await its.call({ from: '+2', roomName: 'room', voice: 600 });
  await caller.connected();
  const from = Date.now();
  caller.tone();
  call.tone();
  await Promise.all([caller.waitToHear(1000), call.waitToHear(600)]);
  expect(call.ear.heard(600, { from })).toBe(true);
  await Promise.all([caller.hangUp(), call.hangUp()]);
  await observer[Symbol.asyncDispose]();
  await its.close();
});

test.concurrent('a server that is asked to stop throws everybody out with reason 3', async () => {
  const its = await startPhoneLab();
  const observer = await observe(its, 'room');
  const call = await answeredIn(its, 'room');
  await its.stopServer('SIGTERM');
  expect(await call.finished).toMatchObject({ how: 'disconnected', reason: 3 });
  await observer.until('thrown out 3');
  await its.close();
  await rm(dirname(its.serverLog ?? ''), { recursive: true, force: true });
  await expect(its.stopServer()).rejects.toMatchObject({ code: 'closed' });
});
