import type { ParsedSource, PlayableSource, Silence } from '../source/parse-source.js';

/** The source of one start, and its volume relative to the whole. */
export interface ChosenSource {
  readonly source: PlayableSource | Silence;
  readonly volume: number;
}

/**
 * Picks a source by weight. Weights that add up to less than 1 are probabilities, and the built-in clip has the rest:
 * the caller always hears audio.
 */
export function chooseSource(source: ParsedSource, random: () => number): ChosenSource {
  if (source.kind !== 'choice') return { source, volume: 1 };
  const candidates = source.among.filter(({ probability }) => probability > 0);
  let left = random() * Math.max(1, sumOfWeights(source.among));
  for (const candidate of candidates) {
    left -= candidate.probability;
    if (left < 0) return candidate;
  }
  const last = candidates.at(-1);
  // With a sum of 1 or more, only rounding leads here.
  return last !== undefined && !mayPickNone(source.among) ? last : { source: { kind: 'builtin' }, volume: 1 };
}

/** Whether the built-in clip is among what may be chosen. */
export function mayPickNone(among: readonly { readonly probability: number }[]): boolean {
  // Ten times a tenth is a little less than 1.
  return sumOfWeights(among) < 1 - 1e-9;
}

function sumOfWeights(among: readonly { readonly probability: number }[]): number {
  return among.reduce((sum, { probability }) => sum + probability, 0);
}
