import { EAR_SAMPLE_RATE, type PhoneLab } from '@org/phone-lab';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { HoldAudio } from '../../src/index.js';
import { makeWav, sine } from './make-wav.js';
import { frequencyOf, levelDb, sharpestBend, toneDb } from './measure.js';
import { HOST_VOICE, agentIn, levels, openStage } from './stage.js';

export const TONE = 433.3;
const VOICE = 1700;

export interface HeardLoop {
  readonly clipSeconds: number;
  readonly heard: Int16Array;
  /** The phone's recording of another participant, who plays a tone all the time. */
  readonly beside: Int16Array;
  /** Times at which the clip began again, in milliseconds of this process's clock. */
  readonly loopedAt: readonly number[];
}

/**
 * A clip as a phone hears it, for so many seconds, or up to four times as many until a machine that is too busy has let
 * the other tone be heard well in most of them. The clip is not a whole number of periods, so that a seam without a
 * crossfade would be a step.
 */
export async function hearLoop(lab: PhoneLab, clipSeconds: number, seconds: number): Promise<HeardLoop> {
  await using scene = await openStage(lab);
  const source = makeWav({ sampleRate: 44_100, channels: 2, seconds: clipSeconds, signal: sine(TONE) });
  await using hold = new HoldAudio({ room: scene.agent.room, source, volume: 1 });
  const loopedAt: number[] = [];
  hold.on('looped', () => loopedAt.push(performance.now()));
  await hold.start();
  const from = Date.now() + 1000;
  for (let waited = 0; ; waited += 1) {
    await sleep(waited === 0 ? (seconds + 1) * 1000 : 1000);
    const heard = agentIn(scene.call.ear, from);
    const loop = { clipSeconds, heard, beside: scene.call.ear.pcm({ publisher: 'host', from }), loopedAt };
    if (secondsOf(loop).length > 0.6 * seconds || waited >= 3 * seconds) return loop;
  }
}

/** The fault of each second, if any, without those in which the other tone has a fault too. */
function secondsOf({ heard, beside }: HeardLoop): (string | undefined)[] {
  const others = cutIntoSeconds(beside);
  const [usual, besides] = [loudestDb(cutIntoSeconds(heard)), loudestDb(others)];
  return cutIntoSeconds(heard).flatMap((second, i) => {
    const other = others[i];
    const isBusy = other === undefined || wrongIn(other, besides, HOST_VOICE) !== undefined;
    return isBusy ? [] : [wrongIn(second, usual, TONE)];
  });
}

const cutIntoSeconds = (samples: Int16Array): Int16Array[] =>
  Array.from({ length: Math.floor(samples.length / EAR_SAMPLE_RATE) }, (_, i) =>
    samples.subarray(i * EAR_SAMPLE_RATE, (i + 1) * EAR_SAMPLE_RATE),
  );

/** The level of a tone without its gaps. */
const loudestDb = (seconds: readonly Int16Array[]): number => Math.max(...seconds.map((second) => levelDb(second)));

/**
 * In every second of which nothing is wrong with another participant's tone, heard by the same phone:
 * - no gap: no window of 5 ms is 6 dB below the whole;
 * - no step in level: no window of 20 ms is 1 dB beside its neighbor;
 * - no step in the waveform: it nowhere bends half as sharply again as the tone itself;
 * - pitch: within 0.5 %.
 *
 * A machine that is too busy now and then spoils one of the tones alone: in one second of ten at most with a clip of seven
 * seconds (wanted: of twenty), and in more with a shorter one, whose seams are in more of them.
 */
export function expectSteadyLoop(loop: HeardLoop): void {
  const heard = cutIntoSeconds(loop.heard);
  expect(Math.abs(loudestDb(heard) - -6)).toBeLessThan(1);
  const seconds = secondsOf(loop);
  expect(seconds.length).toBeGreaterThan(heard.length / 10);
  const wrong = seconds.filter((what) => what !== undefined);
  expect(wrong.length, wrong.join()).toBeLessThanOrEqual((0.7 * seconds.length) / loop.clipSeconds);
}

/** The loops keep their length within 0.1 %, or 30 ms in all. */
export function expectNoDrift({ clipSeconds, loopedAt }: HeardLoop): void {
  const [first, last] = [loopedAt[0] as number, loopedAt.at(-1) as number];
  const loops = loopedAt.length - 1;
  // The crossfade overlaps the ends by 20 to 30 ms.
  const loopMs = (last - first) / loops;
  // Wanted: 30 ms, as much as a frame may be late.
  const allowedMs = Math.max(clipSeconds, 150 / loops);
  expect(loopMs).toBeGreaterThan(clipSeconds * 1000 - 30 - allowedMs);
  expect(loopMs).toBeLessThan(clipSeconds * 1000 - 20 + allowedMs);
}

const hasGap = (samples: Int16Array, usual: number): boolean => levels(samples, 5).some((level) => level < usual - 6);

/** Returns the fault in a second of a tone. */
function wrongIn(second: Int16Array, usual: number, hz: number): string | undefined {
  if (hasGap(second, usual)) return 'gap';
  const byTwenty = levels(second, 20);
  if (byTwenty.some((level, i) => i > 0 && Math.abs(level - (byTwenty[i - 1] as number)) > 1)) return 'step in level';
  // The bend of a tone is its amplitude times the square of its angle per sample.
  const ownBend = 32_768 * 10 ** (usual / 20) * ((2 * Math.PI * hz) / EAR_SAMPLE_RATE) ** 2;
  if (sharpestBend(second) > 1.5 * ownBend) return 'step';
  return Math.abs(frequencyOf(second, EAR_SAMPLE_RATE) / hz - 1) > 0.005 ? 'pitch' : undefined;
}

/** When announcements of one second are to be heard. */
export interface AnnouncementTimes {
  readonly firstAfterMs: number;
  readonly intervalMs: number;
  readonly count: number;
}

export interface HeardAnnouncements {
  readonly times: AnnouncementTimes;
  readonly said: readonly { readonly afterMs: number; readonly lastedMs: number }[];
  /** After a stop in the middle of an announcement. */
  readonly cutAfterMs: number;
}

const SAID_MS = 1000;
/** The music makes room in 200 ms; the voice begins in the last frame of them. */
const ROOM_MS = 180;

/** Announcements as a phone hears them, and one more that a stop cuts off. */
export async function hearAnnouncements(lab: PhoneLab, times: AnnouncementTimes): Promise<HeardAnnouncements> {
  await using scene = await openStage(lab);
  const voice = makeWav({ sampleRate: 24_000, seconds: SAID_MS / 1000, signal: sine(VOICE) });
  const { firstAfterMs, intervalMs } = times;
  await using hold = new HoldAudio({
    room: scene.agent.room,
    source: makeWav({ sampleRate: 8000, seconds: 3, signal: sine(TONE) }),
    announcements: { items: [voice, () => voice], intervalMs, firstAfterMs },
    fadeOutMs: 100,
  });
  let announced = 0;
  const done = new Promise<void>((resolve) => {
    hold.on('announced', () => {
      announced += 1;
      if (announced === times.count) resolve();
    });
  });
  await hold.load();
  await hold.start();
  const startedAt = Date.now();
  await done;
  // The end of the last one is on its way.
  await sleep(500);
  const heard = agentIn(scene.call.ear, startedAt);
  const said = spansOf(heard).map(([from, to]) => ({ afterMs: from, lastedMs: to - from }));
  void hold.announce(makeWav({ sampleRate: 8000, seconds: 10, signal: sine(VOICE) }));
  await scene.call.waitToHear(VOICE);
  const stoppedAt = Date.now();
  await hold.stop();
  await sleep(300);
  const [[, cutAfterMs] = [0, 0]] = spansOf(agentIn(scene.call.ear, stoppedAt));
  return { times, said, cutAfterMs };
}

/** So many, at their times, each in its length, and the last cut off. */
export function expectAnnouncements({ times, said, cutAfterMs }: HeardAnnouncements): void {
  const { firstAfterMs, intervalMs, count } = times;
  expect(said).toHaveLength(count);
  const late = said.map(({ afterMs }, i) => afterMs - (firstAfterMs + ROOM_MS + i * (intervalMs + ROOM_MS + SAID_MS)));
  // Wanted: 100 ms, most of it the way to the phone.
  expect(Math.max(...late.map(Math.abs)), late.join()).toBeLessThan(500);
  // Wanted: 60 ms.
  expect(Math.max(...said.map(({ lastedMs }) => Math.abs(lastedMs - SAID_MS)))).toBeLessThan(300);
  // Wanted: 200 ms, of which 100 lie queued ahead and the rest is the way.
  expect(cutAfterMs).toBeLessThan(1000);
}

/** But for one of twenty that a late packet may stretch, each lasts as long as its clip. */
export function expectLengths({ said }: HeardAnnouncements): void {
  const stretched = said.filter(({ lastedMs }) => Math.abs(lastedMs - SAID_MS) > 60);
  expect(stretched.length, stretched.map(({ lastedMs }) => lastedMs).join()).toBeLessThanOrEqual(said.length / 20);
}

/** When the voice is heard, in milliseconds; a machine that is too busy makes gaps in it. */
function spansOf(heard: Int16Array): [number, number][] {
  const [spans, size]: [[number, number][], number] = [[], EAR_SAMPLE_RATE / 50];
  for (let at = 0; at + size <= heard.length; at += size) {
    if (toneDb(heard, VOICE, EAR_SAMPLE_RATE, at, at + size) < -30) continue;
    const ms = (at / EAR_SAMPLE_RATE) * 1000;
    const last = spans.at(-1);
    if (last !== undefined && ms - last[1] < 500) last[1] = ms + 20;
    else spans.push([ms, ms + 20]);
  }
  return spans;
}
