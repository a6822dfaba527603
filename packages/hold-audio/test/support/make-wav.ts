export interface WavRecipe {
  sampleRate: number;
  channels?: 1 | 2;
  format?: 'pcm16' | 'float32';
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
}

export function formatChunk({ sampleRate, channels = 1, format = 'pcm16' }: WavRecipe, extensible = false): Chunk {
  const bytes = format === 'pcm16' ? 2 : 4;
  const tag = format === 'pcm16' ? 1 : 3;
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
  const bytes = format === 'pcm16' ? 2 : 4;
  const frames = Math.round(seconds * sampleRate);
  const body = Buffer.alloc(frames * channels * bytes);
  for (let i = 0; i < frames * channels; i += 1) {
    const sample = signal(Math.floor(i / channels) / sampleRate);
    if (format === 'pcm16') body.writeInt16LE(Math.round(sample * 32_767), i * 2);
    else body.writeFloatLE(sample, i * 4);
  }
  return { name: 'data', body };
}

export function riff(chunks: readonly Chunk[], claims?: number): Uint8Array {
  const parts = chunks.map(({ name, body, claims: size, unpadded }) => {
    const header = Buffer.alloc(8);
    header.write(name, 'latin1');
    header.writeUInt32LE(size ?? body.length, 4);
    const padding = body.length % 2 === 1 && unpadded !== true ? 1 : 0;
    return Buffer.concat([header, body, Buffer.alloc(padding)]);
  });
  const all = Buffer.concat(parts);
  const header = Buffer.alloc(12);
  header.write('RIFF', 'latin1');
  header.writeUInt32LE(claims ?? all.length + 4, 4);
  header.write('WAVE', 8, 'latin1');
  return new Uint8Array(Buffer.concat([header, all]));
}

export const makeWav = (recipe: WavRecipe): Uint8Array => riff([formatChunk(recipe), dataChunk(recipe)]);

export const sine =
  (frequency: number, amplitude = 0.5) =>
  (seconds: number): number =>
    amplitude * Math.sin(2 * Math.PI * frequency * seconds);
