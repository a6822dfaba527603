import { setTimeout as delay } from 'node:timers/promises';
import { joinRoom, serverFromEnvironment } from '../cost/join-room.js';
import { mainThreadCpuMs, memoryMb, processCpuMs } from '../cost/own-cpu.js';
import { holdPlayers, type HoldVariant } from './hold-player.js';

/** What a process that holds callers costs. */
export interface HoldCost {
  /** CPU of the whole process while it holds, per minute and caller. */
  readonly cpuMsPerMinute: number;
  readonly memoryMb: number;
  /** CPU of the main thread until a start has settled, one value for each start. */
  readonly startCpuMs: readonly number[];
}

const [, , variant = 'rooms', callers = '1', seconds = '1', settle = '1000'] = process.argv;
const settleMs = Number(settle);

const begin = holdPlayers[variant as HoldVariant];
const rooms = await Promise.all(
  Array.from({ length: Number(callers) }, (_, index) =>
    joinRoom(serverFromEnvironment(), `held-${variant}-${callers}-${index}`, `agent-${index}`),
  ),
);
await delay(settleMs);
const stops: (() => Promise<void>)[] = [];
const startCpuMs: number[] = [];
for (const room of rooms) {
  const before = mainThreadCpuMs();
  stops.push(await begin(room));
  // With many callers the ones before would count; the cost of a start is taken from few.
  if (rooms.length <= 5) await delay(settleMs);
  startCpuMs.push(mainThreadCpuMs() - before);
}
await delay(2 * settleMs);
const [cpuBefore, since] = [processCpuMs(), performance.now()];
await delay(Number(seconds) * 1_000);
const cpuMsPerMinute = ((processCpuMs() - cpuBefore) / (performance.now() - since) / rooms.length) * 60_000;
const cost: HoldCost = { cpuMsPerMinute, memoryMb: memoryMb(), startCpuMs };
process.stdout.write(`${JSON.stringify(cost)}\n`);
// Who merely exits stays in the room until the server gives them up.
await Promise.all(rooms.map((room) => room.disconnect()));
process.exit();
