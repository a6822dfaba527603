import type { ParsedSource, PlayableSource, Silence } from '../source/parse-source.js';

/** What one start plays, and how loud beside the volume of the whole. */
export interface ChosenSource {
  readonly source: PlayableSource | Silence;
  readonly volume: number;
}

/**
 * Picks from a choice by weight. Where the weights add up to less than 1 they are chances, and the built-in clip has
 * what is left: the caller always hears something.
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
  // With a sum of 1 or more only rounding leads here.
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
