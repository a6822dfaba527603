import * as fc from 'fast-check';
import { expect } from 'vitest';
import { checkOutcome } from './any-order-oracle.js';
import {
  type Dialer,
  type DialRequest,
  type DialStep,
  observeDial,
  SipDialer,
  type WatchableRoom,
} from '../../src/index.js';
import { type ScriptedPhone, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

/** One attempt in which anything may go wrong at any moment. */
export interface Course {
  readonly phone: ScriptedPhone;
  readonly ringingTimeoutMs: number;
  readonly dtmf: string | undefined;
  readonly abortAtMs: number | undefined;
  /** Somebody else removes the leg, if it is there. */
  readonly removedAtMs: number | undefined;
  readonly roomCallMs: number;
  readonly failingRoomCalls: number;
  readonly watch: 'room' | 'list' | 'late' | 'lost' | 'never';
  readonly watchMs: number;
}

const instant = fc.integer({ min: 0, max: 400 });

/** Absent in most courses, or nothing else would ever come to its end. */
const seldom = <Value>(value: fc.Arbitrary<Value>, weight = 1): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });

const behavior = fc.oneof(
  fc.record({ does: fc.constant('answer' as const), afterMs: fc.oneof(instant, fc.integer({ min: 900, max: 2_100 })) }),
  fc.record({ does: fc.constant('answer' as const), afterMs: instant, hangsUpAfterMs: instant }),
  fc.record({
    does: fc.constant('reject' as const),
    sipStatusCode: fc.constantFrom(403, 404, 480, 486, 500, 603),
    afterMs: instant,
  }),
  fc.record({ does: fc.constantFrom('ring' as const, 'nothing' as const) }),
);

const timing = fc.record(
  {
    joinsAfterMs: fc.integer({ min: 0, max: 200 }),
    connectsInMs: fc.integer({ min: 0, max: 200 }),
    ringsAfterMs: fc.integer({ min: 0, max: 300 }),
    responseMs: fc.integer({ min: 0, max: 100 }),
    request: seldom(
      fc.oneof(
        fc.constantFrom('hangs' as const, 'unreachable' as const),
        fc.record({ lostAfterMs: instant, onItsWay: fc.boolean() }),
        fc.record({ failsAfterMs: instant }),
        fc.record({ proxyAfterMs: instant, httpStatus: fc.constantFrom(502, 504) }),
      ),
      2,
    ),
  },
  { requiredKeys: [] },
);

export const anyCourse: fc.Arbitrary<Course> = fc.record({
  phone: fc
    .tuple(behavior, timing)
    .map(([does, { request, ...when }]) => ({ ...does, ...when, ...(request !== undefined && { request }) })),
  ringingTimeoutMs: fc.constantFrom(1_000, 1_500, 90_000),
  dtmf: fc.constantFrom(undefined, undefined, 'ww12#'),
  abortAtMs: seldom(fc.oneof(instant, fc.integer({ min: 900, max: 1_600 })), 3),
  removedAtMs: seldom(instant),
  roomCallMs: fc.integer({ min: 0, max: 60 }),
  failingRoomCalls: fc.constantFrom(0, 0, 0, 1, 3),
  watch: fc.constantFrom('room', 'list', 'late', 'lost', 'never'),
  watchMs: instant,
});

/** Ring limit, keys, confirmation, and clearing: nothing takes longer. */
const longestMs = (course: Course): number => course.ringingTimeoutMs + 2_600 + 5_000 + 3_000 + 1_000 + 1_000;

const realDialer = (server: ScriptedServer, clock: ScriptedClock): Dialer =>
  new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);

/** Plays one course to its end and checks what must hold in every one. */
export async function playCourse(course: Course, dialerOf: typeof realDialer = realDialer): Promise<void> {
  const clock = new ScriptedClock();
  const { roomCallMs, failingRoomCalls } = course;
  const server = new ScriptedServer({ clock, roomCallMs, failingRoomCalls });
  server.phones.set('100', course.phone);
  const room = server.room('room');
  const abort = new AbortController();
  if (course.abortAtMs !== undefined) clock.after(course.abortAtMs, () => abort.abort(new Error('enough')));

  const request: DialRequest = {
    to: '100',
    roomName: 'room',
    participantIdentity: 'human',
    trunkId: scriptedTrunk,
    ringingTimeoutMs: course.ringingTimeoutMs,
    dtmf: course.dtmf,
    watch: watchOf(course, clock, room),
  };
  if (course.watch === 'lost') clock.after(course.watchMs, () => room.disconnect());
  if (course.removedAtMs !== undefined) {
    clock.after(course.removedAtMs, () => {
      // Removed before its media is connected, a leg comes back; whoever removes it then must see to that.
      if (room.remoteParticipants.get('human')?.state === 2) server.liveCalls[0]?.remove();
    });
  }
  const seen: string[] = [];
  const followed = observeDial(dialerOf(server, clock), request, {
    signal: abort.signal,
    onProgress: ({ status }) => void seen.push(status),
  });
  const outcome = await clock.settle(followed.outcome, longestMs(course));

  expect(server.requests.length, 'requests sent').toBeLessThanOrEqual(1);
  expect(seen, 'progress in order, each once').toEqual(
    ['dialing', 'ringing', 'answered'].filter((s) => seen.includes(s)),
  );
  expect(seen.includes('answered')).toBe(outcome.status === 'answered');
  checkOutcome(course, outcome, seen, clock.now());
  if (outcome.status === 'answered') {
    await clock.advance(200);
    await clock.settle(outcome.call.hangUp(), 20_000);
    await clock.settle(outcome.call.ended, 20_000);
  }
  expect(statuses(await clock.settle(collect(followed), 0)), 'steps').toEqual([...seen, 'ended']);
  // Two minutes later, not earlier, a phone whose request hangs has stopped by the server's own limit as well.
  const silent = Math.max(3_500, course.roomCallMs * 10);
  await clock.advance(silent);
  expect(server.liveCalls.length, `phones in use ${silent} ms after the outcome`).toBe(0);
  expect([...room.remoteParticipants.keys()], 'legs in the room').toEqual([]);
  await clock.advance(240_000);
  expect(clock.pending, 'timers').toBe(0);
  expect(room.listenerCount, 'listeners').toBe(0);
}

async function collect(followed: AsyncIterable<DialStep>): Promise<DialStep[]> {
  const steps: DialStep[] = [];
  for await (const step of followed) steps.push(step);
  return steps;
}

const statuses = (steps: readonly DialStep[]): string[] => steps.map(({ status }) => status);

function watchOf(course: Course, clock: ScriptedClock, room: WatchableRoom): DialRequest['watch'] {
  if (course.watch === 'list') return undefined;
  if (course.watch === 'room' || course.watch === 'lost') return room;
  return new Promise((resolve, reject) => {
    clock.after(course.watchMs, () => (course.watch === 'late' ? resolve(room) : reject(new Error('could not join'))));
  });
}
