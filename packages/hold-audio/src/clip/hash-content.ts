import { createTimeSlicer } from '../pcm/time-slicer.js';

/** Bytes or characters that are hashed at a stretch: some tenths of a millisecond. */
const STRETCH = 64 * 1024;

/** What tells this content from any other. */
export async function hashContent(pieces: readonly (Uint8Array | string)[], signal?: AbortSignal): Promise<string> {
  // Not for the built-in clip, which everybody else would pay for.
  const { createHash } = await import('node:crypto');
  const yieldIfDue = createTimeSlicer(signal);
  const hash = createHash('sha256');
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STRETCH) {
      hash.update(typeof piece === 'string' ? piece.slice(at, at + STRETCH) : piece.subarray(at, at + STRETCH));
      await yieldIfDue();
    }
  }
  return hash.digest('base64');
}
