import { expect, test } from 'vitest';
import { joinPcm, mixPcm, silencePcm, toneBurst, toneTimeline, type Signature } from '../../src/tones.js';

const rate = 16_000;
const music: Signature = { name: 'music', frequencies: [], band: [150, 1350] };
const anna: Signature = { name: 'anna', frequencies: [1900] };

const at = (dbfs: number) => ({ levelDbfs: dbfs });
const chord = (ms: number, dbfs = -25) => toneBurst([262, 330, 392, 523], ms, rate, at(dbfs));
const voice = (ms: number, dbfs = -20) => toneBurst([1900], ms, rate, at(dbfs));
const read = (pcm: Int16Array) => toneTimeline(pcm, rate, [music, anna]);

test('every sound in the band is the party, notes and changes between notes alike', () => {
  const melody = joinPcm(chord(330), toneBurst([440, 523, 659], 330, rate, at(-25)), chord(340));
  const windows = read(melody);
  expect(windows.map(({ heard }) => heard)).toEqual(Array.from({ length: 10 }, () => ['music']));
  expect(windows.some(({ other }) => other)).toBe(false);
});

test('a tone outside of the band is not the party, loud and clipped or not, nor when it begins inside a window', () => {
  for (const level of [-40, -20, -1]) {
    const pcm = joinPcm(silencePcm(50, rate), voice(450, level), silencePcm(100, rate));
    expect(read(pcm).flatMap(({ heard }) => heard)).not.toContain('music');
    expect(read(pcm).some(({ other }) => other)).toBe(false);
  }
});

test('music and a tone at the same time are both heard, and a third sound is other', () => {
  const both = read(mixPcm(chord(1000), voice(1000)));
  expect(both.slice(1, -1).every(({ heard, other }) => heard.length === 2 && !other)).toBe(true);
  const third = read(mixPcm(mixPcm(chord(1000), voice(1000)), toneBurst([2800], 1000, rate, at(-20))));
  expect(third.slice(1, -1).every(({ other }) => other)).toBe(true);
});

test('music too quiet to hear is not heard', () => {
  expect(read(chord(500, -65)).flatMap(({ heard }) => heard)).toEqual([]);
});
