import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ConsultRoom } from '@org/consult-room';
import { startPhoneLab, type PhoneLab } from '@org/phone-lab';
import { describe, expect, it } from 'vitest';
import { readSweepOptions } from '../src/sweep.js';

const run = promisify(execFile);

/** The built command, as `npm run sweep` runs it. */
async function sweep(lab: PhoneLab, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    LIVEKIT_URL: lab.url,
    LIVEKIT_API_KEY: lab.apiKey,
    LIVEKIT_API_SECRET: lab.apiSecret,
  };
  const { stdout } = await run(process.execPath, ['dist/src/sweep.js', ...args], { env });
  return stdout;
}

describe('sweep', () => {
  it('keeps a young room, reports what it would delete, and deletes the room of a worker that died', async () => {
    await using lab = await startPhoneLab();
    const { url, apiKey, apiSecret } = lab;
    // Opened and never joined nor closed, as by a worker that was killed.
    const { name } = await ConsultRoom.create({ url, apiKey, apiSecret, callerRoomName: 'gone' });
    expect(await sweep(lab, '--older-than', '10m', '--dry-run')).toBe(`kept room ${name} (young)\n`);
    const now = ['--older-than', '0s', '--grace', '0s'];
    expect(await sweep(lab, ...now, '--dry-run')).toBe(`would-delete room ${name}\n`);
    expect(await lab.leftNothing()).toMatchObject([{ kind: 'room' }]);
    expect(await sweep(lab, ...now)).toBe(`deleted room ${name}\n`);
    expect(await lab.leftNothing()).toEqual([]);
  }, 60_000);

  it('names the option or variable that it cannot use', () => {
    const server = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
    expect(readSweepOptions([], server)).toMatchObject({ olderThanMs: 600_000, graceMs: 60_000, dryRun: false });
    expect(() => readSweepOptions(['--older-than', 'soon'], server)).toThrow('--older-than');
    expect(() => readSweepOptions([], { ...server, LIVEKIT_URL: '' })).toThrow('LIVEKIT_URL is not set');
  });
});
