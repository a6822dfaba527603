import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EAR_SAMPLE_RATE } from '../../src/ears/ear.js';
import { hearsFor } from '../../src/ears/hears-for.js';
import { RecordingEar } from '../../src/ears/recording-ear.js';
import { toneBurst } from '../../src/tones/tone-generator.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const track = (name: string) => ({ publisher: name, trackName: name, trackSid: name });
const now = () => performance.timeOrigin + performance.now();

it('hearsFor() hears a voice in a track whose frames come later than those of another track', () => {
  const ear = new RecordingEar();
  const [prompt, late] = [ear.record(track('prompt')), ear.record(track('late'))];
  const silence = new Int16Array(320);
  const voice = toneBurst([1700], 200, EAR_SAMPLE_RATE);
  late(silence);
  const hears = hearsFor(ear, { name: 'voice', frequencies: [1700] }, 100, now());
  const asked: boolean[] = [];
  for (let i = 0; i < 50; i += 1) {
    vi.advanceTimersByTime(20);
    prompt(silence);
    asked.push(hears());
  }
  // What was said in the first half of that second comes with the rest of it.
  for (let i = 0; i < 9; i += 1) late(silence);
  late(voice);
  for (let i = 0; i < 30; i += 1) late(silence);
  expect(asked).not.toContain(true);
  expect(hears()).toBe(true);
});

it('hearsFor() does not wait for a track that has ended', () => {
  const ear = new RecordingEar();
  ear.record(track('ended'))(new Int16Array(320));
  const speaking = ear.record(track('speaking'));
  const hears = hearsFor(ear, { name: 'voice', frequencies: [1700] }, 3000, now());
  const voice = toneBurst([1700], 100, EAR_SAMPLE_RATE);
  const asked: boolean[] = [];
  for (let i = 0; i < 30; i += 1) {
    vi.advanceTimersByTime(100);
    speaking(voice);
    asked.push(hears());
  }
  expect(asked.indexOf(true)).toBe(29);
});
