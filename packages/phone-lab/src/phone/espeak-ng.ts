import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { PhoneLabError } from '../phone-lab-error.js';

const run = promisify(execFile);

/** The program in the PATH; undefined where it is not installed. */
export function espeakPath(): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'espeak-ng'));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false; // Not in this folder.
    }
  });
}

/** Real words, spoken by espeak-ng; a WAV file of about 22 kHz. Rejects with `invalid-option` when the program fails. */
export async function speakByEspeak(program: string, words: string, signal: AbortSignal): Promise<Uint8Array> {
  const { stdout } = await run(program, ['--stdout', '--', words], {
    encoding: 'buffer',
    maxBuffer: 100_000_000,
    signal,
  }).catch((cause: unknown) => {
    throw new PhoneLabError('invalid-option', 'espeak-ng cannot speak these words', { cause });
  });
  return stdout;
}
