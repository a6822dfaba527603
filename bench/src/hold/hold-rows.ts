import { startPhoneLab, type PhoneLab } from '@org/phone-lab';
import { sidesOf, type BenchSize } from '../bench-size.js';
import { runChild } from '../cost/run-child.js';
import { joinRooms, serverOf } from '../cost/join-room.js';
import { atMost, type Results, type Series } from '../result/row.js';
import { median } from '../result/statistics.js';
import { takeAll } from '../take-all.js';
import { longestQuietMs } from './longest-quiet.js';
import type { HoldCost } from './hold-child.js';
import type { HoldVariant } from './hold-player.js';
import { startToAudible } from './start-to-audible.js';

const variants: readonly HoldVariant[] = ['ours', 'baseline', 'bare', 'rooms'];

/** Measures the cost of holding callers, each way in a process of its own, and the sound that a held caller hears. */
export async function measureHold(size: BenchSize): Promise<Results> {
  await using lab = await startPhoneLab({ graceMs: 20_000 });
  const costs = await costsOf(lab, size);
  const [starts, baselineStarts, bareStarts] = await takeAll(['ours', 'baseline', 'bare'] as const, size, (variant) =>
    startsOf(lab, variant, size),
  );
  const heard = await startToAudible(lab, size);
  const [quiet, baselineQuiet] = await takeAll(sidesOf(size), size, async (variant) => [
    await longestQuietMs(lab, variant, size.listenSeconds),
  ]);
  const cost = (variant: HoldVariant, callers: number): HoldCost => {
    const samples = costs.filter((sample) => sample.variant === variant && sample.callers === callers);
    return {
      cpuMsPerMinute: median(samples.map(({ cpuMsPerMinute }) => cpuMsPerMinute)),
      memoryMb: median(samples.map(({ memoryMb }) => memoryMb)),
    };
  };
  const steady = (variant: HoldVariant) => size.held.map((callers) => cost(variant, callers).cpuMsPerMinute);
  const ofBare = size.held.map(
    (callers) => cost('ours', callers).cpuMsPerMinute / cost('bare', callers).cpuMsPerMinute,
  );
  const few = Math.min(...size.held);
  const many = Math.max(...size.held);
  const memoryPerCaller = (variant: HoldVariant) => [
    (cost(variant, many).memoryMb - cost(variant, few).memoryMb) / Math.max(1, many - few),
  ];
  const overRoom = (variant: HoldVariant) =>
    memoryPerCaller(variant).map((mb) => mb - (memoryPerCaller('rooms')[0] ?? Number.NaN));
  return {
    rows: [
      {
        id: 'hold-audible',
        figure: 'hold alone: start → audible at full level',
        unit: 'ms',
        ours: heard.ours,
        baseline: heard.baseline,
        floor: heard.bare,
        goal: { text: "a third of LiveKit's", holds: (ours) => ours <= median(heard.baseline) / 3 },
        note: 'the same WAV for both; floor: bare frames',
      },
      {
        id: 'hold-quiet',
        figure: `longest near-silence in ${size.listenSeconds} s of the default clip`,
        unit: 'ms',
        ours: quiet ?? [],
        baseline: baselineQuiet ?? [],
        goal: atMost(50, 'under 50 ms'),
      },
      {
        id: 'hold-steady-cpu',
        figure: 'hold, steady CPU per minute and caller',
        unit: 'ms CPU',
        ours: steady('ours'),
        baseline: steady('baseline'),
        floor: steady('bare'),
        goal: {
          text: 'within 15 % of a bare loop of ready frames, with every number of callers',
          holds: () => Math.max(...ofBare) <= 1.15,
        },
        note: `${size.held.join(', ')} callers: ${ofBare.map((share) => share.toFixed(2)).join(', ')} of the bare loop; medians of ${size.holdSamples}`,
      },
      {
        id: 'hold-start-cpu',
        figure: 'hold, main-thread CPU per start, once the clip is known',
        unit: 'ms CPU',
        ours: starts ?? [],
        baseline: baselineStarts ?? [],
        floor: bareStarts ?? [],
        goal: { text: "a tenth of LiveKit's", holds: (ours) => ours <= median(baselineStarts ?? []) / 10 },
      },
      {
        id: 'hold-memory',
        figure: `memory per further held caller over the room itself, ${few} to ${many}`,
        unit: 'MB',
        ours: overRoom('ours'),
        baseline: overRoom('baseline'),
        goal: atMost(2, 'at most 2 MB'),
        note: `a bare published track: ${overRoom('bare')[0]?.toFixed(1)} MB`,
      },
    ],
    series: [
      growth('hold-cpu', 'CPU per minute, all callers', 'ms CPU', size, (variant, callers) => {
        return cost(variant, callers).cpuMsPerMinute * callers;
      }),
      growth('hold-memory', 'Memory of the process', 'MB', size, (variant, callers) => cost(variant, callers).memoryMb),
    ],
  };
}

type CostSample = HoldCost & { readonly variant: HoldVariant; readonly callers: number };

/** In rounds, so that what else the machine does hits every way alike. */
async function costsOf(lab: PhoneLab, size: BenchSize): Promise<CostSample[]> {
  const { held, holdSamples } = size;
  const round = held.flatMap((callers) => variants.map((variant) => ({ variant, callers })));
  const rounds = Array.from({ length: holdSamples }, () => round).flat();
  return takeAll(rounds, size, async ({ variant, callers }) => ({
    variant,
    callers,
    ...(await costOf(lab, variant, callers, size)),
  }));
}

function growth(
  id: string,
  title: string,
  unit: Series['unit'],
  size: BenchSize,
  value: (variant: HoldVariant, callers: number) => number,
): Series {
  const line = (variant: HoldVariant) => size.held.map((callers) => [callers, value(variant, callers)] as const);
  return {
    id,
    title,
    unit,
    lines: {
      ours: line('ours'),
      "LiveKit's player": line('baseline'),
      'bare frames': line('bare'),
      'rooms only': line('rooms'),
    },
  };
}

function costOf(
  lab: PhoneLab,
  variant: HoldVariant,
  callers: number,
  { steadySeconds, settleMs }: BenchSize,
): Promise<HoldCost> {
  const file = new URL('./hold-child.js', import.meta.url);
  return runChild<HoldCost>(file, [variant, String(callers), String(steadySeconds), String(settleMs)], serverOf(lab));
}

/** With a listener in each room. The first start reads the clip; later ones have it. */
async function startsOf(lab: PhoneLab, variant: HoldVariant, { starts, settleMs }: BenchSize): Promise<number[]> {
  const file = new URL('./start-child.js', import.meta.url);
  const listeners = await joinRooms(lab, `started-${variant}`, starts, 'listener');
  const costs = await runChild<number[]>(file, [variant, String(starts), String(settleMs)], serverOf(lab));
  for (const room of listeners) await room.disconnect();
  return costs.slice(1);
}
