import { startPhoneLab, type PhoneLab } from '@org/phone-lab';
import type { BenchSize } from '../bench-size.js';
import { runChild } from '../cost/run-child.js';
import { serverOf } from '../cost/join-room.js';
import { atMost, atMostShare, type Results } from '../result/row.js';
import { median } from '../result/statistics.js';
import { takeAll } from '../take-all.js';
import { bridgedRooms, CALLER, HUMAN } from './bridged-rooms.js';
import type { BridgeCost } from './bridge-child.js';
import { measureDelay } from './bridge-delay.js';
import { measurePromotion } from './promotion-rows.js';

const variants = ['bridge', 'floor'] as const;
type Variant = (typeof variants)[number];

/** Measures the delay that relaying a call adds, and its cost. */
export async function measureBridge(size: BenchSize): Promise<Results> {
  await using lab = await startPhoneLab({ graceMs: 20_000 });
  const delays = await measureDelay(lab, size);
  const costs: Record<Variant, Map<number, BridgeCost>> = { bridge: new Map(), floor: new Map() };
  const runs = size.bridged.flatMap((calls) => variants.map((variant) => ({ calls, variant })));
  await takeAll(runs, size, async ({ calls, variant }) =>
    costs[variant].set(calls, await costOf(lab, variant, calls, size.steadySeconds)),
  );
  const { bridge, floor } = costs;
  return {
    rows: [
      {
        id: 'bridge-delay',
        figure: 'one-way delay that the bridge adds to one room',
        unit: 'ms',
        ours: delays.map(({ oneRoom, bridged }) => bridged - oneRoom),
        goal: atMost(75, 'under 75 ms'),
        note: `both in one room: ${Math.round(median(delays.map(({ oneRoom }) => oneRoom)))} ms, which is one hop of two`,
      },
      {
        id: 'bridge-cpu',
        figure: 'CPU per bridged call, both ways',
        unit: '% of a core',
        ours: shares(bridge),
        floor: shares(floor),
        goal: atMostShare(1.3, '1.3 × two fed sources with two subscriptions'),
        note: `${size.bridged.join(', ')} calls`,
      },
      ...(await measurePromotion(lab, size)),
    ],
    series: [
      {
        id: 'bridge-cpu',
        title: 'CPU of all bridged calls',
        unit: '% of a core',
        lines: { ours: line(bridge), 'two sources': line(floor) },
      },
    ],
  };
}

type Costs = ReadonlyMap<number, BridgeCost>;

const shares = (costs: Costs) => [...costs.values()].map(({ cpuPercent }) => cpuPercent);

const line = (costs: Costs) => [...costs].map(([calls, { cpuPercent }]) => [calls, cpuPercent * calls] as const);

/** The phones stay in this process, so that only the relay's own process is measured. */
async function costOf(lab: PhoneLab, variant: Variant, calls: number, seconds: number): Promise<BridgeCost> {
  const phones = Array.from({ length: calls }, (_, call) => bridgedRooms(variant, calls, call)).flatMap((rooms) => [
    { roomName: rooms.caller, identity: CALLER },
    { roomName: rooms.consult, identity: HUMAN },
  ]);
  const on = await Promise.all(
    phones.map((phone) =>
      lab.call({
        ...phone,
        from: '+15550197',
        voice: 900,
        script: async (call) => {
          await call.connected();
          call.tone();
        },
      }),
    ),
  );
  const cost = await runChild<BridgeCost>(
    new URL('./bridge-child.js', import.meta.url),
    [variant, String(calls), String(seconds)],
    serverOf(lab),
  );
  await Promise.all(on.map((call) => call.hangUp()));
  return cost;
}
