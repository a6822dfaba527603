import { setTimeout as delay } from 'node:timers/promises';
import { createMerge } from '@org/consult-room';
import { joinRoom, serverFromEnvironment } from '../cost/join-room.js';
import { processCpuMs } from '../cost/own-cpu.js';
import { CALLER, GATEWAY, HUMAN, patient } from './bridged-rooms.js';

/** CPU of the process that joined the two, in percent of a core. */
export interface PromotionCost {
  /** In both rooms, with nothing between them. */
  readonly joined: number;
  readonly bridged: number;
  readonly promoted: number;
}

const [, , callerRoomName = '', consultRoomName = '', seconds = '1'] = process.argv;

async function cpuPercent(): Promise<number> {
  const [before, since] = [processCpuMs(), performance.now()];
  await delay(Number(seconds) * 1_000);
  return ((processCpuMs() - before) / (performance.now() - since)) * 100;
}

const server = serverFromEnvironment();
const [callerRoom, consultRoom] = await Promise.all([
  joinRoom(server, callerRoomName, 'agent'),
  joinRoom(server, consultRoomName, 'agent'),
]);
await delay(2_000);
const joined = await cpuPercent();
const merge = createMerge({
  callerRoom,
  callerIdentity: CALLER,
  consultRoom,
  humanIdentity: HUMAN,
  strategy: 'bridge',
  server,
  rejoin: { gateway: GATEWAY },
  ...patient,
});
const result = await merge.merge();
if (!result.merged) throw new Error(`the two could not be joined: ${result.reason}`);
await delay(1_000);
const bridged = await cpuPercent();
const promotion = await result.call.promote();
if (!promotion.promoted) throw new Error(`the phone did not come: ${promotion.reason}`);
await delay(2_000);
const cost: PromotionCost = { joined, bridged, promoted: await cpuPercent() };
process.stdout.write(`${JSON.stringify(cost)}\n`);
await merge.close();
await Promise.all([callerRoom, consultRoom].map((room) => room.disconnect()));
process.exit();
