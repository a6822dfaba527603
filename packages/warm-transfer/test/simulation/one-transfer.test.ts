import { Room } from '@livekit/rtc-node';
import { expect, it } from 'vitest';
import { type Deferred, deferred } from '../../src/deferred.js';
import { claimCaller } from '../../src/running-transfers.js';
import { settlePromises } from '../../src/testing.js';
import { Random } from './random.js';

it('a caller has one transfer at a time, whatever the order of beginnings and ends: 500 walks', async () => {
  const rooms = [new Room(), new Room()];
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = new Random(seed);
    const running = new Map<string, { readonly id: string; readonly over: Deferred<void> }>();
    for (let step = 0; step < 40; step += 1) {
      const at = random.whole(0, rooms.length - 1);
      const room = rooms[at];
      if (room === undefined) throw new Error('no such room');
      const name = random.pick(['ada', 'bob', 'gone']);
      // One who has left before has no identity.
      const caller = name === 'gone' ? undefined : name;
      const who = `${at} ${name}`;
      const holder = running.get(who);
      if (holder !== undefined && random.chance(0.5)) {
        holder.over.resolve();
        running.delete(who);
        await settlePromises();
        continue;
      }
      const mine = { id: `${seed}-${step}`, over: deferred<void>() };
      expect(claimCaller(room, caller, mine.id, mine.over.promise), `seed ${seed}`).toBe(holder?.id);
      if (holder === undefined) running.set(who, mine);
      // Of one that was refused the end changes nothing.
      else mine.over.resolve();
    }
    for (const { over } of running.values()) over.resolve();
    await settlePromises();
  }
});
