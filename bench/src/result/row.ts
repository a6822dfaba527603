import { median } from './statistics.js';

/** Values of one figure, or the reason why there are none. */
export type Measured = readonly number[] | string;

/** What a figure should be, and whether it is; `other` is the median of what it is compared with. */
export interface Goal {
  readonly text: string;
  readonly holds: (ours: number, other: number) => boolean;
}

/** One line of the table. */
export interface Row {
  readonly id: string;
  readonly figure: string;
  readonly unit: 'ms' | 'ms CPU' | 'MB' | '% of a core' | 'per second';
  readonly ours: Measured;
  /** LiveKit's own, in the same run. Absent where it has nothing of the kind. */
  readonly rival?: Measured;
  /** What cannot be undercut, in the same run: bare frames, a bare import, one room. */
  readonly floor?: Measured;
  readonly goal?: Goal;
  readonly note?: string;
}

/** A cost or a figure that grows with the number of calls. */
export interface Series {
  readonly id: string;
  readonly title: string;
  readonly unit: Row['unit'];
  /** Name of the line → [number of calls, value]. */
  readonly lines: Readonly<Record<string, readonly (readonly [calls: number, value: number])[]>>;
}

export interface Results {
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
}

export const noResults: Results = Object.freeze({ rows: [], series: [] });

/** Whether our median is where it should be. Undefined when nothing was measured, or no goal set. */
export function meetsGoal({ ours, rival, floor, goal }: Row): boolean | undefined {
  if (goal === undefined || typeof ours === 'string' || ours.length === 0) return undefined;
  const other = [floor, rival].find((values) => Array.isArray(values) && values.length > 0);
  return goal.holds(median(ours), Array.isArray(other) ? median(other) : Number.NaN);
}

/** At most this much. */
export const atMost = (limit: number, text: string): Goal => ({ text, holds: (ours) => ours <= limit });
/** At most this share of what it is compared with. */
export const atMostShare = (share: number, text: string): Goal => ({
  text,
  holds: (ours, other) => ours <= other * share,
});
