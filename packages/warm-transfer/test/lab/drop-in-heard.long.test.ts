import { workflows } from '@livekit/agents';
import { startPhoneLab } from '@org/phone-lab';
import { expect, it, vi } from 'vitest';
import { type HeardProgram, hearProgram } from '../drop-in/hear-program.js';
import type { Program } from '../drop-in/program.js';

const trunkId = 'ST_of_the_environment';
const rounds = 3;

/** LiveKit's, which is constructed and run as ours is. */
const theirTask = workflows.WarmTransferTask as unknown as Program['task'];

function drawn(column: readonly HeardProgram[], name: keyof HeardProgram): string {
  return column.map((heard) => String(heard[name] ?? 'never')).join(' / ');
}

it('the task lets caller and human agent hear of LiveKit’s example what LiveKit’s own task lets them hear', async () => {
  const theirs: HeardProgram[] = [];
  const ours: HeardProgram[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await using lab = await startPhoneLab({ cloud: { noResponseMs: 300 }, trunkId });
    vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', trunkId);
    vi.stubEnv('LIVEKIT_URL', lab.url);
    vi.stubEnv('LIVEKIT_API_KEY', lab.apiKey);
    vi.stubEnv('LIVEKIT_API_SECRET', lab.apiSecret);
    theirs.push(await hearProgram(lab, {}, theirTask));
    ours.push(await hearProgram(lab, { merge: { supportsMove: true } }));
  }
  const names = Object.keys(ours[0] ?? {}) as (keyof HeardProgram)[];
  for (const name of names) process.stdout.write(`| ${name} | ${drawn(theirs, name)} | ${drawn(ours, name)} |\n`);
  for (const heard of ours) {
    expect(heard['"yes" → caller hears human']).toBeLessThan(5_000);
    expect(heard['"yes" → human hears caller']).toBeLessThan(5_000);
    expect(heard['"yes" → caller hears the announcement']).toBeDefined();
    expect(heard['"yes" → human hears the announcement']).toBeDefined();
    expect(heard['before "yes": human hears caller, caller hears human']).toBe('0, 0');
  }
  vi.unstubAllEnvs();
}, 300_000);
