import { Room } from '@livekit/rtc-node';
import { expect, it } from 'vitest';
import { CallerClaim } from '../../src/runtime/active-transfers.js';
import { Random } from '../support/simulation/random.js';

it('a caller has one transfer at a time, whatever the order of beginnings and ends: 500 walks', () => {
  const rooms = [new Room(), new Room()];
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = new Random(seed);
    const running = new Map<string, { readonly id: string; readonly claim: CallerClaim }>();
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
        holder.claim.release();
        running.delete(who);
        continue;
      }
      const id = `${seed}-${step}`;
      const mine = { id, claim: new CallerClaim(room, caller, id) };
      // Asked again, as by a transfer that was claimed ahead, it is the same.
      for (const _again of ['ahead', 'run']) expect(mine.claim.take(), `seed ${seed}`).toBe(holder?.id);
      if (holder === undefined) running.set(who, mine);
      // Of one that was rejected the end changes nothing.
      else mine.claim.release();
    }
    for (const { claim } of running.values()) claim.release();
  }
});
