import { llm } from '@livekit/agents';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voices } from './call-center.js';
import { declineOnceHeard, LimitedSTT, models, refusal, transferWith } from './shared-models.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe.concurrent('the session of a caller whose models the consult shares', () => {
  it.each(['fails', 'hangs'] as const)(
    'lives on, and hears of nothing, when a stream of its recognizer %s',
    async (fate) => {
      const shared = models({ stt: new LimitedSTT(fate) });
      const { outcome, heard, isAnswered } = await transferWith(
        lab,
        `stt ${fate}`,
        shared,
        declineOnceHeard(voices.agent),
      );
      expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
      expect(isAnswered).toBe(true);
      // Of its own voice only, when the caller is back.
      expect(new Set(heard)).toEqual(new Set(heard.filter((what) => what === 'tts_metrics')));
      expect(heard.length).toBeLessThanOrEqual(1);
    },
    60_000,
  );

  it('lives on, and hears of nothing, when its language model refuses the consult with 429', async () => {
    let asked = 0;
    const shared = models({
      llm: new ScriptedLLM({
        reply: () => {
          asked += 1;
          throw refusal();
        },
      }),
    });
    const texts = Array.from({ length: 5 }, (_, at) => `It is number ${at}.`);
    const { outcome, heard, isAnswered } = await transferWith(
      lab,
      'llm refused',
      shared,
      declineOnceHeard(voices.agent),
      {
        briefing: { context: { scope: 'summary' } },
        chatCtx: conversation(texts),
      },
    );
    expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
    expect(asked).toBeGreaterThan(0);
    expect(isAnswered).toBe(true);
    expect(heard.filter((what) => what !== 'tts_metrics')).toEqual([]);
  }, 60_000);
});

function conversation(texts: readonly string[]): llm.ChatContext {
  const chatCtx = llm.ChatContext.empty();
  for (const content of texts) chatCtx.addMessage({ role: 'user', content });
  return chatCtx;
}
