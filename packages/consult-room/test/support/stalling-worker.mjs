// Bridges two rooms, reports it, and blocks its event loop for as long as a message says; an empty message ends it.
import { setTimeout as pause } from 'node:timers/promises';
import { Room } from '@livekit/rtc-node';
import { createMerge } from '@org/consult-room';

const { url, rooms, identities } = JSON.parse(process.argv[2]);
const [callerRoom, consultRoom] = await Promise.all(
  rooms.map(async (token) => {
    const room = new Room();
    await room.connect(url, token, { autoSubscribe: true, dynacast: false });
    return room;
  }),
);
const [callerIdentity, humanIdentity] = identities;
const bridge = createMerge({ callerRoom, callerIdentity, consultRoom, humanIdentity });
const result = await bridge.merge();
if (!result.merged) throw new Error(`not merged: ${result.reason}`);

async function leave() {
  await bridge.close();
  await Promise.all([callerRoom.disconnect(), consultRoom.disconnect()]);
  process.exit(0);
}

async function block(blockMs) {
  const endsAt = performance.now() + blockMs;
  while (performance.now() < endsAt);
  // What has waited meanwhile goes through, or is dropped, first.
  await pause(1_000);
  process.send({ statistics: await result.call.statistics() });
}

process.on('message', ({ blockMs }) => void (blockMs === undefined ? leave() : block(blockMs)));
process.send({ merged: true });
