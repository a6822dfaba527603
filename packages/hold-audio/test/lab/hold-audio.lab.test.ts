import { SimulateScenarioKind } from '@livekit/rtc-node';
import { EAR_SAMPLE_RATE, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectReadmeToShow } from '../../../../vitest.readme.ts';
import { HoldAudio } from '../../src/index.js';
import { HOLD_MUSIC_FREQUENCIES } from '../../src/testing.js';
import { onHold } from '../readme-example.js';
import { expectAnnouncements, expectSteadyLoop, hearAnnouncements, hearLoop } from '../support/hear.js';
import { type Stage, agentIn, levels, openStage } from '../support/stage.js';
import { makeWav, sine } from '../support/make-wav.js';
import { toneDb } from '../support/measure.js';

/** The agent's own speech. */
const AGENT_VOICE = 2600;

let lab: PhoneLab;
const stage = (): Promise<Stage> => openStage(lab);
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

/** How much the strongest note of the built-in clip stands out of the last half second, in dB relative to a full-scale sine. */
function musicDb({ call }: Stage): number {
  const heard = agentIn(call.ear, Date.now() - 500);
  return Math.max(...HOLD_MUSIC_FREQUENCIES.map((frequency) => toneDb(heard, frequency, EAR_SAMPLE_RATE)));
}

const budget = { timeout: 15_000, interval: 100 };
const untilMusic = (scene: Stage): Promise<void> =>
  vi.waitFor(() => expect(musicDb(scene)).toBeGreaterThan(-30), budget);
const untilTracks = (scene: Stage, names: readonly string[]): Promise<void> =>
  vi.waitFor(async () => expect(await scene.tracks()).toEqual(names), budget);
/** The agent's audio of the last 300 ms is silence. */
const untilSilent = ({ call }: Stage): Promise<void> =>
  vi.waitFor(() => {
    expect(Math.max(...levels(agentIn(call.ear, Date.now() - 300), 10), -120)).toBeLessThan(-60);
  }, budget);

/** Of the tone whose fades are heard: -6 dBFS is its own level; a quarter of a sine passes -26 dB after 25 ms. */
const isFull = (level: number): boolean => level > -6.6;
const isAudible = (level: number): boolean => level > -50;

describe('a phone', () => {
  test('hears a clip without a gap or a step at its seams', async () => {
    expectSteadyLoop(await hearLoop(lab, 3.0003, 10));
  }, 90_000);

  test('hears announcements at their times, and the last of them cut off by a stop', async () => {
    expectAnnouncements(await hearAnnouncements(lab, { firstAfterMs: 1000, intervalMs: 2000, count: 3 }));
  }, 90_000);

  test('hears the built-in music within 1.5 s of start, and silence within 2.5 s of stop', async () => {
    await using scene = await stage();
    await using hold = new HoldAudio({ room: scene.agent.room });
    const startedAt = Date.now();
    await hold.start();
    await untilMusic(scene);
    // Wanted: 300 ms with the clip not yet computed and the agent's first track in this room.
    const first = levels(agentIn(scene.call.ear, startedAt), 10).findIndex((level) => level > -24);
    expect(first * 10).toBeLessThan(1500);
    expect(await scene.tracks()).toEqual(['hold-audio']);

    const stoppedAt = Date.now();
    await hold.stop();
    // Wanted: 350 ms.
    expect(Date.now() - stoppedAt).toBeLessThan(1750);
    await untilTracks(scene, []);
    await untilSilent(scene);
    const last = levels(agentIn(scene.call.ear, stoppedAt), 10).findLastIndex((level) => level > -60);
    // Wanted: 500 ms.
    expect(last * 10).toBeLessThan(2500);
  }, 60_000);

  test('hears complete fades of the given length', async () => {
    await using scene = await stage();
    const source = makeWav({ sampleRate: 48_000, seconds: 2, signal: sine(1000) });
    await using hold = new HoldAudio({ room: scene.agent.room, source, volume: 1, fadeInMs: 400, fadeOutMs: 400 });
    await hold.start();
    await vi.waitFor(() => expect(levels(agentIn(scene.call.ear), 20).some(isFull)).toBe(true), budget);
    await hold.stop();
    await untilSilent(scene);
    const byTwenty = levels(agentIn(scene.call.ear), 20);
    const [audible, full] = [byTwenty.findIndex(isAudible), byTwenty.findIndex(isFull)];
    const [fading, silent] = [byTwenty.findLastIndex(isFull), byTwenty.findLastIndex(isAudible)];
    // Wanted: -20. A busy machine loses a packet of 20 ms here and there.
    expect(byTwenty[audible]).toBeLessThan(-15);
    expect(byTwenty[silent]).toBeLessThan(-15);
    for (const fade of [full - audible, silent - fading]) {
      expect(fade * 20).toBeGreaterThan(240);
      // Wanted: 400 ms.
      expect(fade * 20).toBeLessThan(2000);
    }
  }, 60_000);

  test('hears a track of the agent itself before, during and after the music, and the music again', async () => {
    await using scene = await stage();
    const { call } = scene;
    await scene.agent.speak(AGENT_VOICE);
    await call.waitToHear(AGENT_VOICE);
    await using hold = new HoldAudio({ room: scene.agent.room });
    for (let round = 0; round < 2; round += 1) {
      await hold.start();
      await untilMusic(scene);
      await call.waitToHear(AGENT_VOICE);
      expect(await scene.tracks()).toEqual(['hold-audio', 'voice']);
      await hold.stop();
      await vi.waitFor(() => expect(musicDb(scene)).toBeLessThan(-60), budget);
      await call.waitToHear(AGENT_VOICE);
      await untilTracks(scene, ['voice']);
    }
  }, 60_000);

  test('hears the music, published once, after a full reconnect of the room', async () => {
    await using scene = await stage();
    await using hold = new HoldAudio({ room: scene.agent.room });
    await hold.start();
    await untilMusic(scene);
    const reconnected = new Promise<void>((resolve) => scene.agent.room.once('reconnected', () => resolve()));
    await scene.agent.room.simulateScenario(SimulateScenarioKind.SIMULATE_FULL_RECONNECT);
    await reconnected;
    // What was on its way is heard first.
    await sleep(500);
    await untilTracks(scene, ['hold-audio']);
    await untilMusic(scene);
    expect(hold.state).toBe('playing');
    await hold.stop();
    await untilTracks(scene, []);
  }, 60_000);

  test('is not left with a track of music that was stopped while the room reconnects', async () => {
    await using scene = await stage();
    const { room } = scene.agent;
    const next = (event: 'reconnecting' | 'reconnected'): Promise<void> =>
      new Promise((resolve) => room.once(event, () => resolve()));
    // A reconnect takes about 100 ms, and publishes again at its end.
    for (const afterMs of [0, 30, 60]) {
      await using hold = new HoldAudio({ room, fadeOutMs: 0 });
      await hold.start();
      await untilMusic(scene);
      const [reconnecting, reconnected] = [next('reconnecting'), next('reconnected')];
      void room.simulateScenario(SimulateScenarioKind.SIMULATE_FULL_RECONNECT);
      await reconnecting;
      await sleep(afterMs);
      await hold.stop();
      await reconnected;
      await untilTracks(scene, []);
    }
  }, 90_000);

  test('hears what the README shows', async () => {
    expectReadmeToShow(new URL('../readme-example.ts', import.meta.url));
    await using scene = await stage();
    await onHold(scene.agent.room, () => untilMusic(scene));
    await untilTracks(scene, []);
  }, 60_000);
});

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
