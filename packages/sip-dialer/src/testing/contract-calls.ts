import { expectFields, expectHungUp, expectNothingLeft, expectReason, fail, reach } from './contract-checks.js';
import type { DialerContractCase, DialerHarness } from './dialer-harness.js';
import type { ScriptedTransfer } from './scripted-transfer.js';

const transferTo = 'sip:+15550199@pbx.example';

/** Short, because the lab waits in real time. */
const ringingTimeoutMs = 1_000;

/** The behaviors of phones that are cold-transferred, and the expected results. */
const transfers: readonly (readonly [title: string, onRefer: ScriptedTransfer, expected: object])[] = [
  ['and goes is transferred', { does: 'go' }, { status: 'transferred' }],
  ['and declines has rejected', { does: 'refuse', sipStatusCode: 603 }, { status: 'rejected', sipStatusCode: 603 }],
  [
    'and cannot is not-supported',
    { does: 'refuse', sipStatusCode: 405 },
    { status: 'not-supported', sipStatusCode: 405 },
  ],
  ['and finds the target busy tells so', { does: 'accept-and-fail', sipStatusCode: 486 }, { sipStatusCode: 486 }],
  ['and never answers is no-response', { does: 'nothing' }, { status: 'no-response', cause: { httpStatus: 408 } }],
];

async function runTransfer(world: DialerHarness, onRefer: ScriptedTransfer, expected: object): Promise<void> {
  const { call, request, watched } = await reach(world, { does: 'answer', afterMs: 60, onRefer });
  const { roomName, participantIdentity: identity } = request;
  const result = await world.dialer.coldTransfer({ roomName, identity, to: transferTo, ringingTimeoutMs });
  expectFields(result, expected, 'result');
  if (onRefer.does === 'go') {
    const { by } = await call.ended;
    if (by !== 'phone' && (watched || by !== 'unknown')) fail(`the phone went, but the call says ${by}`);
    return expectNothingLeft(world);
  }
  // Not every server distinguishes a failed attempt from a rejection; then the result is marked as assumed.
  const told = result.status === 'failed-after-accept' || ('certainty' in result && result.certainty === 'assumed');
  if (onRefer.does === 'accept-and-fail' && !told)
    fail(`${result.status} claims to know that the phone rejected the transfer`);
  if ((await world.leftovers()).length === 0) fail('the call is gone');
  await expectHungUp(world, call);
}

export const callCases: readonly DialerContractCase[] = [
  {
    title: 'an answered phone is a call that can be hung up',
    async run(world) {
      const seen: string[] = [];
      const onProgress = ({ status }: { readonly status: string }): void => void seen.push(status);
      const { call, timings } = await reach(world, { does: 'answer', afterMs: 400 }, { onProgress });
      if (seen.join() !== 'dialing,ringing,answered') fail(`progress was ${seen.join()}`);
      const { requestedAt, dialingAt = 0, ringingAt = 0, answeredAt = 0 } = timings;
      const ordered = requestedAt <= dialingAt && dialingAt <= ringingAt && ringingAt <= answeredAt;
      if (!ordered) fail('timings out of order');
      if (!call.callId?.startsWith('SCL_')) fail('the call has no id');
      await expectHungUp(world, call);
      await call.close();
    },
  },
  {
    title: 'a phone that hangs up ends the call',
    async run(world) {
      const { call, watched } = await reach(world, { does: 'answer', afterMs: 60, hangsUpAfterMs: 200 });
      const { by } = await call.ended;
      // Polling the participant list shows that the leg is gone, and rarely the reason.
      if (by !== 'phone' && (watched || by !== 'unknown')) fail(`the phone hung up, but the call says ${by}`);
      await expectNothingLeft(world);
    },
  },
  {
    title: 'a phone that hangs up while the keys of the dial are playing is failed, not answered',
    async run(world) {
      const request = await world.place({ does: 'answer', afterMs: 60, hangsUpAfterMs: 400 });
      const watch = await world.watch(request.roomName);
      const outcome = await world.dialer.dial({ ...request, watch, dtmf: '12' });
      expectFields(outcome, { status: 'failed', retryable: true });
      if (watch !== undefined) expectFields(outcome, { lastCallStatus: 'hangup' });
      expectReason(outcome, watch, request, 'CLIENT_INITIATED');
      await expectNothingLeft(world);
    },
  },
  {
    title: 'keys sent in the call reach the phone, in order; without a joined room they are rejected',
    async run(world) {
      const { call, watched } = await reach(world, { does: 'answer', afterMs: 60 });
      const sent = await call.sendDtmf('1-w#').catch((error: unknown) => error);
      if (watched) {
        expectFields(sent, { status: 'sent', pressed: 2 }, 'result');
        if (world.keysHeard() !== '1#') fail(`the phone heard ${world.keysHeard()}`);
      } else expectFields(sent, { code: 'missing-option', option: 'watch' }, 'error');
      await expectHungUp(world, call);
    },
  },
  ...transfers.map(([title, onRefer, expected]) => ({
    title: `a phone that is cold-transferred ${title}`,
    run: (world: DialerHarness): Promise<void> => runTransfer(world, onRefer, expected),
  })),
];
