import { expect, test } from 'vitest';
import { RecordingEar } from '../../src/ears/recording-ear.js';
import { drawWhoHeardWhom, EAR_SAMPLE_RATE, whoHeardWhom } from '../../src/index.js';
import { joinPcm, mixPcm, silencePcm, toneBurst } from '../../src/tones.js';

const tone = (frequency: number, ms: number) => toneBurst([frequency], ms, EAR_SAMPLE_RATE);

function earOf(pcm: Int16Array): RecordingEar {
  const ear = new RecordingEar();
  ear.record({ publisher: 'x', trackName: '', trackSid: 'TR_1' })(pcm);
  return ear;
}

test('who heard whom is listed for each phase, by name, and drawn as a table', () => {
  const caller = earOf(joinPcm(tone(440, 1000), mixPcm(tone(1000, 1000), tone(1700, 1000))));
  const human = earOf(silencePcm(2000, EAR_SAMPLE_RATE));
  const start = caller.tracks[0]?.startsAt ?? Number.NaN;
  const table = whoHeardWhom({ caller, human: { ear: human } }, { human: 1000, hold: 440 }, [
    { name: 'hold', from: start, to: start + 1000 },
    { name: 'talk', from: start + 1100, to: start + 1900 },
  ]);
  expect(table['hold']?.['caller']).toEqual({ human: 0, hold: 1000, other: 0 });
  // The windows at the edges of a tone that nobody knows may hold too little of it.
  expect(table['talk']?.['caller']).toMatchObject({ human: 800, hold: 0 });
  expect(table['talk']?.['caller']?.['other']).toBeGreaterThanOrEqual(500);
  const known = { ...table, talk: { human: table['talk']?.['human'] ?? {} } };
  expect(drawWhoHeardWhom(known)).toBe(
    [
      'phase  listener  human  hold  other',
      'hold   caller    -      1000  -',
      'hold   human     -      -     -',
      'talk   human     -      -     -',
    ].join('\n'),
  );
});

test('a whisper that fills no window of the table is listed by its length, not as nothing', () => {
  const whisper = toneBurst([1000], 40, EAR_SAMPLE_RATE, { levelDbfs: -40 });
  const caller = earOf(joinPcm(tone(440, 1000), mixPcm(tone(440, 1000), whisper)));
  const start = caller.tracks[0]?.startsAt ?? Number.NaN;
  const table = whoHeardWhom({ caller }, { human: 1000, agent: 700, hold: 440 }, [
    { name: 'hold', from: start, to: start + 2000 },
  ]);
  expect(table['hold']?.['caller']).toMatchObject({ agent: 0, hold: 2000 });
  expect(table['hold']?.['caller']?.['human']).toBeGreaterThan(0);
  expect(table['hold']?.['caller']?.['human']).toBeLessThan(100);
});
