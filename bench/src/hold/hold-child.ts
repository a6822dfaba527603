import { setTimeout as delay } from 'node:timers/promises';
import { joinRooms, serverFromEnvironment } from '../cost/join-room.js';
import { memoryMb, processCpuMs } from '../cost/own-cpu.js';
import { holdPlayers, type HoldVariant } from './hold-player.js';

/** The cost of a process that holds callers. */
export interface HoldCost {
  /** CPU of the whole process while it holds, per minute and caller. */
  readonly cpuMsPerMinute: number;
  readonly memoryMb: number;
}

const [, , variant = 'rooms', callers = '1', seconds = '1', settle = '1000'] = process.argv;
const settleMs = Number(settle);
const rooms = await joinRooms(serverFromEnvironment(), `held-${variant}-${callers}`, Number(callers));
for (const room of rooms) await holdPlayers[variant as HoldVariant](room);
await delay(2 * settleMs);
const [cpuBefore, since] = [processCpuMs(), performance.now()];
await delay(Number(seconds) * 1_000);
const cpuMsPerMinute = ((processCpuMs() - cpuBefore) / (performance.now() - since) / rooms.length) * 60_000;
const cost: HoldCost = { cpuMsPerMinute, memoryMb: memoryMb() };
process.stdout.write(`${JSON.stringify(cost)}\n`);
// Who merely exits stays in the room until the server gives them up.
await Promise.all(rooms.map((room) => room.disconnect()));
process.exit();
