import type { BenchSize } from '../bench-size.js';
import { atMostShare, type Results, type Row } from '../result/row.js';
import { takeAll } from '../take-all.js';
import { installSize } from './install-size.js';
import { runChild } from './run-child.js';

interface ImportCost {
  readonly ms: number;
  readonly mb: number;
}

/** Each package, and what of LiveKit's it cannot do without. */
const compared: readonly (readonly [ours: string, base: string])[] = [
  ['@org/hold-audio', '@livekit/rtc-node'],
  ['@org/sip-dialer', 'livekit-server-sdk'],
  ['@org/consult-room', 'livekit-server-sdk'],
  ['@org/briefing-agent', '@livekit/agents'],
  ['@org/warm-transfer', '@livekit/agents'],
];
/** Those that are taken alone, and promise to stay near what they stand on. */
const light = new Set(['@org/hold-audio', '@org/sip-dialer']);

export async function measureImports(size: BenchSize): Promise<Results> {
  const rows = await takeAll(compared, size, ([name, base]) => rowsOf(name, base, size));
  return { rows: rows.flat(), series: [] };
}

async function rowsOf(name: string, base: string, size: BenchSize): Promise<Row[]> {
  const [ours, floor]: [ImportCost[], ImportCost[]] = [[], []];
  for (let turn = 0; turn < size.imports; turn += 1) {
    ours.push(await costOf(name));
    floor.push(await costOf(base));
  }
  const goal = light.has(name) ? { goal: atMostShare(1.2, `within 20 % of ${base} alone`) } : {};
  const against = `floor: ${base} alone`;
  return [
    importRow(name, 'time', 'ms', ours, floor, goal, against),
    importRow(name, 'memory', 'MB', ours, floor, goal, against),
    {
      id: `size-${name}`,
      figure: `${name} installed alone, with all that it needs`,
      unit: 'MB',
      ours: [await installSize(name)],
      floor: [await installSize(base)],
      ...goal,
      note: against,
    },
  ];
}

function importRow(
  name: string,
  what: 'time' | 'memory',
  unit: 'ms' | 'MB',
  ours: readonly ImportCost[],
  floor: readonly ImportCost[],
  goal: Pick<Row, 'goal'>,
  note: string,
): Row {
  const pick = (costs: readonly ImportCost[]) => costs.map(({ ms, mb }) => (unit === 'ms' ? ms : mb));
  return {
    id: `import-${what}-${name}`,
    figure: `import of ${name}, ${what}`,
    unit,
    ours: pick(ours),
    floor: pick(floor),
    ...goal,
    note,
  };
}

const costOf = (module: string): Promise<ImportCost> =>
  runChild<ImportCost>(new URL('./import-child.js', import.meta.url), [module]);
