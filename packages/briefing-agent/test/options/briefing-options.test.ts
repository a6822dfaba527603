import { inference, initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { describe, expect, it, vi } from 'vitest';
import { resolveSecondOpinion } from '../../src/decision/second-opinion.ts';
import {
  Briefing,
  BriefingError,
  briefingModelsFrom,
  type BriefingOptions,
  englishBriefing,
  validateBriefingOptions,
} from '../../src/index.ts';
import { defaultLimits } from '../../src/options/briefing-limits.ts';
import type { BriefingSettings } from '../../src/options/briefing-options.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import { ScriptedLLM, ScriptedRealtimeModel, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const models = {
  stt: new ScriptedSTT({ words: {} }),
  llm: new ScriptedLLM({ reply: () => undefined }),
  tts: new ScriptedTTS({ frequency: 700 }),
};

/** A realtime model that does not transcribe. */
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

describe('a user callback', () => {
  it.each([
    ['throws', () => raise()],
    ['rejects', async () => raise()],
  ])('that %s does not end the briefing, and is called again', async (_how, fail) => {
    const onTranscript = vi.fn(fail);
    const checked = parseBriefingOptions(options({ onTranscript }));
    for (const words of ['yes', 'no']) checked.onTranscript?.(words);
    // An unhandled rejection would end the program, and fails this run.
    await new Promise((resolve) => setImmediate(resolve));
    expect(onTranscript.mock.calls).toEqual([['yes'], ['no']]);
  });
});

const raise = (): never => {
  throw new Error('disk full');
};

it("the framework's own turn detector is a valid option", () => {
  const turnDetection = new inference.TurnDetector({ version: 'v1-mini' });
  expect(() => parseBriefingOptions(options({ models: { ...models, turnDetection } }))).not.toThrow();
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
    ['language.consent.no', { language: { ...englishBriefing, consent: { ...englishBriefing.consent, no: ['('] } } }],
    ['language.consent.yes', { language: { ...englishBriefing, consent: { questions: null } } }],
    [
      'language.consent.questions.connect',
      { language: { ...englishBriefing, consent: { ...englishBriefing.consent, questions: {} } } },
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
    ['voicemail.beepTimeoutMs', { voicemail: { beepTimeoutMs: '100' } }],
    ['voicemail.onDetected', { voicemail: { onDetected: { dtmf: 12 } } }],
    ['limits.firstSpeechMs', { limits: { firstSpeechMs: 0 } }],
    ['limits.replyMs', { limits: { replyMs: -5 } }],
    ['message', { message: ' ' }],
    ['sentences.areYouThere', { sentences: { areYouThere: '' } }],
    ['voicemail.detect', { voicemail: { detect: 'google' } }],
    ['voicemail.detect', { voicemail: { detect: 'amd' }, models: { ...models, llm: null } }],
    ['voicemail.detectTimeoutMs', { voicemail: { detect: 'amd', detectTimeoutMs: 8000 } }],
    ['voicemail.onDetected', { voicemail: { onDetected: 'shout' } }],
    ['voicemail.onDetected', { voicemail: { onDetected: { dtmf: '1A' } } }],
    ['voicemail.detectTimeoutMs', { voicemail: { detectTimeoutMs: 0 } }],
    ['voicemail.beepTimeoutMs', { voicemail: { beepTimeoutMs: -1 } }],
    ['context.scope', { context: { scope: 'everything' } }],
    ['context.scope.last', { context: { scope: { last: 0 } } }],
    ['context.maxCharacters', { context: { maxCharacters: 0.5 } }],
    ['context.timeoutMs', { context: { timeoutMs: 0 } }],
    ['context.summary.llm', { models: { ...models, llm: null }, context: { scope: 'summary' } }],
  ])('is rejected by its name: %s', (name, changes) => {
    const refusal = expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining(name) });
    expect(() => new Briefing(options(changes))).toThrow(refusal);
    // The same applies before there is a room.
    expect(() => validateBriefingOptions({ models, ...changes })).toThrow(refusal);
  });

  it('is rejected by its name: humanIdentity with only white space', () => {
    expect(() => new Briefing(options({ humanIdentity: ' ' }))).toThrow(/humanIdentity/);
  });

  it('is accepted before there is a room', () => {
    const honored: BriefingSettings[] = [
      { models },
      { models: { ...models, llm: null, stt: null }, message: 'A call.' },
      { models, greeting: null, keys: { accept: '7' }, limits: { totalMs: 1 }, voicemail: { onDetected: 'decide' } },
    ];
    for (const settings of honored) expect(() => validateBriefingOptions(settings)).not.toThrow();
  });

  it('has a frozen default', () => {
    expect(Object.isFrozen(defaultLimits)).toBe(true);
    expect(parseBriefingOptions(options()).limits).toMatchObject({ silenceMs: 30_000, totalMs: 120_000 });
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
  ])('is asked of %s', async (_, changes, opinion) => {
    expect(await resolveSecondOpinion(parseBriefingOptions(options(changes)))?.(request)).toBe(opinion);
  });
});

describe('a briefing', () => {
  it('rejects a start in a room that was not joined, and brief() before the start', async () => {
    const briefing = new Briefing(options());
    expect(await briefing.start().catch(codeOf)).toBe('room-not-connected');
    expect(() => briefing.brief()).toThrow(/start/);
  });

  it('is canceled when it is closed before its start, any number of times', async () => {
    const briefing = new Briefing(options());
    await Promise.all([briefing.close(), briefing.close(), briefing[Symbol.asyncDispose]()]);
    expect(await briefing.result).toEqual({ type: 'canceled', transcript: [], timings: {} });
    expect(await briefing.start().catch(codeOf)).toBe('already-started');
    expect(() => briefing.brief()).not.toThrow();
    await briefing.say('too late');
    briefing.mute();
  });
});

describe('models from the caller session', () => {
  const session = new voice.AgentSession({ ...models, vad: null, turnHandling: { turnDetection: 'stt' } });

  it('are all models of the session', () => {
    expect(briefingModelsFrom(session)).toEqual({ ...models, turnDetection: 'stt' });
  });

  it('are replaced by given models, and omitted by null', () => {
    const fallbackTts = new ScriptedTTS({ frequency: 900 });
    expect(briefingModelsFrom(session, { llm: null, stt: null, fallbackTts })).toEqual({
      llm: null,
      stt: null,
      tts: models.tts,
      fallbackTts,
    });
  });

  it('are rejected without a language model', () => {
    expect(() => briefingModelsFrom(new voice.AgentSession({ vad: null }))).toThrow(/models.llm/);
  });
});

describe('an error', () => {
  it('is recognized by its marker when another installed copy threw it', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('@org/briefing-agent/error')]: true });
    expect(BriefingError.isInstance(foreign)).toBe(true);
    expect(BriefingError.isInstance(new Error('x'))).toBe(false);
    expect(BriefingError.isInstance(undefined)).toBe(false);
  });
});
