import { initializeLogger, llm } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { allowing, misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, it } from 'vitest';
import { Briefing, BriefingError, type BriefingOptions, englishBriefing } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const { nothing, text, string, flag, callback, amount, object, list } = allowing;
const room = new Room();
const models = {
  stt: new ScriptedSTT({ words: {} }),
  llm: new ScriptedLLM({ reply: () => undefined }),
  tts: new ScriptedTTS({ frequency: 700 }),
};

const right = (): object => ({
  room,
  humanIdentity: 'human',
  models: { ...models },
  chatCtx: new llm.ChatContext(),
  context: { scope: { last: 3 }, summary: {} },
  instructions: {},
  names: {},
  language: copyOfEnglish(),
  sentences: {},
  keys: {},
  voicemail: { onDetected: { dtmf: '1' } },
  limits: {},
});

function copyOfEnglish(): object {
  const { consent } = englishBriefing;
  const questions = { ...consent?.questions };
  return { ...englishBriefing, consent: { ...consent, questions }, sentences: { ...englishBriefing.sentences } };
}

const briefing: OptionSubject = {
  take: (options) => new Briefing(options as BriefingOptions),
  right,
  isRefusal: (error) => BriefingError.isInstance(error) && error.code === 'invalid-option',
};

const allowed: Readonly<Record<string, readonly string[]>> = {
  room: nothing,
  humanIdentity: text,
  models: nothing,
  'models.llm': ['null'],
  'models.stt': nothing,
  'models.tts': nothing,
  'models.fallbackTts': ['null'],
  'models.vad': ['null'],
  'models.turnDetection': ['null'],
  chatCtx: nothing,
  context: object,
  'context.scope': callback,
  'context.scope.last': nothing,
  'context.redact': ['null', ...callback, ...list],
  'context.maxCharacters': nothing,
  'context.summary': object,
  'context.summary.llm': nothing,
  'context.summary.instructions': text,
  'context.timeoutMs': amount,
  names: object,
  'names.company': text,
  'names.assistant': text,
  'names.colleague': text,
  'names.department': text,
  secondOpinion: ['false', ...callback],
  instructions: [...string, ...callback, ...object],
  'instructions.persona': string,
  'instructions.extra': string,
  language: nothing,
  'language.name': text,
  'language.caller': text,
  'language.consent': nothing,
  'language.consent.yes': list,
  'language.consent.questions': nothing,
  'language.consent.questions.more': list,
  'language.voicemail': list,
  'language.screening': list,
  'language.queue': list,
  'language.menu': list,
  'language.moment': list,
  'language.sentences': nothing,
  'language.sentences.greeting': string,
  sentences: object,
  'sentences.areYouThere': ['null', ...text, ...callback],
  greeting: ['null', ...text, ...callback],
  message: text,
  keys: ['null', ...object],
  'keys.accept': nothing,
  'keys.decline': nothing,
  tools: list,
  voicemail: object,
  'voicemail.detect': callback,
  'voicemail.detectTimeoutMs': amount,
  'voicemail.onDetected': nothing,
  'voicemail.onDetected.dtmf': ['digits'],
  'voicemail.beepTimeoutMs': amount,
  'voicemail.listenForBeep': flag,
  allowInterruptions: flag,
  limits: object,
  'limits.startMs': amount,
  'limits.headlineMs': amount,
  'limits.speakAfterMs': amount,
  'limits.firstSpeechMs': amount,
  'limits.silenceMs': amount,
  'limits.questionMs': amount,
  'limits.momentMs': amount,
  'limits.totalMs': amount,
  'limits.waitingMs': amount,
  'limits.screeningMs': amount,
  'limits.replyMs': amount,
  'limits.fillerMs': amount,
  'limits.sayMs': amount,
  'limits.closeMs': amount,
  onTranscript: callback,
  onWaiting: callback,
};

describe('Briefing', () => {
  it('accepts the options that this test changes one by one', () => {
    expect(() => briefing.take(right())).not.toThrow();
  });

  it.each(Object.entries(allowed))('rejects by its name every value that %s does not allow', async (option, values) => {
    expect(await misuse(briefing, option, values)).toEqual([]);
  });
});

const isRefusal = briefing.isRefusal;

/** Calls of a briefing that has not started: invalid options are rejected, and valid ones have no effect. */
const calls: Readonly<Record<string, readonly [OptionSubject, Readonly<Record<string, readonly string[]>>]>> = {
  'say()': [
    { take: (options) => unstarted().say('Hello.', options), right: () => ({ afterBeep: false }), isRefusal },
    { timeoutMs: amount, signal: nothing, afterBeep: flag },
  ],
  'sayFixed()': [
    { take: (options) => unstarted().sayFixed('declined', options), right: () => ({ afterBeep: false }), isRefusal },
    { timeoutMs: amount, signal: nothing, afterBeep: flag },
  ],
  'start()': [
    {
      take: (options) => unstarted().start(options).catch(unlessNotConnected),
      right: () => ({}),
      isRefusal,
    },
    { signal: nothing },
  ],
};

function unstarted(): Briefing {
  return new Briefing(right() as BriefingOptions);
}

function unlessNotConnected(error: unknown): void {
  if (!BriefingError.isInstance(error) || error.code !== 'room-not-connected') throw error;
}

describe.each(Object.entries(calls))('Briefing.%s', (_name, [subject, options]) => {
  it('accepts the options that this test changes one by one', async () => {
    await expect(Promise.resolve(subject.take(subject.right()))).resolves.toBeUndefined();
  });

  it.each(Object.entries(options))('rejects by its name every value that %s does not allow', async (option, values) => {
    expect(await misuse(subject, option, values)).toEqual([]);
  });
});

describe('Briefing', () => {
  it('rejects a text that is not a string, an unknown sentence name, and options that are not an object', async () => {
    await expect(unstarted().say(' ')).rejects.toThrow('`text`');
    await expect(unstarted().sayFixed('farewell' as never)).rejects.toThrow('`name`');
    await expect(unstarted().say('Hello.', null as never)).rejects.toSatisfy(isRefusal);
    await expect(unstarted().start(null as never)).rejects.toSatisfy(isRefusal);
  });
});
