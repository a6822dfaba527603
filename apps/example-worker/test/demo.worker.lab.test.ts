import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_LIMIT_MS, endInTheMiddle, marked, noProcessLeft, processOf, runDemo } from './support/run-demo.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the demo', () => {
  it(
    'proves a transfer, writes the proof, and exits with 0',
    async () => {
      const demo = runDemo(directory);
      const code = await demo.ended;
      // The output says why.
      expect(code, demo.output()).toBe(0);
      expect(demo.output()).toContain('Proven.');
      expect(await marked(demo.mark)).toEqual([]);

      const proof = JSON.parse(await readFile(join(directory, 'proof.json'), 'utf8')) as Record<string, unknown>;
      expect(proof).toMatchObject({ faults: [], leftovers: [] });
      for (const wav of ['caller-heard.wav', 'human-agent-heard.wav']) {
        const bytes = await readFile(join(directory, wav));
        expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
        expect(bytes.length).toBeGreaterThan(100_000);
      }
    },
    DEMO_LIMIT_MS,
  );

  it(
    'finds leaks between the rooms, down to a whisper, says where, and exits with another code',
    async () => {
      const demo = runDemo(directory, '--break=leak');
      expect(await demo.ended).toBe(1);
      const leaked = 'the caller, in the phase "briefing", heard';
      const human = `${leaked} human agent for \\d+ ms at`;
      // The human agent's voice is at -20 dBFS.
      expect(demo.output()).toMatch(new RegExp(`${human} -(1|2)\\d dBFS.*"leak at 0 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${human} -(3|4)\\d dBFS.*"leak at -20 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${human} -(5|6)\\d dBFS.*"leak at -40 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${leaked} briefing agent for \\d+ ms`));
      expect(await marked(demo.mark)).toEqual([]);
    },
    DEMO_LIMIT_MS,
  );

  it('refuses to be broken in a way that it does not know', async () => {
    const demo = runDemo(directory, '--break=everything');
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain('--break=leak');
  });
});

// Nothing is listened to here: what takes long because processes have to start and to end goes on at the same time.
describe.runIf(process.platform === 'linux')('the demo, ended in the middle', () => {
  it('by SIGKILL leaves no process, and so no port', () => endInTheMiddle(directory, 'SIGKILL'), DEMO_LIMIT_MS);

  it(
    'by the death of its worker fails, and leaves no process',
    async () => {
      const demo = runDemo(directory);
      await processOf(demo, 'job');
      const worker = await processOf(demo, 'worker');
      process.kill(worker.pid, 'SIGKILL');
      expect(await demo.ended).toBe(1);
      await noProcessLeft(demo);
    },
    DEMO_LIMIT_MS,
  );
});
