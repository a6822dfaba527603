import { createTimeSlicer } from '../pcm/time-slicer.js';

/** Bytes or characters that are hashed per slice: a few tenths of a millisecond. */
const STRETCH = 64 * 1024;

/** Returns a hash that identifies the content. */
export async function hashContent(pieces: readonly (Uint8Array | string)[], signal?: AbortSignal): Promise<string> {
  // Loaded here, since the built-in clip does not need it.
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
