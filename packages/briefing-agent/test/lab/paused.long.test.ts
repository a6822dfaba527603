import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import { briefed, HEADLINE, TOLD } from '../support/briefed.ts';
import { Consult, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, HUMAN_VOICE, MS_PER_CHARACTER, openLab } from '../support/lab.ts';
import { until, untilSaid } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

it('a human agent who pauses and continues hears the beginning again when they have ended', async () => {
  const texts = ['Acme.', 'Ann speaking.', 'Yes, put her through.'];
  const stt = new ScriptedSTT({ speech: { texts, mark: HUMAN_VOICE }, finalDelayMs: 600, interimResults: true });
  const connects = new ScriptedLLM({ reply: () => ({ call: { name: 'connect_to_caller' } }), headline: HEADLINE });
  const models = { stt, llm: connects, tts: agentTts({ msPerCharacter: 5 * MS_PER_CHARACTER }) };
  await using consult = await Consult.open(lab, briefed(plainModel, { models, limits: { speakAfterMs: 60_000 } }));
  let [pausedAt, spokenAt] = [Infinity, Infinity];
  const call = await consult.brief(async (phone) => {
    await phone.answer();
    await phone.speak('Acme.');
    pausedAt = Date.now();
    await phone.waitToHear(AGENT_VOICE, { forMs: 200 });
    await phone.speak('Ann speaking.');
    spokenAt = Date.now();
    await until(() => phone.ear.firstHeardAt(AGENT_VOICE, { from: spokenAt }) !== undefined);
    await untilSaid(phone, AGENT_VOICE);
    await phone.speak('Yes, put her through.');
  });
  const result = await consult.briefing.result;
  expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
  expect(result.transcript.filter(({ speaker }) => speaker === 'agent')).toEqual([{ speaker: 'agent', text: TOLD }]);
  // Part of the introduction, which has 37 characters.
  const begun = call.ear.heardMs(AGENT_VOICE, { from: pausedAt, to: spokenAt });
  expect(begun).toBeGreaterThan(100);
  expect(begun).toBeLessThan(37 * 5 * MS_PER_CHARACTER);
}, 60_000);
