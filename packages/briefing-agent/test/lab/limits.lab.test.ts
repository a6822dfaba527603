import { llm, type voice } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { deferred } from '@org/support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishBriefing } from '../../src/index.ts';
import { ScriptedSTT } from '../../src/testing.ts';
import { Consult } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, ENDLESS, GREETING, openLab, SPARE_VOICE, words } from '../support/lab.ts';
import { until, untilSaid, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const never = (): Promise<never> => new Promise(() => undefined);
const { areYouThere, stillThere, filler, timeUp, fallback, keys } = englishBriefing.sentences;
const spoken = (text: string): string =>
  text.replace('{keys}', keys).replace('{accept}', '1').replace('{decline}', '2');

describe('a human agent who says nothing', () => {
  it('is asked once whether they are there, and then the briefing ends with no-speech', async () => {
    await using consult = await Consult.open(lab, { limits: { firstSpeechMs: 600 } });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'no-speech', limit: 'first-speech' });
    expect(result.transcript.map(({ text }) => text)).toEqual([GREETING, areYouThere]);
    // Greeting of 900 ms, question of 200 ms, and two limits, which are suspended while the agent speaks.
    expect(result.timings.decidedMs).toBeGreaterThan(2000);
    expect(consult.model.turns).toEqual([]);
  });

  it('is briefed when they speak after that question, and accepts', async () => {
    await using consult = await Consult.open(lab, { greeting: null, limits: { firstSpeechMs: 1500 } });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('hello');
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
  });

  it('after having spoken is asked once more, hears that time is up, and then the briefing ends with no-speech', async () => {
    await using consult = await Consult.open(lab, { limits: { questionMs: 700, silenceMs: 1400 } });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.say('hello');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'no-speech', limit: 'silence', spokenSentence: 'timeUp' });
    // The greeting may be interrupted; an answer of 200 ms, and the last sentence of 240 ms.
    expect(call.ear.heardMs(AGENT_VOICE)).toBeGreaterThanOrEqual(300);
    expect(result.transcript.slice(-2).map(({ text }) => text)).toEqual([spoken(stillThere), timeUp]);
  });
});

it('a late answer of the model is preceded by a filler, which is heard while the model works', async () => {
  let answeredAt = 0;
  const reply = async (): Promise<{ say: string }> => {
    await wait(2500);
    answeredAt = Date.now();
    return { say: 'It is about an invoice.' };
  };
  await using consult = await Consult.open(lab, { greeting: null, reply, limits: { fillerMs: 500 } });
  // A busy computer tears the word of the phone in two: only the agent's words count.
  const said = (): readonly string[] =>
    consult.briefing.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);
  const call = await consult.brief(async (phone) => {
    await phone.ring(300);
    await phone.answer();
    await phone.say('hello');
    await phone.waitToHear(AGENT_VOICE);
    await until(() => said().length > 0);
    await phone.press('1');
  });
  const { modelFailure } = await consult.briefing.result;
  expect(modelFailure).toBeUndefined();
  expect(said()).toEqual([`${filler} It is about an invoice.`]);
  expect(call.ear.firstHeardAt(AGENT_VOICE)).toBeLessThan(answeredAt);
});

describe('a human agent who talks without a decision', () => {
  it('hears at the limit that time is up', async () => {
    await using consult = await Consult.open(lab, { limits: { totalMs: 2500 } });
    await consult.brief(async (call) => {
      await call.ring(300);
      await call.answer();
      for (;;) await call.say('hello');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'timed-out', limit: 'total', spokenSentence: 'timeUp' });
    expect(result.timings.decidedMs).toBeGreaterThanOrEqual(2500);
    expect(consult.model.turns.length).toBeGreaterThan(0);
  });

  it('can still press a key during that sentence, which is then interrupted', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      sentences: { timeUp: ENDLESS },
      limits: { totalMs: 500 },
    });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.press('1');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'key' });
    expect(result.spokenSentence).toBeUndefined();
    // Wanted: interrupted within 200 ms.
    const from = Date.now() + 500;
    await wait(1000);
    expect(call.ear.heardMs(AGENT_VOICE, { from })).toBe(0);
  });

  it('hears nothing when the sentence is null', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      sentences: { timeUp: null },
      limits: { totalMs: 500 },
    });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect([result.type, result.spokenSentence, result.transcript]).toEqual(['timed-out', undefined, []]);
  });

  it('hears the sentence from a function of the program', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      sentences: { timeUp: (session: voice.AgentSession) => session.say('Mine.') },
      limits: { totalMs: 500 },
    });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect(result.transcript).toEqual([{ speaker: 'agent', text: 'Mine.' }]);
  });
});

describe('the fallback', () => {
  const fallbackTts = agentTts({ frequency: SPARE_VOICE });

  it.each([
    ['the language model fails', { reply: () => Promise.reject(new Error('no credit')) }, 'no credit'],
    [
      'the language model hangs',
      { reply: never, limits: { replyMs: 1200 } },
      'the models did not answer within 1200 ms',
    ],
  ])('is heard, and a key counts, when %s', async (_, options, message) => {
    // No greeting: a voice that is late on a busy computer counts as a late model.
    await using consult = await Consult.open(lab, { greeting: null, ...options, models: { fallbackTts } });
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('yes');
      await untilSaid(phone, SPARE_VOICE);
      await phone.press('1');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'key', modelFailure: new Error(message) });
    expect(result.transcript.at(-1)?.text).toBe(spoken(fallback));
    // A limit of one second.
    expect(call.ear.heardMs(SPARE_VOICE)).toBeGreaterThanOrEqual(800);
  });

  it('is heard, and a key counts, when the voice fails', async () => {
    const tts = agentTts({ fails: new Error('no voice') });
    await using consult = await Consult.open(lab, { models: { tts, fallbackTts } });
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(SPARE_VOICE);
      await phone.press('2');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'declined', via: 'key', modelFailure: expect.any(Error) });
  });

  it('is not said while a tool of the program takes its time', async () => {
    const slow = llm.tool({ name: 'look_up', description: 'Slow.', execute: () => wait(2000).then(() => 'found') });
    await using consult = await Consult.open(lab, {
      tools: [slow],
      reply: ({ toolResult }) => (toolResult === undefined ? { call: { name: 'look_up' } } : { say: 'It is found.' }),
      greeting: null,
      limits: { replyMs: 1200 },
      models: { fallbackTts },
    });
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('hello');
    });
    await until(() => consult.model.turns.length === 2);
    expect(consult.model.turns[1]?.toolResult).toEqual({ name: 'look_up', output: '"found"', isError: false });
    await until(() => call.ear.heard(AGENT_VOICE));
    expect(call.ear.heard(SPARE_VOICE)).toBe(false);
    await consult.briefing.close();
    expect((await consult.briefing.result).modelFailure).toBeUndefined();
  });

  it('is not said when a shared model failed in another session', async () => {
    const tts = agentTts();
    await using consult = await Consult.open(lab, { models: { tts, fallbackTts } });
    const failed = { type: 'tts_error', timestamp: Date.now(), label: 'x', error: new Error('x'), recoverable: false };
    tts.emit('error', { ...failed, type: 'tts_error' });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await untilSaid(phone, AGENT_VOICE);
      await phone.press('1');
    });
    const result = await consult.briefing.result;
    expect([result.type, result.modelFailure]).toEqual(['accepted', undefined]);
    expect(call.ear.heard(SPARE_VOICE)).toBe(false);
  });

  it('is heard, and a key counts, when the recognizer fails', async () => {
    const error = new Error('recognizer gone');
    const failure = deferred<Error>();
    const stt = new ScriptedSTT({ words, fails: failure.promise });
    await using consult = await Consult.open(lab, { models: { stt, fallbackTts } });
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      failure.resolve(error);
      await phone.waitToHear(SPARE_VOICE);
      await phone.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key', modelFailure: error });
  });

  it('is heard, and a key counts, when the recognizer fails while the phone rings', async () => {
    const error = new Error('recognizer gone');
    const stt = new ScriptedSTT({ words, fails: error });
    await using consult = await Consult.open(lab, { models: { stt, fallbackTts } });
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(SPARE_VOICE);
      await phone.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key', modelFailure: error });
  });
});

describe('the briefing fails after a failure of the models when', () => {
  it('no key is pressed after the fallback: the human agent hears the keys again, and that time is up', async () => {
    const error = new Error('no credit');
    await using consult = await Consult.open(lab, {
      reply: () => Promise.reject(error),
      limits: { firstSpeechMs: 500 },
    });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.say('hello');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'failed', limit: 'model', cause: error, spokenSentence: 'timeUp' });
    const told = result.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);
    expect(told.slice(-3)).toEqual([spoken(fallback), spoken(keys), timeUp]);
    await until(() => call.ear.heard(AGENT_VOICE));
  });

  it('no voice is left', async () => {
    const tts = agentTts({ fails: new Error('no voice') });
    await using consult = await Consult.open(lab, { models: { tts } });
    await consult.brief(async (phone) => phone.answer());
    expect(await consult.briefing.result).toMatchObject({ type: 'failed', limit: 'model' });
  });
});
