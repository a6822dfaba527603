import type { DialOptions } from '../dial/dialer.js';
import type { SipCall } from '../call/sip-call.js';
import type { DialAnswered, DialOutcome } from '../outcome/dial-outcome.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';
import type { WatchableRoom } from '../api/watchable-room.js';
import type { DialRequest } from '../request/dial-request.js';
import type { ContractCallee, DialerHarness } from './dialer-harness.js';

export function fail(message: string): never {
  throw new Error(message);
}

/** Calls a phone, which must answer. */
export async function reach(
  world: DialerHarness,
  phone: ContractCallee,
  options: DialOptions = {},
): Promise<DialAnswered & { readonly request: DialRequest; readonly watched: boolean }> {
  const request = await world.place(phone);
  const watch = await world.watch(request.roomName);
  const outcome = await world.dialer.dial({ ...request, watch }, options);
  if (outcome.status !== 'answered') return fail(`expected an answer, got ${outcome.status}`);
  return { ...outcome, request, watched: watch !== undefined };
}

/** Compares every expected field, also in nested objects. */
export function expectFields(actual: unknown, expected: object, path = 'outcome'): void {
  for (const [field, wanted] of Object.entries(expected) as [string, unknown][]) {
    const got = (actual as Record<string, unknown> | undefined)?.[field];
    const place = `${path}.${field}`;
    if (typeof wanted === 'object' && wanted !== null && !(wanted instanceof Error)) expectFields(got, wanted, place);
    else if (got !== wanted) fail(`${place} should be ${String(wanted)} and is ${String(got)}`);
  }
}

/**
 * Checks the disconnect reason of an outcome, if the room is observed.
 *
 * A leg that is still in the room at the outcome has no reason yet: a busy server reports it later.
 */
export function expectReason(
  outcome: DialOutcome,
  watch: WatchableRoom | undefined,
  { participantIdentity }: DialRequest,
  disconnectReason: DisconnectReasonName,
): void {
  if (watch === undefined || watch.remoteParticipants.has(participantIdentity)) return;
  expectFields(outcome, { disconnectReason });
}

export function expectCanceled(outcome: DialOutcome, cause?: Error): void {
  expectFields(outcome, { status: 'canceled', retryable: false, ...(cause !== undefined && { cause }) });
}

export async function expectHungUp(world: DialerHarness, call: SipCall): Promise<void> {
  await call.hangUp();
  const { by } = await call.ended;
  if (by !== 'us') fail(`we hung up, but the call says ${by}`);
  await expectNothingLeft(world);
}

/** How long a phone may take to notice an action of the server, in milliseconds; about 40 on an idle machine. */
const noticeLimitMs = 2_500;

/** Fails unless the phone and its leg have left soon. */
export async function expectNothingLeft(world: DialerHarness): Promise<void> {
  if (world.requestCount() > 1) fail(`${world.requestCount()} requests were sent for one attempt`);
  let left = await world.leftovers();
  for (let waited = 0; left.length > 0 && waited < noticeLimitMs; waited += 25) {
    await world.sleep(25);
    left = await world.leftovers();
  }
  if (left.length > 0) fail(`left behind: ${left.join(', ')}`);
}
