import { toSignature, type Signature } from '../tones/signature.js';
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

/** A listener: an ear, or a call with its phone. */
type EarOrCall = Ear | { readonly ear: Ear };

/** Parties by name with the tone (Hz) of each, or their signatures. */
type Parties = readonly Signature[] | Readonly<Record<string, number>>;

/**
 * Returns which listener heard which party in which phase: in windows of 100 ms, or, where a party fills no window,
 * the time of its leaks (see `ear.leaks()`), so that 0 means not a whisper.
 * `whoHeardWhom({ caller, human }, { caller: 600, human: 1000 }, [{ name: 'hold', from, to }])`.
 */
export function whoHeardWhom(
  listeners: Readonly<Record<string, EarOrCall>>,
  parties: Parties,
  phases: readonly Phase[],
): WhoHeardWhom {
  const signatures = isList(parties)
    ? parties
    : Object.entries(parties).map(([name, frequency]) => ({ ...toSignature(frequency), name }));
  const table: Record<string, Record<string, Record<string, number>>> = {};
  for (const { name, from, to } of phases) {
    const rows: Record<string, Record<string, number>> = {};
    for (const [listener, earOrCall] of Object.entries(listeners)) {
      const heard: Record<string, number> = Object.fromEntries([
        ...signatures.map((one) => [one.name, 0]),
        ['other', 0],
      ]);
      const ear = 'ear' in earOrCall ? earOrCall.ear : earOrCall;
      for (const window of ear.timeline(signatures, windowMs, { from, to })) {
        for (const party of window.heard) heard[party] = (heard[party] ?? 0) + windowMs;
        if (window.other) heard['other'] = (heard['other'] ?? 0) + windowMs;
      }
      // A whisper fills no window, and was heard all the same.
      const unheard = signatures.filter(({ name: party }) => heard[party] === 0);
      for (const { party, forMs } of ear.leaks(unheard, { from, to })) heard[party] = (heard[party] ?? 0) + forMs;
      rows[listener] = heard;
    }
    table[name] = rows;
  }
  return table;
}

function isList(parties: Parties): parties is readonly Signature[] {
  return Array.isArray(parties);
}

/** The table as text, one line for each phase and listener, in milliseconds; `-` for a party that was not heard. */
export function drawWhoHeardWhom(table: WhoHeardWhom): string {
  const rows = Object.entries(table).flatMap(([phase, listeners]) =>
    Object.entries(listeners).map(([listener, heard]) => ({ phase, listener, heard })),
  );
  const parties = [...new Set(rows.flatMap(({ heard }) => Object.keys(heard)))];
  const cells = [
    ['phase', 'listener', ...parties],
    ...rows.map(({ phase, listener, heard }) => [phase, listener, ...parties.map((one) => String(heard[one] || '-'))]),
  ];
  const widths = ['', '', ...parties].map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
