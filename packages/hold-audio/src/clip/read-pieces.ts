import { createTimeSlicer } from '../pcm/time-slicer.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { throwIfUndecodable } from '../decode/decode-audio.js';

/** Bytes that determine a source's kind; the first piece of a slow server may be shorter. */
const HEAD_BYTES = 12;

/** Reads all bytes of a source; throws if they are too many or their beginning shows that they cannot be played. */
export async function readPieces(
  pieces: AsyncIterable<Uint8Array>,
  { maxSourceBytes }: Pick<ClipLimits, 'maxSourceBytes'>,
  signal?: AbortSignal,
): Promise<Uint8Array[]> {
  const yieldIfDue = createTimeSlicer(signal);
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    // All pieces may be there already.
    await yieldIfDue();
    if (piece.length === 0) continue;
    bytes += piece.length;
    if (bytes > maxSourceBytes) {
      throw new HoldAudioError(
        'source-too-large',
        `the source has more than ${maxSourceBytes} bytes ("maxSourceBytes")`,
      );
    }
    const [head] = read;
    if (head === undefined || head.length < HEAD_BYTES) {
      // One piece until there are enough bytes.
      read[0] = head === undefined ? piece : Buffer.concat([head, piece]);
      throwIfUndecodable(read[0]);
    } else {
      read.push(piece);
    }
  }
  return read;
}
