import { expect, test } from 'vitest';
import '../../src/vitest.js';
import { EAR_SAMPLE_RATE } from '../../src/index.js';
import type { PhoneCall } from '../../src/index.js';
import { joinPcm, mixPcm, silencePcm, toneBurst } from '../../src/tones.js';
import { RecordingEar } from '../../src/ears/recording-ear.js';

const tone = (frequency: number, ms: number) => toneBurst([frequency], ms, EAR_SAMPLE_RATE);
const silence = (ms: number) => silencePcm(ms, EAR_SAMPLE_RATE);

/** An ear that heard these samples of one publisher. */
function earOf(pcm: Int16Array, publisher = 'agent'): RecordingEar {
  const ear = new RecordingEar();
  ear.record({ publisher, trackName: 'voice', trackSid: 'TR_1' })(pcm);
  return ear;
}

/** Why an expectation failed. */
function failureOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  return expect.unreachable('the expectation held');
}

test('what sounded was heard, and what did not was not', () => {
  const ear = earOf(joinPcm(silence(500), tone(1000, 600), silence(400)));
  expect(ear).toHear(1000);
  expect(ear).toHear({ name: 'anna', frequencies: [400, 1000] }, { forMs: 500 });
  expect(ear).notToHear(600);
  expect(ear).notToHear(1000, { forMs: 800 });
  expect(failureOf(() => expect(ear).toHear(600))).toContain(
    'expected the ear to hear 600 Hz for at least 100 ms; it sounded for 0 ms',
  );
  expect(failureOf(() => expect(ear).notToHear(1000))).toMatch(
    /not to hear 1000 Hz; it sounded for (5[5-9]|6[0-4])\d ms in all:\n {2}agent \(voice TR_1\) at (4[89]|5[01])\d ms for \d+ ms, -20 dBFS, 1000 Hz\n/,
  );
  expect(failureOf(() => expect(ear).notToHear(1000, { forMs: 200 }))).toMatch(
    /not to hear 1000 Hz for 200 ms or more; it sounded for [567]00 ms/,
  );
  expect(failureOf(() => expect(ear).not.toHear(1000))).toContain('not to hear 1000 Hz');
  expect(failureOf(() => expect(ear).not.notToHear(600))).toContain('to hear 600 Hz; it did not');
});

test('notToHear fails at a whisper that toHear does not count, and names its track, time, length and level', () => {
  const whisper = toneBurst([1000], 1000, EAR_SAMPLE_RATE, { levelDbfs: -70 });
  const ear = earOf(joinPcm(silence(500), whisper, silence(500)));
  expect(failureOf(() => expect(ear).toHear(1000))).toContain('it sounded for 0 ms');
  expect(failureOf(() => expect(ear).notToHear(1000))).toMatch(
    /it sounded for (9[7-9]|10[0-3])\d ms in all:\n {2}agent \(voice TR_1\) at (4[7-9]|5[0-3])\d ms for \d+ ms, -70 dBFS, 1000 Hz\n/,
  );
  expect(ear).notToHear(1000, { forMs: 100 });
});

test('only the range and the publisher that were asked for count', () => {
  const ear = earOf(joinPcm(tone(1000, 1000), silence(1000)));
  const start = ear.tracks[0]?.startsAt ?? Number.NaN;
  expect(ear).toHear(1000, { from: start, to: start + 1000, forMs: 800 });
  expect(ear).notToHear(1000, { from: start + 1200 });
  expect(ear).notToHear(1000, { publisher: 'somebody' });
  expect(failureOf(() => expect(ear).toHear(1000, { publisher: 'somebody' }))).toContain('1000 Hz from somebody');
  expect(failureOf(() => expect(ear).toHear(1000, { from: start + 1200 }))).toContain('sounded for 0 ms');
});

test('the failure shows when the party sounded, and what else did', () => {
  const ear = earOf(joinPcm(silence(1000), mixPcm(tone(600, 1000), tone(2340, 1000)), silence(500)));
  const failure = failureOf(() => expect(ear).toHear(1000));
  const rows = new Map(failure.split('\n').map((line) => line.split(/ {2,}/) as [string, string]));
  expect(rows.get('1000 Hz')).toMatch(/^·{25}$/);
  expect(rows.get('600 Hz')).toMatch(/^·{9,11}█{9,11}·{4,6}$/);
  expect(rows.get('2340 Hz')).toMatch(/^·{9,11}█{9,11}·{4,6}$/);
  expect(rows.get('no tone')).toMatch(/^·{25}$/);
  expect(failure).toContain('one column is 100 ms');
  expect(failure).toContain('tracks: agent (voice) from 0.0 s to 2.5 s');
});

test('a long recording is shown in a small picture', () => {
  const ear = earOf(joinPcm(tone(800, 9000), silence(9000)));
  const failure = failureOf(() => expect(ear).notToHear(800));
  const row = failure.split('\n').find((line) => line.startsWith('800 Hz'));
  expect(row).toMatch(/^800 Hz {3}█{29,31}▒?·{29,31}$/);
  expect(failure).toContain('one column is 300 ms');
});

test('noise is shown as no tone', () => {
  let seed = 1;
  const noise = Int16Array.from({ length: EAR_SAMPLE_RATE }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed % 12_000) - 6000;
  });
  const failure = failureOf(() => expect(earOf(noise)).toHear(1000));
  expect(failure).toMatch(/no tone {2}.*█{5}/);
});

test('an ear that heard no track says so', () => {
  const ear = new RecordingEar();
  expect(ear).notToHear(1000);
  expect(failureOf(() => expect(ear).toHear(1000))).toContain('it has heard no track at all');
});

test('a call is named by its phone', () => {
  const call = { number: '+15550001', roomName: 'support', ear: earOf(silence(500)) } as unknown as PhoneCall;
  expect(call).notToHear(1000);
  expect(failureOf(() => expect(call).toHear(1000))).toContain(
    'expected phone +15550001 in room support to hear 1000 Hz',
  );
});

test('what is no listener, no range and no time is refused by name', () => {
  const ear = earOf(tone(1000, 500));
  expect(() => expect(12).toHear(1000)).toThrow(/needs an Ear or a PhoneCall/);
  expect(() => expect(undefined).notToHear(1000)).toThrow(/needs an Ear or a PhoneCall/);
  expect(() => expect(ear).toHear(1000, { from: 5, to: 5 })).toThrow(/from \(5\) must be before to \(5\)/);
  expect(() => expect(ear).notToHear(1000, { forMs: 0 })).toThrow(/forMs must be more than 0, not 0/);
});

test('a sound without gaps is distinguished from one that breaks off, begins late or ends early', () => {
  const whole = earOf(tone(1000, 1000));
  const start = whole.tracks[0]?.startsAt ?? Number.NaN;
  expect(whole).toHearWithoutGaps({ from: start + 20, to: start + 980 });
  const failure = failureOf(() => expect(whole).not.toHearWithoutGaps({ from: start + 20, to: start + 980 }));
  expect(failure).toContain('to hear a gap of 40 ms or more; it has none');
  const broken = earOf(joinPcm(tone(1000, 500), silence(200), tone(1000, 500)));
  expect(failureOf(() => expect(broken).toHearWithoutGaps())).toMatch(
    /no gap of 40 ms or more; it has 1: 20\d ms at (49\d|50\d) ms/,
  );
  expect(broken).toHearWithoutGaps({ minMs: 300 });
  const early = failureOf(() => expect(whole).toHearWithoutGaps({ from: start - 200, to: start + 1500 }));
  expect(early).toMatch(/it has 2: 20\d ms at 0 ms, 50\d ms at 119\d ms/);
  expect(failureOf(() => expect(earOf(silence(500))).toHearWithoutGaps())).toMatch(/it has 1: 500 ms at 0 ms/);
  expect(failureOf(() => expect(new RecordingEar()).toHearWithoutGaps())).toContain('it has heard no track at all');
  expect(() => expect(whole).toHearWithoutGaps({ from: 5, to: 4 })).toThrow(/from \(5\) must be before/);
});

test('an expectation can be asked again and again', async () => {
  const ear = new RecordingEar();
  const add = ear.record({ publisher: 'agent', trackName: 'voice', trackSid: 'TR_1' });
  setTimeout(() => add(tone(1000, 400)), 100);
  await expect.poll(() => ear, { timeout: 5000 }).toHear(1000, { forMs: 200 });
});
