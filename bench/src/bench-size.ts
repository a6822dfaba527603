/** How much is measured. */
export interface BenchSize {
  /** Transfers of each kind and library. */
  readonly calls: number;
  /** Of ours with a line that is busy at once: enough to see the one that goes wrong. */
  readonly busyCalls: number;
  /** How long a figure may be late before it counts as never, in milliseconds. */
  readonly neverMs: number;
  /** Starts of hold audio in one process, the first of which reads the clip. */
  readonly starts: number;
  /** Callers held at once, for the growth of the cost. */
  readonly held: readonly number[];
  /** Calls bridged at once. */
  readonly bridged: readonly number[];
  /** How long each steady cost is taken for. */
  readonly steadySeconds: number;
  /** How long the hold is listened to. */
  readonly listenSeconds: number;
  /** Starts of processes, for the cost of an import. */
  readonly imports: number;
  /** Repetitions of the short figures. */
  readonly repeats: number;
}

export const fullSize: BenchSize = Object.freeze({
  calls: 9,
  busyCalls: 200,
  neverMs: 6_000,
  starts: 5,
  held: [1, 5, 10, 20, 50],
  bridged: [1, 2, 3, 4, 5],
  steadySeconds: 20,
  listenSeconds: 180,
  imports: 7,
  repeats: 20,
});

/** Only shows that everything runs and every row comes. */
export const shortSize: BenchSize = Object.freeze({
  calls: 1,
  busyCalls: 1,
  neverMs: 2_000,
  starts: 2,
  held: [1, 2],
  bridged: [1],
  steadySeconds: 1,
  listenSeconds: 1,
  imports: 1,
  repeats: 2,
});
