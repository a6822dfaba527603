import { expect } from 'vitest';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { decodeWav } from '../../src/decode/decode-wav.js';
import { inPieces } from './damaged-wavs.js';
import { sampleRates } from './faithful-wav.js';
import { bigEndian, type Chunk, dataChunk, formatChunk, riff, sampleFormats, type WavRecipe } from './make-wav.js';
import { createRandom } from './random.js';

/** A level that every format keeps within its own step. */
const LEVEL = 0.5;
/** The greatest step of each format near that level, in units of 16 bit. */
const steps = { pcm8: 300, 'a-law': 1100, 'mu-law': 1100 } as const;

const knownNames = ['LIST', 'fact', 'JUNK', 'bext'];

/** Makes a valid WAV by chance: its format, rate, channels, order, padding and sizes. */
function makeValid(random: (below: number) => number): { readonly recipe: WavRecipe; readonly bytes: Uint8Array } {
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const recipe: WavRecipe = {
    sampleRate: pick(sampleRates),
    channels: pick([1, 2] as const),
    format: pick(sampleFormats),
    seconds: 0.1 + random(20) / 1000,
    signal: () => LEVEL,
  };
  if (recipe.format === 'pcm16' && random(4) === 0) return { recipe, bytes: bigEndian(recipe) };
  // Where the byte that pads an odd chunk is left out, only names that are known tell that it is.
  const isPadded = random(3) > 0;
  const names = isPadded ? [...knownNames, 'xyz1'] : knownNames;
  const others = (): Chunk[] =>
    Array.from({ length: random(3) }, () => {
      const body = Uint8Array.from({ length: random(40) }, () => random(256));
      return { name: pick(names), body, ...(isPadded ? { pad: pick([0, 0, 0x20, 1]) } : { unpadded: true }) };
    });
  const format = formatChunk(recipe, random(2) === 0);
  if (random(6) === 0) format.body = Buffer.concat([format.body, new Uint8Array(random(1000) * 2)]);
  const data = dataChunk(recipe);
  const isStreamed = random(5) === 0;
  if (isStreamed) Object.assign(data, { claims: pick([0xffff_ffff, 0x7fff_ffff]), unpadded: true });
  const chunks = [...others(), format, ...others(), data, ...(isStreamed ? [] : others())];
  return { recipe, bytes: riff(chunks, isStreamed ? pick([0, 0xffff_ffff]) : undefined) };
}

/** So many valid WAVs keep their length and their level. */
export async function expectValidDecode(files: number, seed = 1): Promise<void> {
  const random = createRandom(seed);
  for (let i = 0; i < files; i += 1) {
    const { recipe, bytes } = makeValid(random);
    const { samples } = await decodeWav(inPieces(bytes, 1 + random(4000)));
    const what = `file ${i}: ${JSON.stringify(recipe)}`;
    const length = (Math.round(recipe.seconds * recipe.sampleRate) / recipe.sampleRate) * SAMPLE_RATE;
    expect(Math.abs(samples.length - length), what).toBeLessThanOrEqual(1);
    // The ends of what is cut off ring in any filter.
    const [middle = 0, step] = [samples[samples.length >> 1], steps[recipe.format as keyof typeof steps] ?? 2];
    expect(Math.abs(middle - LEVEL * 32_767), what).toBeLessThanOrEqual(step);
  }
}
