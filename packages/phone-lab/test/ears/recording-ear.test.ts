import { expect, it } from 'vitest';
import { EAR_SAMPLE_RATE } from '../../src/ears/ear.js';
import { RecordingEar } from '../../src/ears/recording-ear.js';
import { toneBurst } from '../../src/tones/tone-generator.js';

it('an ear asked from a moment that is no time of day says so, instead of making half a century of silence', () => {
  const ear = new RecordingEar();
  ear.record({ publisher: 'somebody', trackName: 'voice', trackSid: 'TR_1' })(toneBurst([1000], 500, EAR_SAMPLE_RATE));
  expect(() => ear.heard(1000, { from: 0 })).toThrow('from must be epoch ms, as Date.now() gives, not 0');
  expect(ear.heard(1000, { from: Date.now() - 60_000 })).toBe(true);
});
