import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DialAttempt } from '../../src/dial/dial-attempt.js';
import type { DialEffect, DialEvent } from '../../src/dial/dial-event.js';
import { transition } from '../../src/dial/transition.js';
import { planDial } from '../../src/request/plan-dial.js';
import { anyCourse, playCourse } from '../support/any-order.js';
import { seeds } from '../support/any-order-seeds.js';

test('in 2,000 orders of events there is one outcome, one request at most, and nothing left', async () => {
  await fc.assert(
    fc.asyncProperty(anyCourse, (course) => playCourse(course)),
    { numRuns: 2_000, endOnFailure: true },
  );
}, 60_000);

test.each(seeds)('what once went wrong goes well: $phone.does, watched by $watch', async (course) => {
  await playCourse(course);
});

/** Plays with a dialer whose machine is changed; resolves with the number of courses until that shows. */
async function runsUntilNoticed(step: typeof transition): Promise<number> {
  const property = fc.asyncProperty(anyCourse, (course) =>
    playCourse(course, ({ sip, rooms }, clock) => ({
      dial(request, { signal, onProgress } = {}) {
        if (request.watch instanceof Promise) request.watch.catch(() => undefined);
        const clients = { sip, rooms, secrets: [] };
        const plan = planDial(request);
        const report = onProgress ?? ((): void => {});
        const { watch } = request;
        return new DialAttempt({ clients, clock, plan, watch, signal, onProgress: report, step }).outcome;
      },
    })),
  );
  const { failed, numRuns } = await fc.check(property, {
    numRuns: 3_000,
    seed: 7,
    interruptAfterTimeLimit: 20_000,
    endOnFailure: true,
  });
  return failed ? numRuns : Infinity;
}

const withoutEvent =
  (drop: (event: DialEvent) => boolean): typeof transition =>
  (state, event, at, given) =>
    drop(event) ? [state, []] : transition(state, event, at, given);

const withoutEffect =
  (drop: (effect: DialEffect) => boolean): typeof transition =>
  (...step) => {
    const [state, effects] = transition(...step);
    return [state, effects.filter((effect) => !drop(effect))];
  };

const timers = ['ring', 'api', 'join', 'confirm', 'reason', 'removal'] as const;

describe('the same courses show when the machine', () => {
  test.each(['start', 'api-succeeded', 'api-failed', 'seen', 'left', 'abort', 'leg-removed'])(
    'ignores %s',
    async (type) => {
      expect(await runsUntilNoticed(withoutEvent((event) => event.type === type))).toBeLessThanOrEqual(3_000);
    },
  );

  test.each(timers)('ignores the end of the timer %s', async (timer) => {
    const drop = (event: DialEvent): boolean => event.type === 'timeout' && event.timer === timer;
    expect(await runsUntilNoticed(withoutEvent(drop))).toBeLessThanOrEqual(3_000);
  });

  test.each(['send-request', 'report', 'remove-leg', 'settle', 'clear-timer', 'expect-leg'])(
    'leaves out %s',
    async (type) => {
      expect(await runsUntilNoticed(withoutEffect((effect) => effect.type === type))).toBeLessThanOrEqual(3_000);
    },
  );

  test.each(['dialing', 'ringing', 'answered'])('does not tell of %s', async (status) => {
    const drop = (effect: DialEffect): boolean => effect.type === 'report' && effect.status === status;
    expect(await runsUntilNoticed(withoutEffect(drop))).toBeLessThanOrEqual(3_000);
  });
});
