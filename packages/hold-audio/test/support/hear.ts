import { EAR_SAMPLE_RATE, type PhoneLab } from '@org/phone-lab';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { HoldAudio } from '../../src/index.js';
import { makeWav, sine } from './make-wav.js';
import { frequencyOf, levelDb, sharpestBend, toneDb } from './measure.js';
import { agentIn, levels, openStage } from './stage.js';

export const TONE = 433.3;
export const CLIP_SECONDS = 7.0003;
const VOICE = 1700;

export interface HeardLoop {
  readonly heard: Int16Array;
  /** What the phone heard of another participant, who sounds a tone all the time. */
  readonly beside: Int16Array;
  /** When the clip began anew, in milliseconds of this process's clock. */
  readonly loopedAt: readonly number[];
}

/** A clip of seven seconds, as a phone hears it. */
export async function hearLoop(lab: PhoneLab, seconds: number): Promise<HeardLoop> {
  await using scene = await openStage(lab);
  // Not a whole number of periods, so that a seam without a crossfade would be a step.
  const source = makeWav({ sampleRate: 44_100, channels: 2, seconds: CLIP_SECONDS, signal: sine(TONE) });
  await using hold = new HoldAudio({ room: scene.agent.room, source, volume: 1 });
  const loopedAt: number[] = [];
  hold.on('looped', () => loopedAt.push(performance.now()));
  await hold.start();
  const startedAt = Date.now();
  await sleep((seconds + 1) * 1000);
  const heard = agentIn(scene.call.ear, startedAt + 1000).subarray(0, EAR_SAMPLE_RATE * (seconds - 1));
  const beside = scene.call.ear.pcm({ publisher: 'host', from: startedAt + 1000 });
  return { heard, beside, loopedAt };
}

/**
 * In every second of which nothing is wrong with another participant's tone, heard by the same phone:
 * - no gap: no window of 5 ms is 6 dB below the whole;
 * - no step in level: no window of 20 ms is 1 dB beside its neighbor;
 * - no step in the waveform: it nowhere bends half as sharply again as the tone itself;
 * - pitch: within 0.5 %.
 * Drift: the loops keep their length within 0.1 %, or 30 ms in all.
 *
 * A machine that is too busy makes gaps in either tone, now and then in one alone: in one second of ten at most (wanted: of
 * twenty). What is wrong with the seams would be in one of seven.
 */
export function expectSteadyLoop({ heard, beside, loopedAt }: HeardLoop): void {
  const usual = levelDb(heard);
  expect(Math.abs(usual - -6)).toBeLessThan(1);
  const besides = levelDb(beside);
  const seconds = Array.from({ length: Math.floor(heard.length / EAR_SAMPLE_RATE) }, (_, i) => {
    const cut = (samples: Int16Array): Int16Array => samples.subarray(i * EAR_SAMPLE_RATE, (i + 1) * EAR_SAMPLE_RATE);
    return { wrong: wrongIn(cut(heard), usual), isBusy: hasGap(cut(beside), besides) };
  });
  const counted = seconds.filter(({ isBusy }) => !isBusy);
  expect(counted.length).toBeGreaterThan(seconds.length / 2);
  const wrong = counted.flatMap(({ wrong: what }) => what ?? []);
  expect(wrong.length, wrong.join()).toBeLessThanOrEqual(counted.length / 10);
  const [first, last] = [loopedAt[0] as number, loopedAt.at(-1) as number];
  const loops = loopedAt.length - 1;
  // The crossfade overlaps the ends by 20 to 30 ms.
  const loopMs = (last - first) / loops;
  // Wanted: 30 ms, as much as a frame may be late.
  const allowedMs = Math.max(CLIP_SECONDS, 150 / loops);
  expect(loopMs).toBeGreaterThan(CLIP_SECONDS * 1000 - 30 - allowedMs);
  expect(loopMs).toBeLessThan(CLIP_SECONDS * 1000 - 20 + allowedMs);
}

const hasGap = (samples: Int16Array, usual: number): boolean => levels(samples, 5).some((level) => level < usual - 6);

function wrongIn(second: Int16Array, usual: number): string | undefined {
  if (hasGap(second, usual)) return 'gap';
  const byTwenty = levels(second, 20);
  if (byTwenty.some((level, i) => i > 0 && Math.abs(level - (byTwenty[i - 1] as number)) > 1)) return 'step in level';
  // The bend of a tone is its amplitude times the square of its angle per sample.
  const ownBend = 16_384 * ((2 * Math.PI * TONE) / EAR_SAMPLE_RATE) ** 2;
  if (sharpestBend(second) > 1.5 * ownBend) return 'step';
  return Math.abs(frequencyOf(second, EAR_SAMPLE_RATE) / TONE - 1) > 0.005 ? 'pitch' : undefined;
}

export interface HeardAnnouncements {
  readonly said: readonly { readonly afterMs: number; readonly lastedMs: number }[];
  readonly announced: number;
  /** After a stop in the middle of an announcement. */
  readonly cutAfterMs: number;
}

const FIRST_MS = 4000;
const INTERVAL_MS = 8000;
const SAID_MS = 1000;
/** The music makes room in 200 ms; the voice begins in the last frame of them. */
const ROOM_MS = 180;

/** Announcements of one second, the first after four seconds and then after eight, as a phone hears them. */
export async function hearAnnouncements(lab: PhoneLab, seconds: number): Promise<HeardAnnouncements> {
  await using scene = await openStage(lab);
  const voice = makeWav({ sampleRate: 24_000, seconds: 1, signal: sine(VOICE) });
  await using hold = new HoldAudio({
    room: scene.agent.room,
    source: makeWav({ sampleRate: 8000, seconds: 3, signal: sine(TONE) }),
    announcements: { items: [voice, () => voice], intervalMs: INTERVAL_MS, firstAfterMs: FIRST_MS },
    fadeOutMs: 100,
  });
  let announced = 0;
  hold.on('announced', () => (announced += 1));
  await hold.prepare();
  await hold.start();
  const startedAt = Date.now();
  await sleep(seconds * 1000 - 3000);
  const heard = agentIn(scene.call.ear, startedAt);
  const announcedByTime = announced;
  const said = spansOf(heard).map(([from, to]) => ({ afterMs: from, lastedMs: to - from }));
  void hold.announce(makeWav({ sampleRate: 8000, seconds: 10, signal: sine(VOICE) }));
  await sleep(1000);
  const stoppedAt = Date.now();
  await hold.stop();
  await sleep(300);
  const [[, cutAfterMs] = [0, 0]] = spansOf(agentIn(scene.call.ear, stoppedAt));
  return { said, announced: announcedByTime, cutAfterMs };
}

/** So many, at their times, and each in its length, but for one of twenty that a late packet may stretch. */
export function expectAnnouncements({ said, announced, cutAfterMs }: HeardAnnouncements, count: number): void {
  expect(said).toHaveLength(count);
  expect(announced).toBe(count);
  const late = said.map(({ afterMs }, i) => afterMs - (FIRST_MS + ROOM_MS + i * (INTERVAL_MS + ROOM_MS + SAID_MS)));
  // Wanted: 100 ms, most of it the way to the phone.
  expect(Math.max(...late.map(Math.abs)), late.join()).toBeLessThan(500);
  // Wanted: 60 ms.
  const stretched = said.filter(({ lastedMs }) => Math.abs(lastedMs - SAID_MS) > 60);
  expect(stretched.length, stretched.map(({ lastedMs }) => lastedMs).join()).toBeLessThanOrEqual(Math.ceil(count / 20));
  expect(Math.max(...said.map(({ lastedMs }) => Math.abs(lastedMs - SAID_MS)))).toBeLessThan(300);
  // Wanted: 200 ms, of which 100 lie queued ahead and the rest is the way.
  expect(cutAfterMs).toBeLessThan(1000);
}

/** When the voice is heard, in milliseconds. */
function spansOf(heard: Int16Array): [number, number][] {
  const [spans, size]: [[number, number][], number] = [[], EAR_SAMPLE_RATE / 50];
  for (let at = 0; at + size <= heard.length; at += size) {
    if (toneDb(heard, VOICE, EAR_SAMPLE_RATE, at, at + size) < -30) continue;
    const ms = (at / EAR_SAMPLE_RATE) * 1000;
    const last = spans.at(-1);
    if (last !== undefined && ms - last[1] < 50) last[1] = ms + 20;
    else spans.push([ms, ms + 20]);
  }
  return spans;
}
