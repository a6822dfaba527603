import type { Dialer } from '../dialer.js';
import type { SipCall } from '../leg/sip-call.js';
import type { WatchableRoom } from '../leg/watchable-room.js';
import type { DialFailed, DialOutcome } from '../outcome/dial-outcome.js';
import type { DialRequest } from '../request/dial-request.js';
import { contractRows } from './contract-rows.js';
import type { ScriptedPhoneBehavior } from './scripted-phone.js';

/** A place to dial in, real or scripted: what the contract's cases need of it. Every case gets a new one, and disposes of it. */
export interface DialerWorld extends AsyncDisposable {
  readonly dialer: Dialer;
  /** Puts up a phone, and gives a request that reaches it in a room of its own. */
  place(phone: ScriptedPhoneBehavior): Promise<DialRequest>;
  /** The same dialer with a wrong API secret. */
  readonly strangerDialer: Dialer;
  /** A dialer of a server that is not there. */
  readonly nowhereDialer: Dialer;
  /** A joined room to give as `watch`, or `undefined` to have the dialer ask. */
  watch(roomName: string): Promise<WatchableRoom | undefined>;
  /** How many requests to dial arrived. */
  requestCount(): number;
  /** Phones that ring or are on the line, and legs in rooms. */
  leftovers(): Promise<readonly string[]>;
  sleep(ms: number): Promise<void>;
}

export interface DialerContractCase {
  /** What must hold, as a test's title. */
  readonly title: string;
  run(world: DialerWorld): Promise<void>;
}

/** What every dialer keeps to. Run each case in a test of its own; a case rejects when the claim is not kept. */
export const dialerContract: readonly DialerContractCase[] = [
  ...contractRows.map(({ title, phone, expected, request, dialer }) => ({
    title,
    async run(world: DialerWorld): Promise<void> {
      const placed = { ...(await world.place(phone)), ...request };
      const watch = await world.watch(placed.roomName);
      const outcome = await world[dialer ?? 'dialer'].dial({ ...placed, watch });
      expectFailure(outcome, expected);
      await expectNothingLeft(world);
    },
  })),
  {
    title: 'an answered phone is a call that can be hung up',
    async run(world) {
      const request = await world.place({ does: 'answer', afterMs: 400 });
      const seen: string[] = [];
      const watch = await world.watch(request.roomName);
      const outcome = await world.dialer.dial(
        { ...request, watch },
        { onProgress: ({ status }) => void seen.push(status) },
      );
      const call = expectAnswer(outcome);
      if (seen.join() !== 'dialing,ringing,answered') fail(`progress was ${seen.join()}`);
      const { requestedAt, dialingAt = 0, ringingAt = 0, answeredAt = 0 } = outcome.timings;
      if (!(requestedAt <= dialingAt && dialingAt <= ringingAt && ringingAt <= answeredAt))
        fail('timings out of order');
      if (!call.callId?.startsWith('SCL_')) fail('the call has no id');
      await call.hangUp();
      const { by } = await call.ended;
      if (by !== 'us') fail(`we hung up, but the call says ${by}`);
      await call.close();
      await expectNothingLeft(world);
    },
  },
  {
    title: 'a phone that hangs up ends the call',
    async run(world) {
      const request = await world.place({ does: 'answer', afterMs: 60, hangsUpAfterMs: 200 });
      const watch = await world.watch(request.roomName);
      const outcome = await world.dialer.dial({ ...request, watch });
      const call = expectAnswer(outcome);
      const { by } = await call.ended;
      // Who only asks for the list sees that the leg is gone, and seldom why.
      if (by !== 'phone' && (watch !== undefined || by !== 'unknown'))
        fail(`the phone hung up, but the call says ${by}`);
      await expectNothingLeft(world);
    },
  },
  ...[0, 5, 20, 35, 50, 80, 120, 300].map((ms) => ({
    title: `aborting after ${ms} ms stops the phone from ringing`,
    async run(world: DialerWorld): Promise<void> {
      const request = await world.place({ does: 'ring' });
      const watch = await world.watch(request.roomName);
      const abort = new AbortController();
      const reason = new Error('the caller left');
      const dialing = world.dialer.dial({ ...request, watch }, { signal: abort.signal });
      await world.sleep(ms);
      abort.abort(reason);
      const outcome = await dialing;
      expectFailure(outcome, { status: 'canceled', retryable: false });
      if ((outcome as DialFailed).cause !== reason) fail('the reason of the signal is lost');
      await expectNothingLeft(world);
    },
  })),
  ...[-10, -2, 0, 2, 10, 30].map((ms) => ({
    title: `aborting ${ms} ms from the answer leaves nobody on the line`,
    async run(world: DialerWorld): Promise<void> {
      const request = await world.place({ does: 'answer', afterMs: 100 });
      const watch = await world.watch(request.roomName);
      const abort = new AbortController();
      const dialing = world.dialer.dial({ ...request, watch }, { signal: abort.signal });
      await world.sleep(100 + ms);
      abort.abort();
      const outcome = await dialing;
      if (outcome.status === 'answered') await outcome.call.hangUp();
      else expectFailure(outcome, { status: 'canceled', retryable: false });
      await expectNothingLeft(world);
    },
  })),
  {
    title: 'a signal that is already aborted sends no request',
    async run(world) {
      const request = await world.place({ does: 'ring' });
      const outcome = await world.dialer.dial(request, { signal: AbortSignal.abort() });
      expectFailure(outcome, { status: 'canceled', retryable: false });
      if (world.requestCount() !== 0) fail('a request was sent');
    },
  },
];

function expectAnswer(outcome: DialOutcome): SipCall {
  if (outcome.status !== 'answered') return fail(`expected an answer, got ${outcome.status}`);
  return outcome.call;
}

function expectFailure(outcome: DialOutcome, expected: Partial<DialFailed>): void {
  const got = outcome as Partial<DialFailed>;
  for (const [field, value] of Object.entries(expected)) {
    const actual = got[field as keyof DialFailed];
    if (actual !== value)
      fail(`${field} should be ${String(value)} and is ${String(actual)}; status ${outcome.status}`);
  }
}

/** The phone needs a moment to notice what the server has done. */
async function expectNothingLeft(world: DialerWorld): Promise<void> {
  if (world.requestCount() > 1) fail(`${world.requestCount()} requests were sent for one attempt`);
  let left = await world.leftovers();
  for (let waited = 0; left.length > 0 && waited < 500; waited += 25) {
    await world.sleep(25);
    left = await world.leftovers();
  }
  if (left.length > 0) fail(`left behind: ${left.join(', ')}`);
}

function fail(message: string): never {
  throw new Error(message);
}
