import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';

const PIECE_BYTES = 64 * 1024;

/** Yields the bytes of a regular file, in pieces; an error's code has the reason why it cannot be read. */
export async function* readFile(
  path: string,
  { maxSourceBytes }: Pick<ClipLimits, 'maxSourceBytes'>,
): AsyncGenerator<Uint8Array, void> {
  // Non-blocking: opening a named pipe would otherwise wait for its writer, in a thread of the shared pool.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new HoldAudioError('source-unreadable', `"${path}" is not a regular file`);
    if (stat.size > maxSourceBytes) {
      throw new HoldAudioError(
        'source-too-large',
        `"${path}" has more than ${maxSourceBytes} bytes ("maxSourceBytes")`,
      );
    }
    for (;;) {
      const { buffer, bytesRead } = await file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw HoldAudioError.isInstance(error) ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): HoldAudioError {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  return missing
    ? new HoldAudioError('source-missing', `there is no file "${path}"`, { cause })
    : new HoldAudioError('source-unreadable', `"${path}" cannot be read`, { cause });
}
