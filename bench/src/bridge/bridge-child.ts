import { setTimeout as delay } from 'node:timers/promises';
import { AudioStream, type Room, RoomEvent } from '@livekit/rtc-node';
import { createMerge } from '@org/consult-room';
import { joinRoom, serverFromEnvironment } from '../cost/join-room.js';
import { memoryMb, processCpuMs } from '../cost/own-cpu.js';
import { playBareFrames } from '../hold/bare-frames.js';
import { bridgedRooms, CALLER, HUMAN, patient } from './bridged-rooms.js';

export interface BridgeCost {
  /** Share of one core, per call, in percent. */
  readonly cpuPercent: number;
  readonly memoryMb: number;
}

const [, , variant = 'bridge', calls = '1', seconds = '1'] = process.argv;

async function bridge(callerRoom: Room, consultRoom: Room): Promise<void> {
  const merge = createMerge({
    strategy: 'bridge',
    callerRoom,
    callerIdentity: CALLER,
    consultRoom,
    humanIdentity: HUMAN,
    ...patient,
  });
  await merge.publishTracks();
  const result = await merge.merge();
  if (!result.merged) throw new Error(`the two could not be joined: ${result.reason}`);
}

/** The floor: two published, fed sources and two subscriptions that are read, without anything between them. */
async function floor(callerRoom: Room, consultRoom: Room): Promise<void> {
  for (const room of [callerRoom, consultRoom]) await playBareFrames(room);
}

async function read(room: Room): Promise<void> {
  room.on(RoomEvent.TrackSubscribed, (track) => {
    void (async () => {
      for await (const frame of new AudioStream(track)) if (frame.samplesPerChannel === 0) return;
    })();
  });
}

const server = serverFromEnvironment();
const joined: Room[] = [];
for (let call = 0; call < Number(calls); call += 1) {
  const names = bridgedRooms(variant, Number(calls), call);
  const [callerRoom, consultRoom] = await Promise.all([
    joinRoom(server, names.caller, 'agent'),
    joinRoom(server, names.consult, 'agent'),
  ]);
  if (variant === 'floor') for (const room of [callerRoom, consultRoom]) await read(room);
  await (variant === 'floor' ? floor : bridge)(callerRoom, consultRoom);
  joined.push(callerRoom, consultRoom);
}
await delay(2_000);
const [cpuBefore, since] = [processCpuMs(), performance.now()];
await delay(Number(seconds) * 1_000);
const cpuPercent = ((processCpuMs() - cpuBefore) / (performance.now() - since) / Number(calls)) * 100;
const cost: BridgeCost = { cpuPercent, memoryMb: memoryMb() };
process.stdout.write(`${JSON.stringify(cost)}\n`);
// Who merely exits stays in the room until the server gives them up.
await Promise.all(joined.map((room) => room.disconnect()));
process.exit();
