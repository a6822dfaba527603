import type { Signature } from '../tones/signature.js';
import type { Ear } from './ear.js';

/** A named stretch of time; epoch ms. */
export interface Phase {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Milliseconds heard: `table[phase][listener][signature]`, and `other` for what no signature explains. */
export type WhoHeardWhom = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

const windowMs = 100;

/** Who heard whom in which phase, for each listener and each party's signature. */
export function whoHeardWhom(
  ears: Readonly<Record<string, Ear>>,
  signatures: readonly Signature[],
  phases: readonly Phase[],
): WhoHeardWhom {
  const table: Record<string, Record<string, Record<string, number>>> = {};
  for (const { name, from, to } of phases) {
    const listeners: Record<string, Record<string, number>> = {};
    for (const [listener, ear] of Object.entries(ears)) {
      const heard: Record<string, number> = Object.fromEntries([
        ...signatures.map((one) => [one.name, 0]),
        ['other', 0],
      ]);
      for (const window of ear.timeline(signatures, windowMs, { from, to })) {
        for (const party of window.heard) heard[party] = (heard[party] ?? 0) + windowMs;
        if (window.other) heard['other'] = (heard['other'] ?? 0) + windowMs;
      }
      listeners[listener] = heard;
    }
    table[name] = listeners;
  }
  return table;
}
