import { ScriptedLLM } from '@org/briefing-agent/testing';
import { startPhoneLab, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../../vitest.readme.ts';
import { type CallCenter, freshNumber, phoneOf, startCallCenter, voices } from '../support/call-center.js';
import { type Caller, transferWithParts, transferCold, transferToDepartment } from '../manual-workflow.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

function callerOf({ caller, options: { room, session } }: CallCenter): Caller {
  if (room === undefined) throw new Error('the caller is in no room');
  const { url, apiKey, apiSecret, trunkId } = lab;
  return { room, identity: caller.identity, session, server: { url, apiKey, apiSecret }, trunkId };
}

const model = new ScriptedLLM({
  reply: ({ userText, toolResult }) => {
    if (toolResult !== undefined) return undefined;
    const args = { reason: 'That is for billing.', redirect_to: 'billing' };
    return userText === 'no' ? { call: { name: 'decline_transfer', args } } : undefined;
  },
});

/** A human agent who listens to the briefing; then does something. */
const hears =
  (then: PhoneScript): PhoneScript =>
  async (call) => {
    await call.answer();
    await call.waitToHear(voices.agent, { forMs: 300 });
    await then(call);
    call.tone();
  };
const accepts = hears((call) => call.press('1'));
const saysNo = hears((call) => call.say('no'));

describe('a transfer from the parts', () => {
  it.each(['parts', 'redirect', 'cold'])('is what the page shows: %s', (region) => {
    const page = new URL('../manual-workflow.ts', import.meta.url);
    expectReadmeToShow(page, { region, readme: 'docs/manual-workflow.md' });
  });

  it('connects caller and human agent, introduces them, and returns the caller when the human agent hangs up', async () => {
    await using center = await startCallCenter(lab, { llm: model });
    const sales = freshNumber();
    const human = phoneOf(lab, sales, accepts);
    const ending = transferWithParts(callerOf(center), sales);
    const call = await human.nextCall();
    await call.connected();
    await Promise.all([center.caller.waitToHear(voices.human), call.waitToHear(voices.caller)]);
    await center.caller.waitToHear(voices.agent);
    const joinedAt = center.caller.ear.firstHeardAt(voices.human) ?? 0;
    expect(center.caller.ear.heard(voices.agent, { to: joinedAt })).toBe(false);
    await call.hangUp();
    expect(await ending).toEqual({ type: 'talked' });
    expect(center.session.output.audioEnabled).toBe(true);
    expect(center.caller.ended).toBeUndefined();
  }, 60_000);

  it('reports why a human agent declined, or why the call was not answered, with the AI back', async () => {
    await using center = await startCallCenter(lab, { llm: model });
    const sales = freshNumber();
    phoneOf(lab, sales, saysNo);
    const declined = await transferWithParts(callerOf(center), sales);
    expect(declined).toMatchObject({ type: 'declined', reason: 'That is for billing.', redirectTo: 'billing' });
    phoneOf(lab, sales, (call) => call.reject(486));
    expect(await transferWithParts(callerOf(center), sales)).toEqual({ type: 'not-reached', why: 'busy' });
    center.session.say('I am back.');
    await center.caller.waitToHear(voices.agent);
    expect(center.caller.ear.heard(voices.human)).toBe(false);
  }, 60_000);

  it('continues to the department that the human agent names', async () => {
    await using center = await startCallCenter(lab, { llm: model });
    const [sales, billing] = [freshNumber(), freshNumber()];
    phoneOf(lab, sales, saysNo);
    const second = phoneOf(lab, billing, accepts);
    const ending = transferToDepartment(callerOf(center), { sales, billing }, 'sales');
    const call = await second.nextCall({ timeoutMs: 20_000 });
    await call.connected();
    await call.waitToHear(voices.caller, { timeoutMs: 20_000 });
    await center.caller.hangUp();
    expect(await ending).toEqual({ type: 'talked' });
    await call.untilEnded();
  }, 60_000);

  it('cold-transfers the caller without a consult, when their phone does that', async () => {
    await using center = await startCallCenter(lab, { llm: model });
    const elsewhere = freshNumber();
    center.caller.onRefer({ reject: 603 });
    expect(await transferCold(callerOf(center), elsewhere)).toBe(false);
    center.caller.onRefer({ notify: 200 });
    expect(await transferCold(callerOf(center), elsewhere)).toBe(true);
    await center.caller.untilEnded();
  }, 60_000);
});
