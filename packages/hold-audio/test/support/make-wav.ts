export interface WavRecipe {
  sampleRate: number;
  channels?: 1 | 2;
  format?: SampleFormat;
  /** Sample at a time in seconds, from -1 to 1; the right channel of a stereo file gets its negative if told so. */
  signal: (seconds: number) => number;
  seconds: number;
}

export interface Chunk {
  name: string;
  body: Uint8Array;
  /** Size that the header claims, where it lies. */
  claims?: number;
  /** Leave out the byte that pads an odd body. */
  unpadded?: boolean;
  /** The byte that pads an odd body; default 0. */
  pad?: number;
}

export const sampleFormats = ['pcm8', 'pcm16', 'pcm24', 'pcm32', 'float32', 'a-law', 'mu-law'] as const;
export type SampleFormat = (typeof sampleFormats)[number];

const writers: Record<
  SampleFormat,
  { tag: number; bytes: number; write: (to: Buffer, at: number, x: number) => void }
> = {
  pcm8: { tag: 1, bytes: 1, write: (to, at, x) => to.writeUInt8(Math.round(x * 127) + 128, at) },
  pcm16: { tag: 1, bytes: 2, write: (to, at, x) => to.writeInt16LE(Math.round(x * 32_767), at) },
  pcm24: { tag: 1, bytes: 3, write: (to, at, x) => to.writeIntLE(Math.round(x * 8_388_607), at, 3) },
  pcm32: { tag: 1, bytes: 4, write: (to, at, x) => to.writeInt32LE(Math.round(x * 2_147_483_647), at) },
  float32: { tag: 3, bytes: 4, write: (to, at, x) => to.writeFloatLE(x, at) },
  'a-law': { tag: 6, bytes: 1, write: (to, at, x) => to.writeUInt8(aLaw(x), at) },
  'mu-law': { tag: 7, bytes: 1, write: (to, at, x) => to.writeUInt8(muLaw(x), at) },
};

/** By the continuous companding curve of G.711, which the tables of a decoder approximate by straight segments. */
function muLaw(x: number): number {
  const place = Math.log(1 + 255 * Math.abs(x)) / Math.log(256);
  return ~((x < 0 ? 0x80 : 0) | Math.min(127, Math.floor(place * 128))) & 0xff;
}

function aLaw(x: number): number {
  const [loud, a] = [Math.abs(x), 87.6];
  const place = (loud < 1 / a ? a * loud : 1 + Math.log(a * loud)) / (1 + Math.log(a));
  return ((x < 0 ? 0 : 0x80) | Math.min(127, Math.floor(place * 128))) ^ 0x55;
}

export function formatChunk({ sampleRate, channels = 1, format = 'pcm16' }: WavRecipe, extensible = false): Chunk {
  const { bytes, tag } = writers[format];
  const body = Buffer.alloc(extensible ? 40 : 16);
  body.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * channels * bytes, 8);
  body.writeUInt16LE(channels * bytes, 12);
  body.writeUInt16LE(bytes * 8, 14);
  if (extensible) body.writeUInt16LE(tag, 24);
  return { name: 'fmt ', body };
}

export function dataChunk({ sampleRate, channels = 1, format = 'pcm16', signal, seconds }: WavRecipe): Chunk {
  const { bytes, write } = writers[format];
  const frames = Math.round(seconds * sampleRate);
  const body = Buffer.alloc(frames * channels * bytes);
  for (let i = 0; i < frames * channels; i += 1) {
    write(body, i * bytes, signal(Math.floor(i / channels) / sampleRate));
  }
  return { name: 'data', body };
}

export function riff(chunks: readonly Chunk[], claims?: number): Uint8Array {
  const parts = chunks.map(({ name, body, claims: size, unpadded, pad }) => {
    const header = Buffer.alloc(8);
    header.write(name, 'latin1');
    header.writeUInt32LE(size ?? body.length, 4);
    const padding = body.length % 2 === 1 && unpadded !== true ? 1 : 0;
    return Buffer.concat([header, body, Buffer.alloc(padding, pad)]);
  });
  const all = Buffer.concat(parts);
  const header = Buffer.alloc(12);
  header.write('RIFF', 'latin1');
  header.writeUInt32LE(claims ?? all.length + 4, 4);
  header.write('WAVE', 8, 'latin1');
  return new Uint8Array(Buffer.concat([header, all]));
}

/** A WAV of 16-bit samples whose numbers begin with their upper byte, which says RIFX instead of RIFF. */
export function bigEndian(recipe: WavRecipe): Uint8Array {
  const wav = Buffer.from(makeWav(recipe));
  wav.write('RIFX', 'latin1');
  // Sizes and rates have four bytes; the other numbers, and all samples, two.
  for (const at of [4, 16, 24, 28, 40]) wav.subarray(at, at + 4).swap32();
  for (const at of [20, 22, 32, 34]) wav.subarray(at, at + 2).swap16();
  wav.subarray(44).swap16();
  return new Uint8Array(wav);
}

export const makeWav = (recipe: WavRecipe): Uint8Array => riff([formatChunk(recipe), dataChunk(recipe)]);

export const sine =
  (frequency: number, amplitude = 0.5) =>
  (seconds: number): number =>
    amplitude * Math.sin(2 * Math.PI * frequency * seconds);
