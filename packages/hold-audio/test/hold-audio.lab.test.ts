import { SimulateScenarioKind } from '@livekit/rtc-node';
import { EAR_SAMPLE_RATE, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { HoldAudio } from '../src/index.js';
import { HOLD_MUSIC_FREQUENCIES } from '../src/testing.js';
import { onHold } from './readme-example.js';
import { type Stage, agentIn, levels, openStage } from './support/stage.js';
import { makeWav, sine } from './support/make-wav.js';
import { toneDb } from './support/measure.js';

/** What the agent says itself. */
const AGENT_VOICE = 2600;

let lab: PhoneLab;
const stage = (): Promise<Stage> => openStage(lab);
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

/** How much the strongest note of the built-in clip stands out, in dB relative to a full-scale sine. */
const musicDb = (samples: Int16Array): number =>
  Math.max(...HOLD_MUSIC_FREQUENCIES.map((frequency) => toneDb(samples, frequency, EAR_SAMPLE_RATE)));

test('a phone hears the built-in music soon after start, and silence soon after stop', async () => {
  await using scene = await stage();
  await using hold = new HoldAudio({ room: scene.agent.room });
  const calledAt = Date.now();
  await hold.start();
  await sleep(3000);
  const heard = agentIn(scene.call.ear, calledAt);
  // Wanted: 300 ms with the clip not yet computed and the agent's first track in this room.
  expect(levels(heard, 10).findIndex((level) => level > -24) * 10).toBeLessThan(1500);
  expect(musicDb(heard.subarray(-EAR_SAMPLE_RATE))).toBeGreaterThan(-30);
  expect(await scene.tracks()).toEqual(['hold-audio']);

  const stoppedAt = Date.now();
  await hold.stop();
  // Wanted: 350 ms.
  expect(Date.now() - stoppedAt).toBeLessThan(1750);
  await expect.poll(scene.tracks).toEqual([]);
  // Wanted: 500 ms after the stop.
  await expect
    .poll(() => Math.max(...levels(agentIn(scene.call.ear, Date.now() - 300), 10), -120), { timeout: 2500 })
    .toBeLessThan(-60);
}, 60_000);

test('fades are heard whole, as long as they were asked for', async () => {
  await using scene = await stage();
  const source = makeWav({ sampleRate: 48_000, seconds: 2, signal: sine(1000) });
  await using hold = new HoldAudio({ room: scene.agent.room, source, volume: 1, fadeInMs: 400, fadeOutMs: 400 });
  await hold.start();
  await sleep(2000);
  await hold.stop();
  await sleep(500);
  // -6 dBFS is the tone's own level; a quarter of a sine passes -26 dB after 25 ms.
  const byTwenty = levels(agentIn(scene.call.ear), 20);
  const [audible, full] = [byTwenty.findIndex((level) => level > -50), byTwenty.findIndex((level) => level > -6.6)];
  const [fading, silent] = [
    byTwenty.findLastIndex((level) => level > -6.6),
    byTwenty.findLastIndex((level) => level > -50),
  ];
  expect(byTwenty[audible]).toBeLessThan(-20);
  expect((full - audible) * 20).toBeGreaterThan(240);
  expect((full - audible) * 20).toBeLessThan(500);
  expect(byTwenty[silent]).toBeLessThan(-20);
  expect((silent - fading) * 20).toBeGreaterThan(240);
  expect((silent - fading) * 20).toBeLessThan(500);
}, 60_000);

test('starting and stopping leave a track of the agent itself published and sounding, and a restart is heard', async () => {
  await using scene = await stage();
  const { ear } = scene.call;
  await scene.agent.speak(AGENT_VOICE);
  await scene.call.waitToHear(AGENT_VOICE);
  await using hold = new HoldAudio({ room: scene.agent.room });
  const startedAt = Date.now();
  for (let round = 0; round < 2; round += 1) {
    await hold.start();
    await sleep(1500);
    expect(musicDb(agentIn(ear, Date.now() - 500))).toBeGreaterThan(-30);
    expect(await scene.tracks()).toEqual(['hold-audio', 'voice']);
    await hold.stop();
    await sleep(500);
    expect(musicDb(agentIn(ear, Date.now() - 300))).toBeLessThan(-60);
  }
  await expect.poll(scene.tracks).toEqual(['voice']);
  const seconds = Math.floor((Date.now() - startedAt) / 1000);
  expect(ear.heardMs(AGENT_VOICE, { from: startedAt })).toBeGreaterThanOrEqual(seconds * 1000 - 300);
}, 60_000);

test('a full reconnect of the room keeps the music and does not publish it twice', async () => {
  await using scene = await stage();
  await using hold = new HoldAudio({ room: scene.agent.room });
  await hold.start();
  await sleep(500);
  const reconnected = new Promise<void>((resolve) => scene.agent.room.once('reconnected', () => resolve()));
  await scene.agent.room.simulateScenario(SimulateScenarioKind.SIMULATE_FULL_RECONNECT);
  await reconnected;
  await expect.poll(() => scene.tracks(), { timeout: 10_000 }).toEqual(['hold-audio']);
  await expect
    .poll(() => musicDb(agentIn(scene.call.ear, Date.now() - 500)), { timeout: 10_000, interval: 200 })
    .toBeGreaterThan(-30);
  expect(hold.state).toBe('playing');
  await hold.stop();
  await expect.poll(scene.tracks).toEqual([]);
}, 60_000);

test('a room that is deleted under the music ends it', async () => {
  await using scene = await stage();
  const hold = new HoldAudio({ room: scene.agent.room });
  const stopped = new Promise<unknown>((resolve) => hold.on('stopped', resolve));
  await hold.start();
  await new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret).deleteRoom(scene.call.roomName);
  await expect(stopped).resolves.toMatchObject({ reason: 'room-disconnected' });
  expect(hold.state).toBe('idle');
  await hold.close();
}, 60_000);

test('the README shows an example that works', async () => {
  expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  await using scene = await stage();
  const heardDb = await onHold(scene.agent.room, async () => {
    await sleep(1500);
    return musicDb(agentIn(scene.call.ear, Date.now() - 500));
  });
  expect(heardDb).toBeGreaterThan(-30);
  await expect.poll(scene.tracks).toEqual([]);
}, 60_000);
