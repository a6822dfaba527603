import { AudioFrame } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { FrameConverter } from '../../src/readers/frame-converter.js';

/** So many samples of 20 ms frames at a rate. */
function convert(converter: FrameConverter, sampleRate: number, frames: number): number {
  const size = sampleRate / 50;
  let samples = 0;
  for (let i = 0; i < frames; i += 1) {
    const frame = new AudioFrame(new Int16Array(size), sampleRate, 1, size);
    for (const block of converter.convert(frame)) samples += block.length;
  }
  return samples;
}

const rest = (converter: FrameConverter): number => converter.end().reduce((sum, { length }) => sum + length, 0);

test.each([8000, 16_000, 24_000, 44_100, 48_000])('frames of %d Hz keep their whole length', (sampleRate) => {
  const converter = new FrameConverter();
  expect(convert(converter, sampleRate, 10) + rest(converter)).toBe(9600);
});

test('frames keep their whole length when their rate changes', () => {
  const converter = new FrameConverter();
  const samples = [8000, 24_000, 48_000, 16_000].map((sampleRate) => convert(converter, sampleRate, 5));
  expect(samples.reduce((sum, length) => sum + length, 0) + rest(converter)).toBe(4 * 4800);
});
