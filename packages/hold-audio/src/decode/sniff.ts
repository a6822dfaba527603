const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** Whether these may be the first bytes of a WAV that this package decodes itself. */
export function isWav(head: Uint8Array): boolean {
  const [riff, wave] = [text(head, 0, 4), text(head, 8, 12)];
  return ['RIFF', 'RIFX'].some((name) => name.startsWith(riff)) && 'WAVE'.startsWith(wave);
}

/** Whether these are the first bytes of a page, such as a server sends in place of a file, or of other textual data. */
export function isMarkup(head: Uint8Array): boolean {
  return /^(?:\u00EF\u00BB\u00BF)?\s*[<{[]/.test(text(head, 0, 256));
}

/** Returns the kind of playlist that begins with these bytes; `undefined` for other content. */
export function playlistName(head: Uint8Array): string | undefined {
  const begin = text(head, 0, 64)
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart();
  return playlists.find(([pattern]) => pattern.test(begin))?.[1];
}

const playlists: readonly (readonly [RegExp, string])[] = [
  [/^#EXT(?:M3U|-X-|INF)/i, 'M3U (HLS) playlist'],
  [/^\[playlist\]/i, 'PLS playlist'],
  [/^\[Reference\]/i, 'ASX playlist'],
  [/^ffconcat/i, 'ffconcat list'],
];

/** The rate of a source, by its first bytes. */
export interface SourceRate {
  readonly sampleRate: number;
  readonly channels: number;
}

/** Reads rate and channels from the first bytes of a FLAC, or of an Ogg with Vorbis; `undefined` for all else. */
export function sourceRate(head: Uint8Array): SourceRate | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  // STREAMINFO comes first: 20 bits of rate, three bits of channels less one (RFC 9639, section 8.2).
  if (text(head, 0, 4) === 'fLaC' && bytes.length >= 21) {
    return { sampleRate: bytes.readUIntBE(18, 3) >> 4, channels: ((bytes.readUInt8(20) >> 1) & 7) + 1 };
  }
  // The first page holds the identification header alone (Vorbis I specification, section 4.2.2).
  const at = bytes.indexOf('\u0001vorbis', 0, 'latin1');
  if (text(head, 0, 4) !== 'OggS' || at < 0 || bytes.length < at + 16) return undefined;
  return { sampleRate: bytes.readUInt32LE(at + 12), channels: bytes.readUInt8(at + 11) };
}
