import { median } from './statistics.js';

/** Values of one figure, or the reason why there are none. */
export type Measured = readonly number[] | string;

/** The wanted value of a figure, and whether it is met; `other` is the median that it is compared with. */
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
  readonly baseline?: Measured;
  /** The least possible value, in the same run: bare frames, a bare import, one room. */
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

/** A row as it is written down. */
export interface JudgedRow extends Omit<Row, 'goal'> {
  readonly goal?: string;
  /** Whether our median is where it should be. Absent when nothing was measured, or no goal set. */
  readonly met?: boolean;
}

export interface JudgedResults {
  readonly rows: readonly JudgedRow[];
  readonly series: readonly Series[];
}

export function judged({ rows, series }: Results): JudgedResults {
  return { rows: rows.map(judgedRow), series };
}

function judgedRow({ goal, ...row }: Row): JudgedRow {
  const { ours, baseline, floor } = row;
  if (goal === undefined) return row;
  if (typeof ours === 'string' || ours.length === 0) return { ...row, goal: goal.text };
  const other = [floor, baseline].find((values) => Array.isArray(values) && values.length > 0);
  const met = goal.holds(median(ours), Array.isArray(other) ? median(other) : Number.NaN);
  return { ...row, goal: goal.text, met };
}

/** At most this much. */
export const atMost = (limit: number, text: string): Goal => ({ text, holds: (ours) => ours <= limit });
/** At most this share of what it is compared with. */
export const atMostShare = (share: number, text: string): Goal => ({
  text,
  holds: (ours, other) => ours <= other * share,
});
