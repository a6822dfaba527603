import { AudioFrame } from '@livekit/rtc-node';
import { RoomServiceClient, ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneScript } from '../../src/index.js';
import { ToneGenerator } from '../../src/tones.js';
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

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the dial succeeded'),
    (error: unknown) => error,
  );

/** A caller in the room of a phone that does this; both are on the line. */
async function callerAnd(room: string, script: PhoneScript): Promise<{ caller: PhoneCall; phone: PhoneCall }> {
  const phone = lab.phone(`+${room}`, script, { voice: 1000 });
  const caller = await lab.call({ from: `+from ${room}`, roomName: room, voice: 600 });
  await dial(`+${room}`, room);
  await caller.connected();
  return { caller, phone: await phone.nextCall() };
}

test.concurrent('an answer after the caller gave up gets a BYE, and no phone is left in the room', async () => {
  await using observer = await observe(lab, 'too-late');
  const phone = lab.phone('+3', async (call) => {
    const { at, byeAt } = await call.answerTooLate(100);
    expect(byeAt).toBeGreaterThanOrEqual(at);
  });
  const error = await errorOf(dial('+3', 'too-late', { ringingTimeout: 1 }));
  expect(error).toBeInstanceOf(ServerError);
  expect(error).not.toBeInstanceOf(SipCallError);
  expect(error).toMatchObject({ status: 408, code: 'canceled', message: 'twirp error unknown: sip request timed out' });
  const call = await phone.nextCall();
  await call.finished;
  expect(call.lateAnswer?.at).toBeGreaterThanOrEqual((call.ended?.at ?? Infinity) + 95);
  await observer.until('phone left 11 ringing');
  expect(observer.seen.filter((one) => one.includes('active'))).toEqual([]);
  expect((await rooms.listParticipants('too-late')).map(({ identity }) => identity)).toEqual(['observer']);
});

test.concurrent('an answer in the moment in which the caller gives up is one or the other, never both', async () => {
  for (const answerMs of [85, 103]) {
    const room = `crossing-${answerMs}`;
    const phone = lab.phone('+4', async (call) => {
      await call.ring(100);
      await call.answer();
    });
    const dialed = dial('+4', room).then(
      () => 'answered',
      () => 'canceled',
    );
    const call = await phone.nextCall();
    await vi.waitFor(() => expect(call.status.at(-1)?.status).toMatch(/ringing|active/), {
      interval: 1,
      timeout: 5000,
    });
    await new Promise((done) => setTimeout(done, answerMs));
    await rooms.removeParticipant(room, 'phone');
    await dialed;
    expect(await call.finished).toMatchObject({ how: 'disconnected', reason: 4 });
    expect(await rooms.listParticipants(room)).toEqual([]);
  }
});

test.concurrent('every key leaves the phone by its code, and digits, star and pound reach it', async () => {
  await using observer = await observe(lab, 'every-key');
  const keys = '0123456789*#';
  const phone = lab.phone('+5', async (call) => {
    await call.answer();
    await call.press(keys);
    await call.untilEnded();
  });
  await dial('+5', 'every-key');
  await observer.until('phone key # (11)');
  const pressed = observer.seen.filter((one) => one.includes(' key '));
  expect(pressed).toEqual(Array.from(keys, (key, code) => `phone key ${key} (${code})`));
  for (const [code, key] of [
    [0, '0'],
    [10, '*'],
    [11, '#'],
  ] as const)
    await observer.room.localParticipant?.publishDtmf(code, key);
  const call = await phone.nextCall();
  await vi.waitFor(() => expect(call.keys.map(({ key }) => key).join('')).toBe('0*#'), { timeout: 15_000 });
  expect(new Set(call.keys.map(({ from }) => from))).toEqual(new Set(['observer']));
  await call.hangUp();
});

test.concurrent('a call that ends while frames are still to come ends the source', async () => {
  let told = false;
  async function* endless(): AsyncGenerator<AudioFrame> {
    try {
      for (;;) yield new AudioFrame(new ToneGenerator([1000], 48_000).next(960), 48_000, 1, 960);
    } finally {
      told = true;
    }
  }
  const { caller, phone } = await callerAnd('endless', async (call) => {
    await call.answer();
    await call.play(endless());
  });
  await caller.waitToHear(1000);
  await rooms.removeParticipant('endless', 'phone');
  await phone.finished;
  await vi.waitFor(() => expect(told).toBe(true), { timeout: 10_000 });
  await caller.hangUp();
});

test.concurrent('an early answer is active, and rings on, before anyone is there', async () => {
  const caller = await lab.call({ from: '+2', roomName: 'early' });
  const human = lab.phone(
    '+1',
    async (call) => {
      await call.earlyAnswer(1200);
      call.tone();
      await call.untilEnded();
    },
    { voice: 1000 },
  );
  await dial('+1', 'early');
  const call = await human.nextCall();
  expect(call.status.at(-1)?.status).toBe('active');
  await caller.connected();
  await caller.waitToHear({ name: 'ringback', frequencies: [440, 480] });
  expect(caller).notToHear(1000);
  await caller.waitToHear(1000);
  const [rang, spoke] = [caller.ear.firstHeardAt(480) ?? 0, caller.ear.firstHeardAt(1000) ?? 0];
  expect(spoke - rang).toBeGreaterThan(400);
  await rooms.deleteRoom('early');
  await Promise.all([call.finished, caller.finished]);
});

test.concurrent('a phone waits for any sound of a level, and for any sound in a band', async () => {
  const heard: string[] = [];
  const { caller, phone } = await callerAnd('waits', async (call) => {
    await call.answer();
    await expect(call.waitToHear('sound', { timeoutMs: 300 })).rejects.toThrow(
      /did not hear any sound of -45 dBFS within 300 ms\n\n(it has heard no track at all|any sound)/,
    );
    const loud = call.waitToHear('sound', { minLevelDbfs: -12, timeoutMs: 1500 });
    await call.press('1');
    await call.waitToHear('sound', { publisher: 'sip_+from waits' });
    heard.push('sound');
    await call.waitToHear({ name: 'low', frequencies: [], band: [500, 700] });
    heard.push('band');
    await expect(loud).rejects.toMatchObject({ code: 'timeout' });
    await call.hangUp();
  });
  await caller.waitForKey();
  caller.tone();
  await phone.finished;
  expect(heard).toEqual(['sound', 'band']);
  await caller.hangUp();
});
