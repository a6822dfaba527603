import { setTimeout as delay } from 'node:timers/promises';
import { joinRooms, serverFromEnvironment } from '../cost/join-room.js';
import { mainThreadCpuMs } from '../cost/own-cpu.js';
import { holdPlayers, type HoldVariant } from './hold-player.js';

const [, , variant = 'ours', starts = '1', settle = '1000'] = process.argv;
const settleMs = Number(settle);
const rooms = await joinRooms(serverFromEnvironment(), `started-${variant}`, Number(starts));
/** CPU of the main thread by each start, over what playing on costs, in milliseconds. */
const startCpuMs: number[] = [];
for (const room of rooms) {
  const [begunAt, begun] = [performance.now(), mainThreadCpuMs()];
  await holdPlayers[variant as HoldVariant](room);
  await delay(settleMs);
  const [settledAt, settled] = [performance.now(), mainThreadCpuMs()];
  await delay(settleMs);
  const playingOn = (mainThreadCpuMs() - settled) / (performance.now() - settledAt);
  startCpuMs.push(settled - begun - playingOn * (settledAt - begunAt));
}
process.stdout.write(`${JSON.stringify(startCpuMs)}\n`);
// Who merely exits stays in the room until the server gives them up.
await Promise.all(rooms.map((room) => room.disconnect()));
process.exit();
