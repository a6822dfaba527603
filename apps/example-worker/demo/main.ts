import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dispose } from '@livekit/rtc-node';
import { startPhoneLab, type Leftover, type PhoneLab } from '@org/phone-lab';
import { ExampleWorker } from '../lab/example-worker.js';
import { leakInto } from './leak.js';
import { prove } from './proof.js';
import { printProof, writeProof } from './report.js';
import { playStory, type Story } from './story.js';

interface DemoOptions {
  readonly leak: boolean;
  /** The folder of the proof. */
  readonly proof: string;
}

function readOptions(): DemoOptions {
  const { values } = parseArgs({
    options: { break: { type: 'string' }, proof: { type: 'string', default: 'demo-proof' } },
  });
  if (values.break !== undefined && values.break !== 'leak') {
    throw new Error(`--break=${values.break} is unknown; the only way to break the demo is --break=leak`);
  }
  return { leak: values.break === 'leak', proof: resolve(values.proof) };
}

/** The leftovers, once everything has had the time to go. */
async function leftoversOf(lab: PhoneLab): Promise<readonly Leftover[]> {
  for (const until = Date.now() + 5_000; ; await delay(50)) {
    const left = await lab.leftNothing();
    if (left.length === 0 || Date.now() >= until) return left;
  }
}

async function tell(lab: PhoneLab, leak: boolean): Promise<Story> {
  console.log('The example worker is starting…');
  // A process that got ready for the next call would take the CPU from this one.
  await using worker = await ExampleWorker.start(lab, { IDLE_PROCESSES: '-1' });
  console.log('A caller phones it, asks for a person, and is transferred…');
  try {
    return await playStory(lab, worker, leak ? leakInto(lab) : undefined);
  } catch (error) {
    console.error(`The worker's log:\n${await worker.output()}`);
    throw error;
  }
}

async function main(): Promise<void> {
  const { leak, proof: directory } = readOptions();
  console.log('The phone lab is starting…');
  await using lab = await startPhoneLab();
  const story = await tell(lab, leak);
  const proof = prove(story, await leftoversOf(lab));
  printProof(proof);
  await writeProof(directory, proof, story);
  console.log(`\nThe recordings are in ${directory}`);
  process.exitCode = proof.faults.length === 0 ? 0 : 1;
}

try {
  await main();
} finally {
  // The native media library keeps the process alive until it is disposed of.
  await dispose();
}
