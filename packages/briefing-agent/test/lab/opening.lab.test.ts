import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishBriefing } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import { briefed, HEADLINE, TOLD } from '../support/briefed.ts';
import { Consult, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, HUMAN_VOICE, MS_PER_CHARACTER, openLab } from '../support/lab.ts';
import { untilSaid } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const tellsEverybody = (): { say: string } => ({ say: TOLD });

const answeredAt = ({ status }: PhoneCall): number => status.find((one) => one.status === 'active')?.at ?? Number.NaN;

describe('the human agent', () => {
  it('hears by default who is calling after their first utterance, before its words are known, and a yes connects', async () => {
    const speech = { texts: ['Hello?', 'Yes, put her through.'], mark: HUMAN_VOICE };
    const stt = new ScriptedSTT({ speech, finalDelayMs: 1_000, interimResults: true });
    const model = new ScriptedLLM({ reply: () => ({ call: { name: 'connect_to_caller' } }), headline: HEADLINE });
    // The silence alone would take longer than the test.
    const limits = { speakAfterMs: 60_000 };
    let understoodAt = Infinity;
    const onTranscript = (): void => void (understoodAt = Math.min(understoodAt, Date.now()));
    await using consult = await Consult.open(
      lab,
      briefed(plainModel, { models: { stt, llm: model }, limits, onTranscript }),
    );
    let saysHelloAt = Infinity;
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      saysHelloAt = Date.now();
      await phone.speak('Hello?');
      await untilSaid(phone, AGENT_VOICE);
      await phone.speak('Yes, put her through.');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.transcript).toEqual([
      { speaker: 'human', text: 'Hello?' },
      { speaker: 'agent', text: TOLD },
      { speaker: 'human', text: 'Yes, put her through.' },
    ]);
    const wordAt = call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity;
    expect(wordAt).toBeGreaterThan(saysHelloAt);
    expect(wordAt).toBeLessThan(understoodAt);
  });

  it('hears it after 0.8 s of silence when they answer without a word', async () => {
    await using consult = await Consult.open(lab, briefed(plainModel));
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await untilSaid(phone, AGENT_VOICE);
      await phone.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    const afterMs = (call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity) - answeredAt(call);
    expect(afterMs).toBeGreaterThan(700);
    expect(afterMs).toBeLessThan(5000);
  });

  it('does not hear it as a voicemail, even from a model that always says it', async () => {
    const language = { ...englishBriefing, voicemail: ['beep'] };
    const model = new ScriptedLLM({ reply: tellsEverybody, headline: HEADLINE });
    const models = { llm: model, tts: agentTts({ msPerCharacter: 2 * MS_PER_CHARACTER }) };
    await using consult = await Consult.open(
      lab,
      briefed(tellsEverybody, { language, models, limits: { speakAfterMs: 60_000 } }),
    );
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('beep', 'beep');
      phone.tone();
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'voicemail', via: 'detection' });
    const said = result.transcript.filter(({ speaker }) => speaker === 'agent');
    expect(said).toEqual([{ speaker: 'agent', text: englishBriefing.sentences.areYouThere }]);
    // It has 25 characters, and the headline alone would have 50. Ears count in windows of 100 ms.
    const heardCharacters = call.ear.heardMs(AGENT_VOICE) / (2 * MS_PER_CHARACTER);
    expect(heardCharacters).toBeGreaterThan(100 / MS_PER_CHARACTER);
    expect(heardCharacters).toBeLessThan(400 / MS_PER_CHARACTER);
  }, 30_000);
});
