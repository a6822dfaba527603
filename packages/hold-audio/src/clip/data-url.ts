import { createTimeSlicer } from '../pcm/time-slicer.js';
import { HoldAudioError } from '../hold-audio-error.js';

/** Characters that are decoded per slice: a few tenths of a millisecond. */
const PIECE = 16 * 1024;

/** Yields the bytes of a `data:` URL (RFC 2397), in pieces. */
export async function* dataUrlBytes(url: string, maxSourceBytes: number): AsyncGenerator<Uint8Array, void> {
  const comma = url.indexOf(',');
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma));
  const encoded = url.length - comma - 1;
  // Each byte takes at least four thirds of a character.
  if (encoded * (isBase64 ? 0.75 : 1 / 3) > maxSourceBytes) {
    throw new HoldAudioError('source-too-large', `the data: URL has more than ${maxSourceBytes} bytes`);
  }
  const yieldIfDue = createTimeSlicer();
  /** The rest of a group of four base64 characters. */
  let rest = '';
  for (let at = comma + 1; at < url.length;) {
    const end = endOfPiece(url, at);
    const bytes = unescaped(url.slice(at, end));
    at = end;
    await yieldIfDue();
    if (!isBase64) {
      yield new Uint8Array(bytes);
      continue;
    }
    const text = rest + bytes.toString('latin1').replaceAll(/\s/g, '');
    const whole = at < url.length ? text.length - (text.length % 4) : text.length;
    rest = text.slice(whole);
    yield new Uint8Array(Buffer.from(text.slice(0, whole), 'base64'));
  }
}

/** Returns the end of a piece that splits no escape of three characters. */
function endOfPiece(url: string, at: number): number {
  const end = Math.min(at + PIECE, url.length);
  if (end === url.length) return end;
  const escape = url.slice(end - 2, end).indexOf('%');
  return escape < 0 ? end : end - 2 + escape;
}

/** Returns one byte per character, or per escape such as `%20`. */
function unescaped(text: string): Buffer {
  const plain = text.includes('%')
    ? text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return Buffer.from(plain, 'latin1');
}
