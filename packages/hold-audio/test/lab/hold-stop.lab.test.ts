import { EAR_SAMPLE_RATE, startPhoneLab } from '@org/phone-lab';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HoldAudio } from '../../src/index.js';
import { makeWav, sine } from '../support/make-wav.js';
import { sharpestBend } from '../support/measure.js';
import { agentIn, levels, openStage } from '../support/stage.js';

const TONE = 433.3;
const STOPS = 5;

test('a stop is heard after its fade and the way to the phone, whatever is written ahead, and does not click', async () => {
  await using lab = await startPhoneLab();
  await using scene = await openStage(lab);
  const source = makeWav({ sampleRate: 48_000, seconds: 3, signal: sine(TONE) });
  const stops: { readonly silentAfterMs: number; readonly bend: number }[] = [];
  for (let stop = 0; stop < STOPS; stop += 1) {
    await using hold = new HoldAudio({ room: scene.agent.room, source, volume: 1, fadeOutMs: 40 });
    await hold.start();
    await sleep(1500 + stop * 7);
    const stoppedAt = Date.now();
    await hold.stop();
    await sleep(300);
    const heard = agentIn(scene.call.ear, stoppedAt);
    const silentAfterMs = 10 * (levels(heard, 10).findLastIndex((level) => level > -46) + 1);
    stops.push({ silentAfterMs, bend: sharpestBend(heard) });
  }
  const delays = stops.map(({ silentAfterMs }) => silentAfterMs).toSorted((a, b) => a - b);
  mkdirSync('.reports', { recursive: true });
  writeFileSync('.reports/hold-stop.json', JSON.stringify(stops));
  // Wanted: 40 ms of fade, 20 to find the place in the queue, 80 of the way.
  expect(delays[Math.floor(STOPS / 2)], delays.join()).toBeLessThan(700);
  // A cut at the tone's peak bends it a hundred times as sharply as the tone itself; a busy machine may make one.
  const ownBend = 16_384 * ((2 * Math.PI * TONE) / EAR_SAMPLE_RATE) ** 2;
  const bends = stops.map(({ bend }) => bend / ownBend).toSorted((a, b) => a - b);
  expect(bends[STOPS - 2], bends.join()).toBeLessThan(3);
}, 60_000);
