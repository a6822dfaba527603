import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedSTT } from '../../src/testing.ts';
import { Consult, type ConsultOptions, QUESTION } from '../support/fixture.ts';
import { AGENT_VOICE, HUMAN_VOICE, openLab } from '../support/lab.ts';
import { until, untilSaid } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** A recognizer that is as late as a real one, and a model that always connects. */
const hearing = (...texts: string[]): ConsultOptions => ({
  models: {
    stt: new ScriptedSTT({ speech: { texts, mark: HUMAN_VOICE }, finalDelayMs: 600, interimResults: true }),
  },
  reply: ({ toolResult }) => (toolResult === undefined ? { call: { name: 'connect_to_caller' } } : { say: QUESTION }),
});

describe('a human agent, with a model that always connects', () => {
  it('is asked once more after a question, and then for the key', async () => {
    await using consult = await Consult.open(lab, hearing('Who is it?', 'What is it about?'));
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.speak('Who is it?');
      await until(() => consult.model.turns.length === 2);
      await untilSaid(call, AGENT_VOICE);
      await call.speak('What is it about?');
      await until(() => consult.model.turns.length === 4);
      await call.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    const told = consult.model.turns.flatMap(({ toolResult }) => toolResult?.output ?? []);
    expect(told).toEqual([
      expect.stringMatching(/no clear yes.*Who is it\?/),
      expect.stringMatching(/do not ask for one again.*press 1 to be connected/),
    ]);
    expect(consult.model.judged).toEqual(['Who is it?', 'What is it about?']);
  });
});
