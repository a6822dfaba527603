import { HoldAudioError } from '../hold-audio-error.js';

/** The bytes of a `data:` URL (RFC 2397). */
export function dataUrlBytes(url: string, maxSourceBytes: number): Uint8Array {
  const comma = url.indexOf(',');
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma));
  const encoded = url.length - comma - 1;
  // Each byte takes four thirds of a character at the least.
  if (encoded * (isBase64 ? 0.75 : 1 / 3) > maxSourceBytes) {
    throw new HoldAudioError('source-too-large', `the data: URL has more than ${maxSourceBytes} bytes`);
  }
  const text = url
    .slice(comma + 1)
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new Uint8Array(Buffer.from(text, isBase64 ? 'base64' : 'latin1'));
}
