import { ScriptedLLM } from '@org/briefing-agent/testing';
import { startPhoneLab, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { expectReadmeToShow } from '../../../../vitest.readme.ts';
import { callDepartment } from '../readme-departments.js';
import { ringThree } from '../support/ring-three.js';
import {
  answerAndSay,
  type CallCenter,
  freshNumber,
  phoneOf,
  saysYes,
  startCallCenter,
  type vocabulary,
  voices,
} from '../support/call-center.js';

const elsewhere = '+15550177';
/** In the README. */
const billing = '+15550151';
const frontDesk = '+15550171';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

const says =
  (word: keyof typeof vocabulary): PhoneScript =>
  async (call) => {
    await answerAndSay(word)(call);
    call.tone();
  };

function calling(options: CallCenter['options'], changed: Partial<CallCenter['options']>): WarmTransfer {
  return new WarmTransfer({ ...options, sipCallTo: undefined, ...changed });
}

describe('a list of targets', () => {
  it('continues to the second when the first is busy, and reports both', async () => {
    await using center = await startCallCenter(lab);
    const [ada, bea] = [freshNumber(), freshNumber()];
    phoneOf(lab, ada, (call) => call.reject(486));
    phoneOf(lab, bea, says('yes'));
    await using transfer = calling(center.options, { targets: [{ sipCallTo: ada, name: 'Ada' }, bea] });
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({
      status: 'connected',
      attempts: [
        { attemptId: '1', sipCallTo: ada, name: 'Ada', result: { status: 'busy', sipStatusCode: 486 } },
        { attemptId: '2', sipCallTo: bea, timings: { mergedAt: expect.any(Number) } },
      ],
      transcript: expect.arrayContaining([{ speaker: 'human', text: 'yes' }]),
    });
    expect(outcome.attempts[1]).not.toHaveProperty('result');
    await center.caller.waitToHear(voices.human);
    expect(transfer.state).toMatchObject({
      phase: 'connected',
      attemptId: '2',
      caller: 'escalated',
      humanAgent: 'merged',
    });
  }, 60_000);
});

describe('several phones in parallel', () => {
  it('answered 5 ms apart, twice: one has the caller, and none rings on', async () => {
    await using center = await startCallCenter(lab);
    for (let round = 0; round < 2; round += 1) await ringThree(lab, center.options);
    expect(center.session.output.audioEnabled).toBe(true);
  }, 60_000);

  it('in stages: the first rings on while the second is called, and stops when that answers', async () => {
    await using center = await startCallCenter(lab);
    const [ada, bea] = [freshNumber(), freshNumber()];
    const first = phoneOf(lab, ada, (call) => call.neverAnswer());
    const second = phoneOf(lab, bea, async (call) => {
      await call.ring(300);
      await call.answer();
    });
    await using transfer = calling(center.options, {
      targets: { stages: [{ targets: ada, nextAfterMs: 1000 }, { targets: bea }] },
    });
    const running = transfer.run();
    const [ringing, answering] = [await first.nextCall(), await second.nextCall()];
    expect(ringing.ended).toBeUndefined();
    await answering.connected();
    await ringing.untilEnded();
    expect(answering.ended).toBeUndefined();
    transfer.cancel();
    expect(await running).toMatchObject({
      status: 'aborted',
      attempts: [{ result: { status: 'answered-elsewhere' } }, { result: { status: 'canceled' } }],
    });
  }, 60_000);
});

describe('the README example of departments', () => {
  it('is what the README shows', () => {
    expectReadmeToShow(new URL('../readme-departments.ts', import.meta.url), {
      readme: '../../docs/reference/warm-transfer.md',
    });
  });
});

describe('what a policy does when all attempts fail', () => {
  it('redirects to the department that the human agent named', async () => {
    const llm = new ScriptedLLM({
      reply: ({ userText, toolResult }) => {
        if (toolResult !== undefined) return undefined;
        const args = { reason: 'That is not mine.', redirect_to: 'the front desk' };
        return saysYes(userText)
          ? { call: { name: 'connect_to_caller' } }
          : { call: { name: 'decline_transfer', args } };
      },
    });
    await using center = await startCallCenter(lab, { llm });
    phoneOf(lab, billing, says('no'));
    phoneOf(lab, frontDesk, says('yes'));
    const outcome = await callDepartment({ ...center.options, sipCallTo: undefined }, 'billing');
    expect(outcome).toMatchObject({
      status: 'connected',
      attempts: [{ result: { status: 'declined', redirectTo: 'the front desk' } }, { sipCallTo: frontDesk }],
    });
    await center.caller.waitToHear(voices.human);
    if (outcome.status === 'connected') await outcome.call.hangUp();
  }, 60_000);

  it('cold-transfers the caller, and reports the first cause', async () => {
    await using center = await startCallCenter(lab);
    const ada = freshNumber();
    phoneOf(lab, ada, (call) => call.reject(486));
    center.caller.onRefer({ notify: 200 });
    await using transfer = calling(center.options, {
      targets: ada,
      policy: { busy: ['next-target', { coldTransfer: elsewhere }] },
    });
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'busy', sipStatusCode: 486, caller: 'cold-transferred', warnings: [] });
    expect(outcome.describe()).toBe('The caller was transferred to another number.');
    await center.caller.untilEnded();
    expect(center.caller.refers).toMatchObject([{ number: elsewhere }]);
  }, 60_000);

  it('returns the caller when their phone rejects the cold transfer', async () => {
    await using center = await startCallCenter(lab);
    const ada = freshNumber();
    center.caller.onRefer({ reject: 603 });
    phoneOf(lab, ada, (call) => call.reject(486));
    await using transfer = calling(center.options, { targets: ada, policy: { busy: { coldTransfer: elsewhere } } });
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'busy', caller: 'returned' });
    expect(outcome.warnings).toMatchObject([{ message: 'the cold transfer of the caller failed: rejected' }]);
    expect(center.session.output.audioEnabled).toBe(true);
  }, 60_000);
});

describe('the caller', () => {
  it('is returned to the AI by a key, which reaches no other participant, and the phone stops ringing', async () => {
    await using center = await startCallCenter(lab);
    const ada = freshNumber();
    const human = phoneOf(lab, ada, (call) => call.neverAnswer());
    await using transfer = calling(center.options, { targets: ada, cancelKey: '*' });
    const running = transfer.run();
    const humanCall = await human.nextCall();
    await center.caller.press('1');
    await center.caller.press('*');
    expect(await running).toMatchObject({ status: 'caller-canceled', caller: 'returned', warnings: [] });
    await humanCall.untilEnded();
    expect(humanCall.keys).toEqual([]);
    center.session.say('I am back.');
    await center.caller.waitToHear(voices.agent);
  }, 60_000);

  it('talks to the AI until a phone is answered, if so wished', async () => {
    await using center = await startCallCenter(lab);
    const ada = freshNumber();
    const human = phoneOf(lab, ada, async (call) => {
      await call.ring(1500);
      await call.answer();
    });
    await using transfer = calling(center.options, { targets: ada, holdCallerOn: 'answer' });
    const running = transfer.run();
    const humanCall = await human.nextCall();
    expect(transfer.state).toMatchObject({ caller: 'active' });
    center.session.say('I am calling them now.');
    await center.caller.waitToHear(voices.agent);
    await humanCall.connected();
    await vi.waitFor(() => expect(transfer.state.caller).toBe('escalated'), 5000);
    expect(center.session.output.audioEnabled).toBe(false);
    transfer.cancel();
    expect(await running).toMatchObject({ status: 'aborted', caller: 'returned' });
  }, 60_000);

  it('is not put on hold when it is known that there is no target, and events tell all', async () => {
    await using center = await startCallCenter(lab);
    const ada = freshNumber();
    await using transfer = calling(center.options, {
      department: 'accounting',
      departments: { billing: ada },
      onPhase: () => {
        expect(center.session.output.audioEnabled).toBe(true);
      },
    });
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'no-target', why: 'unknown-department', attempts: [], warnings: [] });
    expect(outcome.describe()).toBe('I do not know that department.');
    const phases: string[] = [];
    for await (const { phase } of transfer.events) phases.push(phase);
    expect(phases).toEqual(['ended']);
    expect(Object.keys(outcome.timings.phasesMs)).toEqual(['ended']);
  }, 60_000);
});
