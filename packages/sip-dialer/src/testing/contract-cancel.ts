import { deferred } from '@org/support';
import type { DialProgress } from '../outcome/dial-outcome.js';
import { expectCanceled, expectNothingLeft, fail } from './contract-checks.js';
import type { ContractCallee, DialerContractCase, DialerHarness } from './dialer-harness.js';

/** When to abort: so many milliseconds after the request, or in the progress event. */
type Moment = number | DialProgress['status'];

async function abortAt(world: DialerHarness, phone: ContractCallee, moment: Moment): Promise<void> {
  const request = await world.place(phone);
  const watch = await world.watch(request.roomName);
  const abort = new AbortController();
  const reason = new Error('the caller left');
  const dialing = world.dialer.dial(
    { ...request, watch },
    { signal: abort.signal, onProgress: ({ status }) => void (status === moment && abort.abort(reason)) },
  );
  if (typeof moment === 'number') {
    if (moment > 0) await world.sleep(moment);
    abort.abort(reason);
  }
  const outcome = await dialing;
  if (outcome.status === 'answered') {
    // The answer came first, and the call belongs to the application.
    if (phone.does !== 'answer') fail('no phone answered, but the outcome says so');
    await outcome.call.hangUp();
  } else expectCanceled(outcome, reason);
  await expectNothingLeft(world);
}

const cancel = (title: string, phone: ContractCallee, moment: Moment): DialerContractCase => ({
  title,
  run: (world) => abortAt(world, phone, moment),
});

const ring: ContractCallee = { does: 'ring' };
const answer: ContractCallee = { does: 'answer', afterMs: 100 };

/** Twenty moments from before the request to after the answer. */
export const cancelCases: readonly DialerContractCase[] = [
  {
    title: 'a signal that is already aborted sends no request',
    async run(world) {
      const request = await world.place(ring);
      expectCanceled(await world.dialer.dial(request, { signal: AbortSignal.abort() }));
      if (world.requestCount() !== 0) fail('a request was sent');
    },
  },
  cancel('aborting in the tick of the request, before it is on its way, leaves no phone ringing', ring, 0),
  ...[1, 5, 20, 35, 50, 80, 120, 300].map((ms) =>
    cancel(`aborting after ${ms} ms stops the phone from ringing`, ring, ms),
  ),
  cancel('aborting when the leg has joined stops the phone from ringing', ring, 'dialing'),
  cancel('aborting when it rings stops the phone from ringing', ring, 'ringing'),
  ...[-10, -2, 0, 2, 10, 30].map((ms) =>
    cancel(`aborting ${ms} ms from the answer leaves no phone on the line`, answer, 100 + ms),
  ),
  cancel(
    'aborting while the good news is on its way from the server leaves no phone on the line',
    { ...answer, responseMs: 600 },
    400,
  ),
  {
    title:
      'aborting while the keys of the dial are pressed is canceled immediately, and reports how long the phone hears them',
    async run(world) {
      const request = await world.place({ does: 'answer', afterMs: 60 });
      const watch = await world.watch(request.roomName);
      const abort = new AbortController();
      const reason = new Error('the caller left');
      const joined = deferred<void>();
      const dialing = world.dialer.dial(
        { ...request, watch, dtmf: '123456' },
        { signal: abort.signal, onProgress: ({ status }) => void (status === 'dialing' && joined.resolve()) },
      );
      await joined.promise;
      // 3 s of keys; polling needs a moment to see that they are playing.
      await world.sleep(900);
      const abortedAt = performance.now();
      abort.abort(reason);
      const outcome = await dialing;
      const tookMs = performance.now() - abortedAt;
      if (outcome.status === 'answered') fail('it was aborted, but the outcome is answered');
      expectCanceled(outcome, reason);
      const { dtmfRemainingMs = 0 } = outcome;
      if (dtmfRemainingMs < 100 || dtmfRemainingMs > 3_120) fail(`dtmfRemainingMs is ${dtmfRemainingMs}`);
      if (tookMs > 2_000) fail(`it took ${tookMs} ms`);
      await world.sleep(dtmfRemainingMs);
      await expectNothingLeft(world);
    },
  },
  cancel('aborting when it was just answered leaves no phone on the line', answer, 'answered'),
];
