/** How much is measured. */
export interface BenchSize {
  /** Everything at the same time: quick, and the figures mean nothing. */
  readonly atOnce: boolean;
  /** Transfers of each kind and library. */
  readonly calls: number;
  /** Transfers of ours to a line that is busy immediately: enough to see the one that fails. */
  readonly busyCalls: number;
  /** How long a figure may be late before it counts as never, in milliseconds. */
  readonly neverMs: number;
  /** Starts of hold audio in one process, the first of which reads the clip. */
  readonly starts: number;
  /** Callers on hold in parallel, for the growth of the cost. */
  readonly held: readonly number[];
  /** Samples of what they cost, for each number of them. */
  readonly holdSamples: number;
  /** Calls bridged in parallel. */
  readonly bridged: readonly number[];
  /** Bridged calls whose human agent comes in by a line of their own. */
  readonly promotions: number;
  /** Time after a start has resolved that still belongs to it, such as decoding ahead, in milliseconds. */
  readonly settleMs: number;
  /** How long each steady cost is taken for. */
  readonly steadySeconds: number;
  /** How long the hold is listened to. */
  readonly listenSeconds: number;
  /** Starts of processes, for the cost of an import. */
  readonly imports: number;
  /** Repetitions of the short figures. */
  readonly repeats: number;
}

/**
 * The sides whose figures are taken. Where figures mean nothing, ours are enough: that shows that a row comes out, and LiveKit's player
 * brings down a process in which it is stopped while it still decodes, as on a busy machine.
 */
export const sidesOf = ({ atOnce }: Pick<BenchSize, 'atOnce'>): readonly ('ours' | 'baseline')[] =>
  atOnce ? ['ours'] : ['ours', 'baseline'];

export const fullSize: BenchSize = Object.freeze({
  atOnce: false,
  calls: 11,
  busyCalls: 200,
  neverMs: 6_000,
  starts: 11,
  held: [1, 5, 10, 20, 50],
  holdSamples: 3,
  bridged: [1, 2, 3, 4, 5],
  promotions: 3,
  settleMs: 1_000,
  steadySeconds: 10,
  listenSeconds: 180,
  imports: 15,
  repeats: 20,
});

/** Only shows that everything runs and that every row comes out. */
export const shortSize: BenchSize = Object.freeze({
  atOnce: true,
  calls: 1,
  busyCalls: 1,
  neverMs: 5_000,
  starts: 2,
  held: [1, 2],
  holdSamples: 1,
  bridged: [1],
  promotions: 1,
  settleMs: 200,
  steadySeconds: 1,
  listenSeconds: 1,
  imports: 1,
  repeats: 2,
});
