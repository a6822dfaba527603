import type { Course } from './any-order.js';

/** Courses that once went wrong. */
export const seeds: readonly Course[] = [
  {
    // The leg came and went between two looks at the list, and the dial did not wait: nobody missed it until the ring limit.
    phone: { does: 'reject', sipStatusCode: 500, afterMs: 3, ringsAfterMs: 0, responseMs: 2 },
    ringingTimeoutMs: 90_000,
    dtmf: undefined,
    abortAtMs: undefined,
    removedAtMs: undefined,
    roomCallMs: 59,
    failingRoomCalls: 0,
    watch: 'list',
    watchMs: 232,
  },
  {
    // The same before the room was joined.
    phone: { does: 'reject', sipStatusCode: 486, afterMs: 3, ringsAfterMs: 0, responseMs: 2 },
    ringingTimeoutMs: 90_000,
    dtmf: undefined,
    abortAtMs: undefined,
    removedAtMs: undefined,
    roomCallMs: 1,
    failingRoomCalls: 0,
    watch: 'late',
    watchMs: 200,
  },
  {
    // The server failed before the leg was there, which then rang for nobody.
    phone: { does: 'ring', joinsAfterMs: 150, request: { failsAfterMs: 20 } },
    ringingTimeoutMs: 90_000,
    dtmf: undefined,
    abortAtMs: undefined,
    removedAtMs: undefined,
    roomCallMs: 1,
    failingRoomCalls: 0,
    watch: 'room',
    watchMs: 0,
  },
];
