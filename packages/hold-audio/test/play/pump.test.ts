import { expect, test } from 'vitest';
import { Fader } from '../../src/play/fader.js';
import type { HoldTrack } from '../../src/play/hold-track.js';
import { pump, type PumpOptions } from '../../src/play/pump.js';
import { VirtualClock } from '../support/virtual-clock.js';

interface Rig extends PumpOptions {
  readonly clock: VirtualClock;
  readonly stopping: AbortController;
  readonly losing: AbortController;
  readonly writes: { readonly at: number; readonly peak: number }[];
}

/** A pump on a track that calls back before each write; samples are a constant 10,000. */
function rig(onWrite: (count: number, rig: Rig) => void): Rig {
  const clock = new VirtualClock();
  const [stopping, losing] = [new AbortController(), new AbortController()];
  const fader = new Fader(48_000);
  fader.fadeIn(0);
  let count = 0;
  const track: HoldTrack = {
    write: async (frame) => {
      count += 1;
      onWrite(count, made);
      made.writes.push({ at: clock.time, peak: Math.max(...frame) });
    },
    takeBack: () => Promise.resolve(0),
    audible: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const made: Rig = {
    reader: { read: (into) => into.fill(10_000), close: () => undefined },
    fader,
    track,
    clock,
    stop: stopping.signal,
    lost: losing.signal,
    fadeOutMs: 100,
    onFirstFrame: () => undefined,
    stopping,
    losing,
    writes: [],
  };
  return made;
}

test('frames are written at the pace of the clock, at most 100 ms ahead, without drift in five minutes', async () => {
  const it = rig((count, { stopping }) => count === 15_000 && stopping.abort());
  await pump(it);
  expect(it.writes.length).toBeGreaterThanOrEqual(15_000);
  const ahead = it.writes.map(({ at }, index) => 1000 + index * 20 - at);
  expect(Math.min(...ahead)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...ahead) + 20).toBeLessThanOrEqual(100);
});

test('frames are written in time although each takes 15 ms to write', async () => {
  const it = rig((count, { clock, stopping }) => {
    clock.time += 15;
    if (count === 1000) stopping.abort();
  });
  await pump(it);
  expect(it.writes[999]?.at).toBeLessThan(1000 + 1000 * 20);
});

test('a pause of five seconds is followed by at most six frames at a stretch', async () => {
  const it = rig((count, { clock, stopping }) => {
    if (count === 100) clock.time += 5000;
    if (count === 200) stopping.abort();
  });
  await pump(it);
  const after = it.writes.slice(100, 200);
  const rush = after.filter(({ at }) => at < (after[0]?.at ?? 0) + 20).length;
  expect(rush).toBeLessThanOrEqual(6);
});

test('a stop fades out, lets the fade be heard, and then ends', async () => {
  const it = rig((count, { stopping }) => count === 10 && stopping.abort());
  await pump(it);
  const peaks = it.writes.map(({ peak }) => peak);
  expect(peaks[9]).toBe(10_000);
  const fade = peaks.slice(10, 15);
  expect(fade).toEqual([...fade].sort((a, b) => b - a));
  expect(fade[4]).toBeGreaterThan(0);
  expect(peaks.slice(15)).toEqual([0, 0, 0]);
  expect(it.clock.time).toBeGreaterThanOrEqual(1000 + it.writes.length * 20);
});

test('a frame that the track rejects is written again, and none is skipped', async () => {
  let refused = 0;
  const it = rig((count, { stopping }) => {
    if (count === 5 || count === 6) {
      refused += 1;
      throw new Error('InvalidState');
    }
    if (count === 20) stopping.abort();
  });
  await pump(it);
  expect(refused).toBe(2);
  expect(it.writes.length).toBe(20 - 2 + 5 + 3);
});

test('the pump fails after a track rejected frames for a second', async () => {
  const it = rig((count) => {
    if (count > 5) throw new Error('InvalidState');
  });
  await expect(pump(it)).rejects.toThrow('InvalidState');
  expect(it.clock.time).toBeLessThan(1000 + 1500);
});

test('a lost track gets no further frame', async () => {
  const it = rig((count, { losing }) => count === 10 && losing.abort());
  await pump(it);
  expect(it.writes).toHaveLength(10);
});
