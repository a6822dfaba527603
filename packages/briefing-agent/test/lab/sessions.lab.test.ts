import { llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishBriefing } from '../../src/index.ts';
import { Consult, type ConsultOptions, plainModel, QUESTION } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, GREETING, LONG_GREETING, openLab, SPARE_VOICE } from '../support/lab.ts';
import { realtime } from '../support/realtime.ts';
import { until, untilSaid, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe('a briefing with a realtime model and nothing else', () => {
  it('accepts by a word of yes', async () => {
    const { model, ...options } = realtime();
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.transcript).toEqual([
      { speaker: 'agent', text: GREETING },
      { speaker: 'human', text: 'yes' },
    ]);
    expect(model.turns[0]?.instructions).toContain('connect_to_caller');
    expect(model.turns[1]?.toolNames).toHaveLength(3);
  });

  it('hears nothing before brief(), and answers nothing after the decision', async () => {
    const { model, ...options } = realtime();
    await using consult = await Consult.open(lab, { ...options, greeting: null });
    const call = await consult.dial(async (phone) => phone.answer());
    await call.say('yes');
    await wait(500);
    expect(model.turns).toEqual([]);
    consult.briefing.brief();
    await call.press('2');
    expect((await consult.briefing.result).type).toBe('declined');
    await call.say('hello');
    await wait(1000);
    expect(model.turns).toEqual([]);
  });

  it('says the headline after the first utterance, and no words of the model before', async () => {
    const { model, models } = realtime({
      frequency: SPARE_VOICE,
      reply: ({ userText }) =>
        userText.endsWith('yes')
          ? { call: { name: 'connect_to_caller' } }
          : { say: 'I answer at once, as I always do.' },
    });
    // The silence alone would take longer than the test.
    const limits = { speakAfterMs: 60_000 };
    const greeting = `{headline} ${QUESTION}`;
    await using consult = await Consult.open(lab, { models: { ...models, tts: agentTts() }, greeting, limits });
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('hello');
      await untilSaid(phone, AGENT_VOICE);
      await phone.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.transcript).toEqual([
      { speaker: 'human', text: 'hello' },
      { speaker: 'agent', text: `${englishBriefing.sentences.headline} ${QUESTION}` },
      { speaker: 'human', text: 'yes' },
    ]);
    expect(model.turns.map(({ userText }) => userText.split(' ').at(-1))).toEqual(['hello', 'yes']);
    expect(call.ear.heardMs(SPARE_VOICE)).toBe(0);
  });

  it('accepts no word, and asks for the key, when the model does not transcribe', async () => {
    const { model, ...options } = realtime({ capabilities: { userTranscription: false } });
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
      await until(() => model.turns.length === 3);
      await call.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    expect(model.turns.at(-1)?.toolResult?.output).toMatch(/press 1 to be connected/);
  });
});

const duplex = (more: Parameters<typeof realtime>[0] = {}): ReturnType<typeof realtime> =>
  realtime({ capabilities: { supportsOverlappingSpeech: true }, ...more });

describe('a briefing with a realtime model that speaks while it hears', () => {
  it.each([
    ['yes', { type: 'accepted', via: 'voice' }],
    ['no', { type: 'declined', via: 'voice', reason: 'too busy' }],
  ] as const)('decides by a word of %s', async (word, decision) => {
    const { model: _, ...options } = duplex();
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say(word);
    });
    expect(await consult.briefing.result).toMatchObject(decision);
  });

  it('connects by a yes over its speech, and is not interrupted before that is understood', async () => {
    const { model: _, ...options } = duplex({
      // Asks first: words that follow the yes are no question for it.
      reply: (turn) =>
        turn.userText === '' ? { say: `Will you take the call? ${LONG_GREETING.repeat(2)}` } : plainModel(turn),
    });
    await using consult = await Consult.open(lab, options);
    let said = { from: 0, to: 0 };
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE, { forMs: 1000 });
      const from = Date.now();
      await phone.say('yes');
      said = { from: from + 150, to: Date.now() };
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(call.ear.heardMs(AGENT_VOICE, said)).toBeGreaterThan(0.5 * (said.to - said.from));
  });
});

describe('a briefing without a model', () => {
  const options: ConsultOptions = {
    models: { llm: null, stt: null },
    greeting: 'Hello, I have a caller.',
    message: 'An invoice is wrong.',
    limits: { firstSpeechMs: 600 },
  };
  const read = 'Hello, I have a caller. An invoice is wrong. Press 1 to take the call, 2 to decline.';

  it('reads a message with the keys, and accepts by a key', async () => {
    await using consult = await Consult.open(lab, { ...options, limits: { firstSpeechMs: 10_000 } });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await untilSaid(phone, AGENT_VOICE);
      // The framework reports a sentence some time after its last sound.
      await until(() => consult.briefing.transcript.length > 0);
      await phone.press('1');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'key', transcript: [{ speaker: 'agent', text: read }] });
    // 85 characters of 8 ms each.
    expect(call.ear.heardMs(AGENT_VOICE)).toBeGreaterThan(400);
  });

  it('accepts nothing by voice, says the keys again, and ends with no-speech', async () => {
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      for (;;) await phone.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'no-speech', limit: 'first-speech' });
    expect(result.transcript.map(({ text }) => text)).toEqual([read, 'Press 1 to take the call, 2 to decline.']);
  });
});

describe('a briefing with options of the program', () => {
  it('is decided by its keys instead of 1 and 2, and names them in the greeting', async () => {
    await using consult = await Consult.open(lab, { keys: { accept: '7', decline: '1' }, greeting: 'A call. {keys}' });
    await consult.brief(async (call) => {
      await call.answer();
      await until(() => consult.briefing.transcript.length > 0);
      await call.press('1');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'declined', via: 'key' });
    expect(result.transcript[0]?.text).toContain('Press 7 to take the call, 1 to decline.');
  });

  it('that cannot be interrupted neither stops nor answers at a word over the greeting', async () => {
    await using consult = await Consult.open(lab, { greeting: LONG_GREETING, allowInterruptions: false });
    await consult.brief(async (call) => {
      await call.answer();
      await call.waitToHear(AGENT_VOICE, { forMs: 100 });
      await call.say('hello');
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text)).toEqual([
      LONG_GREETING,
    ]);
    expect(consult.model.turns.map(({ userText }) => userText)).toEqual(['yes']);
  });

  it('replaces built-in tools by those of the program with their names', async () => {
    const mine = llm.tool({ name: 'connect_to_caller', description: 'Mine.', execute: async () => 'asked the boss' });
    await using consult = await Consult.open(lab, {
      tools: [mine],
      reply: (turn) => (turn.toolResult === undefined ? plainModel(turn) : { say: 'The boss decides.' }),
    });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    await until(() => consult.model.turns.length === 2);
    expect(consult.model.turns[1]?.toolResult?.output).toBe('"asked the boss"');
    await consult.briefing.close();
    expect((await consult.briefing.result).type).toBe('canceled');
  });
});
