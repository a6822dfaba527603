import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proof } from './proof.js';
import type { Story } from './story.js';

/** The proof as text. */
export function printProof({ timeline, heard, leftovers, faults }: Proof): void {
  const start = timeline['call in'];
  console.log('\nWhat happened when (ms after the call came in)');
  console.table(
    Object.fromEntries(
      Object.entries(timeline).map(([moment, at]) => [moment, at === undefined ? 'never' : at - start]),
    ),
  );
  console.log('Who heard whom (ms)');
  console.table(
    Object.fromEntries(
      Object.entries(heard).flatMap(([phase, listeners]) =>
        Object.entries(listeners).map(([listener, row]) => [`${phase}: ${listener} heard`, row]),
      ),
    ),
  );
  console.log(`What is left over: ${leftovers.length === 0 ? 'nothing' : ''}`);
  for (const { kind, what } of leftovers) console.log(`  ${kind}: ${what}`);
  console.log(faults.length === 0 ? '\nProven.' : '\nNot proven:');
  for (const fault of faults) console.log(`  ${fault}`);
}

/** The proof as files: JSON, and what each phone heard as WAV. */
export async function writeProof(directory: string, proof: Proof, story: Story): Promise<void> {
  await mkdir(directory, { recursive: true });
  await Promise.all([
    writeFile(join(directory, 'proof.json'), `${JSON.stringify({ ...proof, events: story.events }, undefined, 2)}\n`),
    writeFile(join(directory, 'caller-heard.wav'), story.callerEar.wav()),
    writeFile(join(directory, 'human-agent-heard.wav'), story.humanEar.wav()),
  ]);
}
