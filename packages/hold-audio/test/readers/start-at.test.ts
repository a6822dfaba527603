import { AudioSource } from '@livekit/rtc-node';
import { afterEach, expect, test, vi } from 'vitest';
import { HoldAudio, type HoldAudioOptions, clipSequence } from '../../src/index.js';
import { LoopReader } from '../../src/readers/loop-reader.js';
import { SequenceReader } from '../../src/readers/sequence-reader.js';
import { SourceReader } from '../../src/readers/source-reader.js';
import { type Clip, SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { makeWav } from '../support/make-wav.js';
import { quietestDb } from '../support/measure.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const ramp: Clip = { samples: Int16Array.from({ length: SAMPLE_RATE / 2 }, (_, i) => i), seamless: true };

test.each([0, 0.25, 0.5, 0.999])('from offset %d a clip plays to its end and then repeats completely', (place) => {
  const looped = vi.fn();
  const reader = new LoopReader(ramp, looped, place);
  const heard = new Float32Array(ramp.samples.length);
  reader.read(heard);
  const first = Math.floor(ramp.samples.length * place);
  expect(heard[0]).toBe(first);
  expect(heard.at(-1)).toBe((first + ramp.samples.length - 1) % ramp.samples.length);
  expect(looped).toHaveBeenCalledTimes(1);
});

test('a sequence begins with the clip at its offset, at its beginning', () => {
  const parts = [1000, 2000, 3000].map((level) => ({
    clip: { samples: new Int16Array(9600).fill(level), seamless: false },
    volume: 1,
    intervalMs: 0,
  }));
  const first = [0, 0.4, 0.99].map((place) => {
    const heard = new Float32Array(9600);
    new SequenceReader(parts, () => undefined, place).read(heard);
    return heard[4800];
  });
  expect(first).toEqual([1000, 2000, 3000]);
});

test('the built-in clip can be begun near its end, though it is computed from its front', async () => {
  const reader = new SourceReader({
    source: { kind: 'builtin' },
    sourceVolume: 1,
    startOffset: 0.95,
    limits: clipLimitDefaults,
    stallTimeoutMs: 10_000,
    onSwitched: () => undefined,
    onLooped: () => undefined,
    onFailed: () => undefined,
  });
  await reader.ready;
  const heard = new Float32Array(SAMPLE_RATE);
  reader.read(heard);
  reader.close();
  expect(quietestDb(heard, 2400, 1200)).toBeGreaterThan(-40);
});

/** A clip whose samples rise with time, to a half. */
const rising = makeWav({ sampleRate: 8000, seconds: 20, signal: (seconds) => seconds / 40 });

/** The places in the rising clip at which two starts begin, by the first frame that is handed over. */
async function placesOfTwoStarts(options: Partial<HoldAudioOptions>): Promise<number[]> {
  const handedOver = vi.spyOn(AudioSource.prototype, 'captureFrame');
  const plain = { room: new FakeHoldRoom(), source: rising, volume: 1, fadeInMs: 0, fadeOutMs: 0 };
  await using hold = new HoldAudio({ ...plain, ...options });
  await hold.load();
  const places: number[] = [];
  for (let start = 0; start < 2; start += 1) {
    handedOver.mockClear();
    await hold.start();
    places.push(((handedOver.mock.calls[0]?.[0].data[480] ?? NaN) / 32_768) * 2);
    await hold.stop();
  }
  return places.map((place) => Math.round(place * 100) / 100);
}

test('a random start draws its offset each time', async () => {
  vi.spyOn(Math, 'random').mockReturnValueOnce(0.75).mockReturnValueOnce(0.5);
  expect(await placesOfTwoStarts({ startAt: 'random' })).toEqual([0.75, 0.5]);
});

test('by default every start is at the beginning, also of a sequence', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.99);
  expect(await placesOfTwoStarts({})).toEqual([0, 0]);
  const loud = makeWav({ sampleRate: 8000, seconds: 0.2, signal: () => 0.5 });
  expect(await placesOfTwoStarts({ source: clipSequence([rising, loud]) })).toEqual([0, 0]);
  expect(await placesOfTwoStarts({ source: clipSequence([loud, rising]) })).toEqual([1, 1]);
});
