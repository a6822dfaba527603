import { llm } from '@livekit/agents';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { accepts, connect, startCallCenter, voices } from '../support/call-center.js';
import { declineOnceHeard, declineWith, LimitedSTT, refusal } from '../support/failing-models.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe.concurrent('a caller whose session is closed', () => {
  it('is hung up on where the phone rejects the cold transfer', async () => {
    await using center = await startCallCenter(lab);
    const { caller, session, options } = center;
    caller.onRefer({ reject: 603 });
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer({ ...options, onSessionClosed: { coldTransferTo: '+15550301' } });
    const { call } = await connect(transfer);
    await session.close();
    await (await human.nextCall()).line.lose('removed');
    expect(await call.ended).toMatchObject({ by: 'line', caller: 'hung-up' });
    await caller.finished;
    expect(caller.refers).toHaveLength(1);
  }, 60_000);

  it('has the transfer canceled whose human agent is briefed, and is not left in silence', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.answer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    const call = await human.nextCall();
    await call.connected();
    await center.session.close();
    expect(await running).toMatchObject({
      status: 'aborted',
      cause: new Error('the session of the caller is closing'),
      caller: 'hung-up',
    });
    await Promise.all([call.untilEnded(), center.caller.finished]);
  }, 60_000);

  it('has a transfer canceled before it begins', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    await center.session.close();
    expect(await transfer.run()).toMatchObject({ status: 'aborted', caller: 'hung-up' });
    expect(human.calls).toHaveLength(0);
    await center.caller.finished;
  }, 60_000);
});

describe.concurrent('the session of a caller, whose models the consult shares,', () => {
  it.each(['fails', 'hangs'] as const)(
    'lives on, and hears of nothing, when a stream of its recognizer %s',
    async (fate) => {
      const stt = new LimitedSTT(fate);
      const { outcome, heard, isAnswered } = await declineWith(lab, { stt }, declineOnceHeard(voices.agent));
      expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
      expect(isAnswered).toBe(true);
      // Of its own voice only, when the caller is back.
      expect(heard.filter((what) => what !== 'tts_metrics')).toEqual([]);
      expect(heard.length).toBeLessThanOrEqual(1);
    },
    60_000,
  );

  it('lives on, and hears of nothing, when its language model rejects the consult with 429', async () => {
    let asked = 0;
    const model = new ScriptedLLM({
      reply: () => {
        asked += 1;
        throw refusal();
      },
    });
    const chatCtx = llm.ChatContext.empty();
    for (let at = 0; at < 5; at += 1) chatCtx.addMessage({ role: 'user', content: `It is number ${at}.` });
    const more = { briefing: { context: { scope: 'summary' } }, chatCtx } as const;
    const { outcome, heard, isAnswered } = await declineWith(lab, { llm: model }, declineOnceHeard(voices.agent), more);
    expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
    expect(asked).toBeGreaterThan(0);
    expect(isAnswered).toBe(true);
    expect(heard.filter((what) => what !== 'tts_metrics')).toEqual([]);
  }, 60_000);
});
