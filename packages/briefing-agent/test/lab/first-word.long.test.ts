import { inference, llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishBriefing } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import { Consult } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, HUMAN_VOICE, openLab } from '../support/lab.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const CALLS = 5;
/** The limit for a first word after the end of the first utterance, beyond the delay of a later recognizer, in milliseconds. */
const WANTED_MS = 450;

/** The milliseconds from the last sound of "Hello" to the first of the headline, at the phone. */
async function firstWordAfter(finalDelayMs: number, vad: inference.VAD | null): Promise<number> {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  const speech = { texts: ['Hello'], mark: HUMAN_VOICE, endSilenceMs: 250 };
  const model = new ScriptedLLM({ reply: () => undefined, headline: 'Jane Doe is on the line about an invoice.' });
  await using consult = await Consult.open(lab, {
    chatCtx,
    greeting: englishBriefing.sentences.greeting,
    models: {
      llm: model,
      stt: new ScriptedSTT({ speech, finalDelayMs, interimResults: true }),
      tts: agentTts({ delayMs: 300 }),
      vad,
    },
    limits: { speakAfterMs: 60_000 },
  });
  let spokenAt = Infinity;
  const call = await consult.brief(async (phone) => {
    await phone.ring(1000);
    await phone.answer();
    await phone.wait(500);
    await phone.speak('Hello');
    spokenAt = Date.now();
    await phone.waitToHear(AGENT_VOICE);
    await phone.press('1');
  });
  expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
  return (call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity) - spokenAt;
}

describe('the first word after the end of the first utterance', () => {
  it.each([
    ['with a VAD', 300, true],
    ['with a VAD and a late recognizer', 600, true],
    ['without a VAD', 300, false],
    ['without a VAD and with a late recognizer', 600, false],
  ] as const)(
    'comes soon %s',
    async (_, finalDelayMs, hasVad) => {
      const tookMs: number[] = [];
      for (let count = 0; count < CALLS; count += 1)
        tookMs.push(await firstWordAfter(finalDelayMs, hasVad ? new inference.VAD() : null));
      tookMs.sort((a, b) => a - b);
      expect(tookMs[2]).toBeGreaterThan(0);
      expect(tookMs[2]).toBeLessThan(5 * WANTED_MS + finalDelayMs - 300);
    },
    120_000,
  );
});
