import { describe, expect, test } from 'vitest';
import { Fader } from '../../src/play/fader.js';
import type { HoldTrack } from '../../src/play/hold-track.js';
import { PlayedTime } from '../../src/play/played-time.js';
import { pump } from '../../src/play/pump.js';
import { VirtualClock } from '../support/virtual-clock.js';

const limitMs = 90;

/** A native queue: played in steps of 10 ms from some moment on, with silence when it is empty. */
class NativeQueue {
  now = 0;
  readonly played = new PlayedTime(limitMs);
  #nextStepAt: number;
  #queuedMs = 0;

  constructor(firstStepAt: number) {
    this.#nextStepAt = firstStepAt;
  }

  get queuedMs(): number {
    return this.#queuedMs;
  }

  advanceTo(time: number): void {
    for (; this.#nextStepAt <= time; this.#nextStepAt += 10) this.#queuedMs = Math.max(0, this.#queuedMs - 10);
    this.now = Math.max(this.now, time);
  }

  /** Writes 20 ms; the answer comes a little after the step that it waits for. */
  write(latencyMs: number): void {
    const calledAt = this.now;
    this.#queuedMs += 20;
    while (this.#queuedMs > limitMs) this.advanceTo(this.#nextStepAt);
    this.advanceTo(this.now + latencyMs);
    this.played.onWritten(20, calledAt, this.now);
  }

  /** Writes as the pump does, 80 ms ahead. */
  writeFor(ms: number, latencyOf: (write: number) => number): void {
    const startsAt = this.now;
    for (let write = 0; write * 20 < ms; write += 1) {
      this.advanceTo(startsAt + (write + 1) * 20 - 80 - 20);
      this.write(latencyOf(write));
    }
  }

  /** The discarded milliseconds, and those in the queue. */
  takeBack(): { taken: number; there: number } {
    const waitMs = this.played.untilCertain(this.now);
    if (waitMs === undefined) return { taken: 0, there: 0 };
    this.advanceTo(this.now + waitMs);
    if (this.played.untilCertain(this.now) !== 0) throw new Error('not certain after the wait');
    return { taken: this.played.takeBack(this.now), there: this.#queuedMs };
  }
}

describe('the time that was played', () => {
  test.each(Array.from({ length: 40 }, (_, index) => index / 4))(
    'is known to the step, at any offset of the steps of the queue (%f ms) and at any time',
    (firstStepAt) => {
      for (let askedAt = 0; askedAt < 20; askedAt += 1.7) {
        const queue = new NativeQueue(firstStepAt);
        queue.writeFor(2_000, (write) => 0.2 + ((write * 7) % 5) / 2);
        queue.advanceTo(queue.now + askedAt);
        const { taken, there } = queue.takeBack();
        expect(taken).toBe(there);
        expect(taken).toBeGreaterThan(50);
      }
    },
  );

  test('is unknown at first, and after the queue has run empty, and known again later', () => {
    const queue = new NativeQueue(3);
    queue.writeFor(100, () => 0.5);
    expect(queue.played.untilCertain(queue.now)).toBeUndefined();
    queue.writeFor(1_000, () => 0.5);
    expect(queue.played.untilCertain(queue.now)).toBeDefined();
    queue.advanceTo(queue.now + 400);
    queue.write(0.5);
    expect(queue.played.untilCertain(queue.now)).toBeUndefined();
    queue.writeFor(1_000, () => 0.5);
    const { taken, there } = queue.takeBack();
    expect(taken).toBe(there);
    expect(taken).toBeGreaterThan(50);
  });
});

/** Plays a ramp to a track that discards that many samples at a stop; returns the track's samples as played. */
async function heardAfterStop(
  takenBack: number,
  fadeOutMs: number,
): Promise<{ heard: number[]; silentAfterMs: number }> {
  const clock = new VirtualClock();
  const stopping = new AbortController();
  const heard: number[] = [];
  let stoppedAt = Number.NaN;
  const track: HoldTrack = {
    write: async (frame) => {
      heard.push(...frame);
      if (heard.length === 20 * 960) stopping.abort();
    },
    takeBack: async () => {
      heard.length -= takenBack;
      stoppedAt = heard.length;
      return takenBack;
    },
    audible: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const fader = new Fader(48_000);
  fader.fadeIn(0);
  let at = 0;
  await pump({
    reader: { read: (into) => into.forEach((_, index) => (into[index] = at++ / 10)), close: () => undefined },
    fader,
    track,
    clock,
    stop: stopping.signal,
    lost: new AbortController().signal,
    fadeOutMs,
    onFirstFrame: () => undefined,
  });
  const silentAt = heard.findLastIndex((sample) => sample !== 0) + 1;
  return { heard, silentAfterMs: (silentAt - stoppedAt) / 48 };
}

describe('a stop', () => {
  test.each([0, 480, 3_840, 4_800])('fades from the playing sample on, when %i samples are discarded', async (back) => {
    const { heard, silentAfterMs } = await heardAfterStop(back, 40);
    expect(silentAfterMs).toBeGreaterThan(30);
    expect(silentAfterMs).toBeLessThanOrEqual(40);
    // The ramp continues, ever softer, and no sample is played twice or skipped.
    const stoppedAt = 20 * 960 - back;
    const gainAt = (at: number): number =>
      at < stoppedAt ? 1 : Math.sin((Math.PI / 2) * (1 - (at + 1 - stoppedAt) / (40 * 48)));
    const wrong = heard.slice(0, stoppedAt + 480).map((sample, at) => Math.abs(sample - (at / 10) * gainAt(at)));
    expect(Math.max(...wrong)).toBeLessThanOrEqual(1);
  });
});
