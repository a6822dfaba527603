import { expect } from 'vitest';
import type { DialFailed, DialOutcome } from '../../src/index.js';
import type { Course } from './any-order.js';

/** The participant list is asked every 300 ms, and its answer takes a while. */
const pollMs = ({ watch, roomCallMs }: Course): number => (watch === 'room' ? 0 : 300 + 2 * roomCallMs);

/** The server's cap makes a dial of 90 s one that does not wait. */
const waits = ({ ringingTimeoutMs }: Course): boolean => ringingTimeoutMs < 80_000;

/** Of `ww12#`. */
const dtmfMs = 2_560;
/** After the last key a hang-up is waited for, and looked for where nobody tells. */
const confirmMs = ({ watch, roomCallMs }: Course): number => 150 + (watch === 'room' ? 0 : Math.min(roomCallMs, 150));

/** When the phone has decided, and when the answer to the request says so. */
function decisionOf({ phone, dtmf }: Course): { readonly atMs: number; readonly toldAtMs: number } | undefined {
  if (phone.does !== 'answer' && phone.does !== 'reject') return undefined;
  const connectedAt = (phone.joinsAfterMs ?? 30) + (phone.connectsInMs ?? 3);
  const atMs = Math.max(phone.afterMs, phone.ringsAfterMs ?? 35, connectedAt);
  const keysMs = phone.does === 'answer' && dtmf !== undefined ? dtmfMs : 0;
  return { atMs, toldAtMs: atMs + keysMs + (phone.responseMs ?? 2) };
}

/** What an outcome must be, told from the course alone, and when it must be there. */
export function checkOutcome(course: Course, outcome: DialOutcome, seen: readonly string[], nowMs: number): void {
  const { phone, abortAtMs, removedAtMs, failingRoomCalls } = course;
  if (abortAtMs === undefined && removedAtMs === undefined) expect(outcome.status).not.toBe('canceled');
  if (abortAtMs !== undefined && nowMs >= abortAtMs) checkCanceled(course, outcome, abortAtMs, nowMs);
  const untouched = (abortAtMs === undefined || nowMs < abortAtMs) && removedAtMs === undefined;
  if (!untouched || failingRoomCalls > 0) return;
  if (outcome.status !== 'answered') {
    expect(outcome.timings.endedAt).toBeGreaterThanOrEqual(outcome.timings.requestedAt);
  }
  if (typeof phone.request === 'object' && 'onItsWay' in phone.request && phone.request.onItsWay) {
    const { lostAfterMs } = phone.request;
    expect(nowMs, 'looked for a leg in vain').toBeLessThanOrEqual(lostAfterMs + 3_000 + 1_000 + course.roomCallMs);
  }
  if (phone.request !== undefined) return;
  const { dialingAt, ringingAt } = outcome.timings;
  expect(seen.includes('dialing')).toBe(dialingAt !== undefined);
  expect(seen.includes('ringing')).toBe(ringingAt !== undefined);
  checkPhone(course, outcome, nowMs);
}

/** Nothing but the phone decides: the outcome is the phone's. */
function checkPhone(course: Course, outcome: DialOutcome, nowMs: number): void {
  const { phone, watch } = course;
  if (phone.does === 'ring') expect(outcome.status).toBe('no-answer');
  if (phone.does === 'nothing') expect(outcome.status).toBe('unreachable');
  const decision = decisionOf(course);
  if (decision === undefined || decision.atMs >= 800) return;
  const { toldAtMs } = decision;
  const slackMs = waits(course) ? 0 : pollMs(course);
  if (phone.does === 'reject') {
    if (waits(course)) expect(outcome).toMatchObject({ sipStatusCode: phone.sipStatusCode });
    if (watch === 'room') expect((outcome as DialFailed).disconnectReason).toBeDefined();
    // A response may come before the leg's leaving, which is waited for.
    expect(nowMs, 'after the rejection').toBeLessThanOrEqual(toldAtMs + slackMs + 250);
  }
  if (phone.does !== 'answer') return;
  const { hangsUpAfterMs } = phone;
  if (hangsUpAfterMs === undefined) {
    expect(outcome.status).toBe('answered');
    const confirmedMs = course.dtmf === undefined ? 0 : confirmMs(course);
    expect(nowMs, 'after the answer').toBeLessThanOrEqual(toldAtMs + slackMs + confirmedMs);
  } else if (course.dtmf !== undefined) {
    // The server says that it was answered, and it was; but nobody is there any more.
    expect(outcome, 'hung up while keys were pressed').toMatchObject({ status: 'failed', retryable: true });
    if (watch === 'room') expect(outcome).toMatchObject({ lastCallStatus: 'hangup', cause: { code: 'call-failed' } });
    if (watch === 'room') expect(outcome).not.toHaveProperty('certainty');
  } else if (watch === 'room' && outcome.status === 'answered') {
    expect(outcome.timings.answeredAt, 'answered when it was over').toBeLessThanOrEqual(decision.atMs + hangsUpAfterMs);
  }
}

/** The outcome came after the abort: that was its cause, unless another was there before. */
function checkCanceled(course: Course, outcome: DialOutcome, abortAtMs: number, nowMs: number): void {
  const { phone, roomCallMs, failingRoomCalls, ringingTimeoutMs, removedAtMs } = course;
  if (outcome.status === 'answered') expect(outcome.timings.answeredAt).toBeLessThanOrEqual(abortAtMs);
  else if (outcome.status !== 'canceled') {
    // What ended it before may still have been cleared away.
    expect(outcome.timings.endedAt).toBeLessThanOrEqual(abortAtMs + 1_000);
    const unanswered = phone.does === 'ring' && phone.request === undefined && removedAtMs === undefined;
    if (unanswered) expect(abortAtMs).toBeGreaterThanOrEqual(ringingTimeoutMs);
  }
  expect(nowMs, 'after the abort').toBeLessThanOrEqual(abortAtMs + 1_000);
  if (outcome.status === 'canceled') checkKeysLeft(course, outcome);
  const connectedAt = (phone.joinsAfterMs ?? 30) + (phone.connectsInMs ?? 3);
  // While keys are pressed, a leg that somebody else removed may leave the request pending for seconds.
  const there = removedAtMs === undefined || course.dtmf === undefined;
  if (there && phone.request === undefined && failingRoomCalls === 0 && abortAtMs > connectedAt + roomCallMs) {
    expect(nowMs, 'after the abort of a call that is there').toBeLessThanOrEqual(abortAtMs + 6 * roomCallMs + 200);
  }
}

/** Who aborts while keys are pressed is told how long the phone still hears them. */
function checkKeysLeft(course: Course, { dtmfRemainingMs: keysLeftMs, timings: { endedAt = 0 } }: DialFailed): void {
  const { phone, dtmf, watch, removedAtMs, failingRoomCalls } = course;
  const decision = decisionOf(course);
  if (dtmf === undefined || phone.does !== 'answer') expect(keysLeftMs).toBeUndefined();
  else if (keysLeftMs !== undefined) expect(keysLeftMs).toBeLessThanOrEqual(dtmfMs);
  if (watch !== 'room' || phone.request !== undefined || removedAtMs !== undefined || failingRoomCalls > 0) return;
  if (dtmf === undefined || phone.does !== 'answer' || decision === undefined || decision.atMs >= 800) return;
  const seenPressing = (course.abortAtMs ?? 0) > decision.atMs && endedAt < decision.atMs + dtmfMs;
  if (seenPressing) expect(keysLeftMs).toBe(decision.atMs + dtmfMs - endedAt);
}
