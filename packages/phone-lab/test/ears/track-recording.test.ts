import { expect, test } from 'vitest';
import { TrackRecording } from '../../src/ears/track-recording.js';

const frame = (value: number) => new Int16Array(320).fill(value);
const newRecording = () => new TrackRecording({ publisher: 'p', trackName: 't', trackSid: 's' });

test('frames follow each other without a gap, whatever the jitter of their arrival', () => {
  const recording = newRecording();
  for (let i = 0; i < 100; i += 1) recording.add(frame(i), 1020 + i * 20 + (i % 5) * 9);
  expect(recording.startsAt).toBe(1000);
  expect(recording.endsAt).toBe(3000);
  expect(recording.pcm.filter((sample) => sample === 0)).toHaveLength(320);
});

test('frames that a busy process delivers late and all together leave no gap', () => {
  const recording = newRecording();
  for (let i = 0; i < 50; i += 1) recording.add(frame(1), 20 + i * 20);
  // Half a second of frames arrives in one burst.
  for (let i = 50; i < 75; i += 1) recording.add(frame(2), 1500);
  for (let i = 75; i < 100; i += 1) recording.add(frame(3), 20 + i * 20);
  expect(recording.endsAt).toBe(2000);
  expect(recording.pcm).not.toContain(0);
});

test('time in which nothing was sent is silence, and what follows stands at its own time', () => {
  const recording = newRecording();
  for (let i = 0; i < 50; i += 1) recording.add(frame(1), 20 + i * 20);
  for (let i = 0; i < 50; i += 1) recording.add(frame(2), 3020 + i * 20);
  expect(recording.endsAt).toBe(4000);
  expect(recording.pcm.indexOf(2)).toBe(3000 * 16);
  expect(recording.pcm.subarray(1000 * 16, 3000 * 16).every((sample) => sample === 0)).toBe(true);
});

test('a first frame that a busy process delivers late does not put the rest ahead of the clock', () => {
  const recording = newRecording();
  // Spoken from 0 on; a second of it arrives in one burst.
  for (let i = 0; i < 50; i += 1) recording.add(frame(1), 1000);
  for (let i = 50; i < 100; i += 1) recording.add(frame(2), 20 + i * 20);
  expect(recording.startsAt).toBe(0);
  expect(recording.endsAt).toBe(2000);
  expect(recording.pcm.indexOf(2)).toBe(1000 * 16);
});

test('silence for frames that were only late is taken back when they come after all', () => {
  const recording = newRecording();
  for (let i = 0; i < 50; i += 1) recording.add(frame(1), 20 + i * 20);
  // Half a second late for a whole second, then what is missing at once.
  for (let i = 50; i < 100; i += 1) recording.add(frame(2), 520 + i * 20);
  expect(recording.endsAt).toBe(2500);
  for (let i = 100; i < 150; i += 1) recording.add(frame(3), Math.max(2520, 20 + i * 20));
  expect(recording.startsAt).toBe(0);
  expect(recording.endsAt).toBe(3000);
  expect(recording.pcm).not.toContain(0);
});
