import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import { besides, countFalseAlarms, countFound, leakTrack, type Beside, type LeakCase } from '../support/leak-cases.js';
import { throughOpus } from '../support/through-opus.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

const alignments = 200;
const phases = 1000;
/** How often each leak is sent, so that the codec meets it in several states. */
const times = 4;
const plainMs = 25_000;

const alone: readonly LeakCase[] = [
  { beside: 'silence', levelDbfs: -70, ms: 1000 },
  { beside: 'silence', levelDbfs: -60, ms: 1000 },
  { beside: 'silence', levelDbfs: -50, ms: 400 },
  { beside: 'silence', levelDbfs: -40, ms: 40 },
  { beside: 'silence', levelDbfs: -20, ms: 40 },
];
const others: readonly Beside[] = ['tone', 'music', 'voice'];
const shared = others.flatMap((beside): LeakCase[] => [
  { beside, levelDbfs: -60, ms: 3000 },
  { beside, levelDbfs: -50, ms: 2000 },
  { beside, levelDbfs: -30, ms: 40 },
  { beside, levelDbfs: -20, ms: 40 },
]);
/** Below the floors: the table tells what becomes of it, and nothing is promised. */
const below: readonly LeakCase[] = [
  { beside: 'silence', levelDbfs: -75, ms: 1000 },
  { beside: 'silence', levelDbfs: -50, ms: 40 },
  { beside: 'voice', levelDbfs: -70, ms: 3000 },
  { beside: 'voice', levelDbfs: -40, ms: 40 },
];

/** How often each was found; each is sent once through Opus with DTX; the alignments are cut out of that. */
async function foundOf(cases: readonly LeakCase[], roomName: string): Promise<readonly number[]> {
  const tracks = Object.fromEntries(cases.map((one, i) => [`case ${i}`, leakTrack(one, times)]));
  const heard = await throughOpus(lab, roomName, tracks);
  return cases.map((one, i) => {
    const recording = heard[`case ${i}`];
    if (recording === undefined) throw new Error(`nothing was heard of case ${i}`);
    return countFound(one, recording, times, alignments);
  });
}

test('nothing above the floors is missed, beside silence, a tone, music or a voice', { timeout: 600_000 }, async () => {
  const found = [...(await foundOf([...alone, ...below], 'alone')), ...(await foundOf(shared, 'shared'))];
  const cases = [...alone, ...below, ...shared];
  const rows = cases.map(
    ({ levelDbfs, ms, beside }, i) => `${levelDbfs} dBFS, ${ms} ms, beside ${beside}: ${found[i]}`,
  );
  process.stdout.write(`\nfound in so many of ${alignments} alignments:\n${rows.join('\n')}\n`);
  const missed = cases.filter((one, i) => !below.includes(one) && found[i] !== alignments);
  expect(missed).toEqual([]);
});

test('no leak is found in plain calls', { timeout: 600_000 }, async () => {
  const heard = await throughOpus(lab, 'plain', {
    tone: besides('tone', plainMs),
    music: besides('music', plainMs),
    voice: besides('voice', plainMs),
    silence: besides('silence', plainMs),
  });
  const alarms = countFalseAlarms(Object.values(heard), plainMs, phases);
  process.stdout.write(`\nfalse alarms in ${phases} phases of plain calls: ${alarms}\n`);
  expect(alarms).toBe(0);
});
