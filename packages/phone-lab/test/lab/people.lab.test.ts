import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneOptions } from '../../src/index.js';
import { detectTones, toneBurst } from '../../src/tones.js';
import '../../src/vitest.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

/** Two phones in a conversation; marks 600 and 1000. */
async function conversation(room: string, options: PhoneOptions): Promise<{ caller: PhoneCall; human: PhoneCall }> {
  const phone = lab.phone(`+${room}`, (call) => call.answer(), { voice: 1000, ...options });
  const caller = await lab.call({ from: `+from ${room}`, roomName: room, voice: 600 });
  await new SipClient(lab.url, lab.apiKey, lab.apiSecret).createSipParticipant(lab.trunkId, `+${room}`, room, {
    waitUntilAnswered: true,
  });
  await caller.connected();
  return { caller, human: await phone.nextCall() };
}

/** Waits until the caller has heard so much of the human since then, and nothing for the last 200 ms. */
async function heardAndSilent(caller: PhoneCall, from: number, forMs: number): Promise<void> {
  await vi.waitFor(() => expect(caller.ear.heardMs(1000, { from })).toBeGreaterThanOrEqual(forMs), waiting);
  await vi.waitFor(() => {
    const range = { from: Date.now() - 400 };
    // A late recording has nothing of this range yet.
    expect(caller.ear.pcm(range).length).toBeGreaterThan(200 * 16);
    expect(caller.ear.levelDbfs(range)).toBeLessThan(-70);
  }, waiting);
}

const waiting = { timeout: 10_000, interval: 100 };

test('a person is heard while they speak, then not, and can hum and cough', async () => {
  const { caller, human } = await conversation('people', {});
  const from = Date.now();
  await human.speak('Yes, put them through.', { afterMs: 200 });
  await heardAndSilent(caller, from, 800);
  expect((caller.ear.firstHeardAt(1000, { from }) ?? 0) - from).toBeGreaterThan(200);
  const humsFrom = Date.now();
  await human.mmHm();
  await heardAndSilent(caller, humsFrom, 200);
  const coughsFrom = Date.now();
  await human.cough();
  await heardAndSilent(caller, coughsFrom, 200);
  await caller.hangUp();
  await human.hangUp();
});

test('a person who talks over another one is heard while that one speaks', async () => {
  const { caller, human } = await conversation('over', {});
  const over = human.talkOver('No, wait a moment.', { what: 600 });
  const from = Date.now();
  await caller.speak('One two three four five six seven eight nine ten');
  const until = Date.now();
  await over;
  await vi.waitFor(() => expect(caller.ear.heard(1000, { from })).toBe(true), waiting);
  const interruptedAt = caller.ear.firstHeardAt(1000, { from }) ?? 0;
  expect(interruptedAt - from).toBeGreaterThan(300);
  expect(interruptedAt).toBeLessThan(until);
  expect(human.ear.heardMs(600, { from })).toBeGreaterThan(700);
  await caller.hangUp();
  await human.hangUp();
});

test('a line with a telephone codec, an echo and noise sounds like that at the far end', async () => {
  const line = { codec: 'pcmu', echo: {}, comfortNoise: -60 } as const;
  const { caller, human } = await conversation('lines', { line });
  const levelOf = (frequency: number, from: number, to: number): number => {
    const pcm = caller.ear.pcm({ from, to });
    return detectTones(pcm, 16_000, [frequency], { minLevelDbfs: -100, minContrastDb: 3 })[0]?.levelDbfs ?? -120;
  };
  await vi.waitFor(() => {
    const now = Date.now();
    expect(Math.abs(caller.ear.levelDbfs({ from: now - 400, to: now }) + 60)).toBeLessThan(4);
  }, waiting);

  const from = Date.now();
  await human.play(toneBurst([1000, 5000], 1000, 48_000), 48_000);
  await vi.waitFor(() => expect(caller.ear.heardMs(1000, { from })).toBeGreaterThanOrEqual(700), waiting);
  const heardAt = caller.ear.firstHeardAt(1000, { from }) ?? 0;
  expect(Math.abs(levelOf(1000, heardAt + 200, heardAt + 500) + 20)).toBeLessThan(2);
  expect(levelOf(5000, heardAt + 200, heardAt + 500)).toBeLessThan(-60);

  caller.tone(700);
  await vi.waitFor(() => {
    const now = Date.now();
    expect(Math.abs(levelOf(700, now - 400, now - 100) + 50)).toBeLessThan(3);
  }, waiting);
  await caller.hangUp();
  await human.hangUp();
});
