import { inference, initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { describe, expect, it, vi } from 'vitest';
import { secondOpinionOf } from '../../src/decision/second-opinion.ts';
import {
  Briefing,
  BriefingError,
  type BriefingOptions,
  type BriefingSettings,
  checkBriefingOptions,
  english,
  modelsFrom,
} from '../../src/index.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';
import { checkOptions } from '../../src/options/parse-briefing-options.ts';
import { ScriptedLLM, ScriptedRealtimeModel, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const models = {
  stt: new ScriptedSTT({ words: {} }),
  llm: new ScriptedLLM({ reply: () => undefined }),
  tts: new ScriptedTTS({ frequency: 700 }),
};

/** Writes nothing down. */
const realtime = new ScriptedRealtimeModel({
  words: {},
  frequency: 700,
  reply: () => undefined,
  capabilities: { userTranscription: false },
});

const options = (changes: object = {}): BriefingOptions => ({
  room: new Room(),
  humanIdentity: 'human',
  models,
  ...changes,
});

const codeOf = (error: unknown): string => (BriefingError.isInstance(error) ? error.code : 'not ours');

describe('a callback', () => {
  it.each([
    ['throws', () => raise()],
    ['rejects', async () => raise()],
  ])('that %s ends nothing, and is called again', async (_how, fail) => {
    const onHeard = vi.fn(fail);
    const checked = checkOptions(options({ onHeard }));
    for (const words of ['yes', 'no']) checked.onHeard?.(words);
    // A rejection that nobody handles would end the program, and fails this run.
    await new Promise((resolve) => setImmediate(resolve));
    expect(onHeard.mock.calls).toEqual([['yes'], ['no']]);
  });
});

const raise = (): never => {
  throw new Error('disk full');
};

it("the framework's own detector of turns is one", () => {
  const turnDetection = new inference.TurnDetector({ version: 'v1-mini' });
  expect(() => checkOptions(options({ models: { ...models, turnDetection } }))).not.toThrow();
});

describe('an option', () => {
  it.each<[string, object]>([
    ['greeting', { greeting: '' }],
    ['limits.silenceMs', { limits: { silenceMs: 0 } }],
    ['limits.totalMs', { limits: { totalMs: -1 } }],
    ['limits.startMs', { limits: { startMs: Number.NaN } }],
    ['limits.sayMs', { limits: { sayMs: Infinity } }],
    ['limits.closeMs', { limits: { closeMs: 2 ** 31 } }],
    ['models.tts', { models: { ...models, tts: undefined } }],
    ['models.tts', { models: { ...models, tts: null } }],
    ['models.stt', { models: { ...models, stt: null } }],
    ['models.llm', { models: { ...models, llm: {} } }],
    ['models.llm', { models: { ...models, llm: undefined } }],
    ['keys', { models: { ...models, llm: null }, keys: null }],
    ['keys', { models: { llm: realtime, tts: null, stt: null }, keys: null }],
    ['language.consent.no', { language: { ...english, consent: { ...english.consent, no: ['('] } } }],
    ['language.consent.yes', { language: { ...english, consent: { questions: null } } }],
    [
      'language.consent.questions.connect',
      { language: { ...english, consent: { ...english.consent, questions: {} } } },
    ],
    ['secondOpinion', { secondOpinion: true }],
    ['secondOpinion', { secondOpinion: null }],
    ['secondOpinion', { secondOpinion: {} }],
    ['names.company', { names: { company: '' } }],
    ['names.colleague', { names: { colleague: 7 } }],
    ['keys.accept', { keys: { accept: '12' } }],
    ['keys.accept', { keys: { accept: 1 } }],
    ['keys.decline', { keys: { decline: '1' } }],
    ['keys.decline', { keys: { decline: 2 } }],
    ['limits.totalMs', { limits: { totalMs: '60000' } }],
    ['machine.beepMs', { machine: { beepMs: '100' } }],
    ['machine.onMachine', { machine: { onMachine: { press: 12 } } }],
    ['limits.firstSpeechMs', { limits: { firstSpeechMs: 0 } }],
    ['limits.replyMs', { limits: { replyMs: -5 } }],
    ['message', { message: ' ' }],
    ['sentences.hello', { sentences: { hello: '' } }],
    ['machine.detect', { machine: { detect: 'google' } }],
    ['machine.detect', { machine: { detect: 'amd' }, models: { ...models, llm: null } }],
    ['machine.limitMs', { machine: { detect: 'amd', limitMs: 8000 } }],
    ['machine.onMachine', { machine: { onMachine: 'shout' } }],
    ['machine.onMachine', { machine: { onMachine: { press: '1A' } } }],
    ['machine.limitMs', { machine: { limitMs: 0 } }],
    ['machine.beepMs', { machine: { beepMs: -1 } }],
    ['context.scope', { context: { scope: 'everything' } }],
    ['context.scope.last', { context: { scope: { last: 0 } } }],
    ['context.maxCharacters', { context: { maxCharacters: 0.5 } }],
    ['context.limitMs', { context: { limitMs: 0 } }],
    ['context.summary.llm', { models: { ...models, llm: null }, context: { scope: 'summary' } }],
  ])('%s that cannot be honored is refused by its name', (name, changes) => {
    const refusal = expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining(name) });
    expect(() => new Briefing(options(changes))).toThrow(refusal);
    // And so it is before there is a room.
    expect(() => checkBriefingOptions({ models, ...changes })).toThrow(refusal);
  });

  it('humanIdentity without text is refused by its name', () => {
    expect(() => new Briefing(options({ humanIdentity: ' ' }))).toThrow(/humanIdentity/);
  });

  it('that can be honored is not refused before there is a room', () => {
    const honored: BriefingSettings[] = [
      { models },
      { models: { ...models, llm: null, stt: null }, message: 'A call.' },
      { models, greeting: null, keys: { accept: '7' }, limits: { totalMs: 1 }, machine: { onMachine: 'decide' } },
    ];
    for (const settings of honored) expect(() => checkBriefingOptions(settings)).not.toThrow();
  });

  it('left out has a frozen default', () => {
    expect(Object.isFrozen(defaultLimits)).toBe(true);
    expect(checkOptions(options()).limits).toMatchObject({ silenceMs: 30_000, totalMs: 120_000 });
  });
});

describe('the second opinion', () => {
  const writer = new ScriptedLLM({ reply: () => undefined, opinion: () => 'no' });
  const request = {
    words: 'Yes.',
    question: 'connect',
    language: 'English',
    signal: new AbortController().signal,
  } as const;
  const onRealtime = { models: { llm: realtime, stt: null, tts: null } };

  it.each<[string, Partial<BriefingOptions>, 'yes' | 'no' | 'unclear' | undefined]>([
    ['the language model of the briefing', {}, 'unclear'],
    ['no one', { secondOpinion: false }, undefined],
    ['no one, beside a realtime model', onRealtime, undefined],
    ['who writes the summary, beside a realtime model', { ...onRealtime, context: { summary: { llm: writer } } }, 'no'],
    ['a model that is given', { ...onRealtime, secondOpinion: writer }, 'no'],
    ['a function', { secondOpinion: () => 'yes' }, 'yes'],
  ])('is that of %s', async (_, changes, opinion) => {
    expect(await secondOpinionOf(checkOptions(options(changes)))?.(request)).toBe(opinion);
  });
});

describe('a briefing', () => {
  it('refuses to start in a room that was not joined, and to speak before its start', async () => {
    const briefing = new Briefing(options());
    expect(await briefing.start().catch(codeOf)).toBe('room-not-connected');
    expect(() => briefing.brief()).toThrow(/start/);
  });

  it('that is closed before its start is canceled, any number of times', async () => {
    const briefing = new Briefing(options());
    await Promise.all([briefing.close(), briefing.close(), briefing[Symbol.asyncDispose]()]);
    expect(await briefing.result).toEqual({ type: 'canceled', transcript: [], timings: {} });
    expect(await briefing.start().catch(codeOf)).toBe('already-started');
    expect(() => briefing.brief()).not.toThrow();
    await briefing.say('too late');
    briefing.mute();
  });
});

describe('models from the session of the caller', () => {
  const session = new voice.AgentSession({ ...models, vad: null, turnHandling: { turnDetection: 'stt' } });

  it('are all of theirs', () => {
    expect(modelsFrom(session)).toEqual({ ...models, turnDetection: 'stt' });
  });

  it('are replaced by what is given, and left out by null', () => {
    const fallbackTts = new ScriptedTTS({ frequency: 900 });
    expect(modelsFrom(session, { llm: null, stt: null, fallbackTts })).toEqual({
      llm: null,
      stt: null,
      tts: models.tts,
      fallbackTts,
    });
  });

  it('are refused when there is no model of language', () => {
    expect(() => modelsFrom(new voice.AgentSession({ vad: null }))).toThrow(/models.llm/);
  });
});

describe('an error', () => {
  it('of another installed copy is recognized by its marker', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('@org/briefing-agent/error')]: true });
    expect(BriefingError.isInstance(foreign)).toBe(true);
    expect(BriefingError.isInstance(new Error('x'))).toBe(false);
    expect(BriefingError.isInstance(undefined)).toBe(false);
  });
});
