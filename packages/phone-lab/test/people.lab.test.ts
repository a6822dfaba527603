import { SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneOptions } from '../src/index.js';
import { detectTones, toneBurst } from '../src/tones.js';
import '../src/vitest.js';

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

test.concurrent('a person is heard for as long as they speak, then silence, and can hum and cough', async () => {
  const { caller, human } = await conversation('people', {});
  const spoken = async (step: () => Promise<void>): Promise<{ from: number; until: number }> => {
    const from = Date.now();
    await step();
    const until = Date.now();
    await caller.wait(550);
    return { from, until };
  };
  const yes = await spoken(() => human.speak('Yes, put them through.', { afterMs: 200 }));
  expect((caller.ear.firstHeardAt(1000, { from: yes.from }) ?? 0) - yes.from).toBeGreaterThan(200);
  expect(caller.ear.heardMs(1000, { from: yes.from, to: yes.until + 300 })).toBeGreaterThan(800);
  expect(caller.ear.levelDbfs({ from: yes.until + 300, to: yes.until + 500 })).toBeLessThan(-70);

  const hum = await spoken(() => human.mmHm());
  expect(caller.ear.heardMs(1000, { from: hum.from, to: hum.until + 300 })).toBeGreaterThanOrEqual(200);
  const cough = await spoken(() => human.cough());
  expect(caller.ear.heardMs(1000, { from: cough.from, to: cough.until + 300 })).toBeGreaterThanOrEqual(200);
  await caller.hangUp();
  await human.hangUp();
});

test.concurrent('a person who talks over another one is heard while that one speaks', async () => {
  const { caller, human } = await conversation('over', {});
  const over = human.talkOver('No, wait a moment.', { what: 600 });
  const callerFrom = Date.now();
  await caller.speak('One two three four five');
  const callerUntil = Date.now();
  const interruptedAt = caller.ear.firstHeardAt(1000, { from: callerFrom }) ?? 0;
  expect(interruptedAt - callerFrom).toBeGreaterThan(300);
  expect(interruptedAt).toBeLessThan(callerUntil);
  await over;
  expect(human.ear.heardMs(600, { from: callerFrom })).toBeGreaterThan(700);
  await caller.hangUp();
  await human.hangUp();
});

test.concurrent('a line with a telephone codec, an echo and noise sounds like that at the far end', async () => {
  const line = { codec: 'pcmu', echo: {}, comfortNoise: -60 } as const;
  const { caller, human } = await conversation('lines', { line });
  const levelOf = (frequency: number, from: number, to: number): number => {
    const pcm = caller.ear.pcm({ from, to });
    return detectTones(pcm, 16_000, [frequency], { minLevelDbfs: -100, minContrastDb: 3 })[0]?.levelDbfs ?? -120;
  };
  await caller.wait(700);
  const quiet = Date.now();
  expect(Math.abs(caller.ear.levelDbfs({ from: quiet - 400, to: quiet }) + 60)).toBeLessThan(4);

  const from = Date.now();
  await human.play(toneBurst([1000, 5000], 600, 48_000), 48_000);
  expect(Math.abs(levelOf(1000, from + 250, from + 550) + 20)).toBeLessThan(2);
  expect(levelOf(5000, from + 250, from + 550)).toBeLessThan(-60);

  caller.tone(700);
  await caller.wait(1200);
  const until = Date.now();
  expect(Math.abs(levelOf(700, until - 400, until - 100) + 50)).toBeLessThan(3);
  await caller.hangUp();
  await human.hangUp();
});
