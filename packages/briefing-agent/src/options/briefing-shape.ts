import {
  callback,
  either,
  flag,
  key,
  list,
  milliseconds,
  nullable,
  object,
  oneOf,
  type OptionCheck,
  required,
  rule,
  shape,
  type ShapeFields,
  signal,
  string,
  text,
  whole,
} from '@org/support';
import type { BriefingLimits } from './briefing-limits.js';
import type { BriefingOptions, BriefingSettings } from './briefing-options.js';
import type { ContextOptions } from './context-options.js';
import type { BriefingInstructions, BriefingNames } from './instruction-options.js';
import type { BriefingKeys } from './keys.js';
import { forEachSentence, language, sentenceNames } from './language-shape.js';
import { chatModel, models } from './model-checks.js';
import type { SayOptions } from './say-options.js';
import type { BriefingVoicemailOptions } from './voicemail-options.js';

const speech = either('a string, or a function that starts the speech', [isString, text], [isFunction, callback]);

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isObjectOrNull(value: unknown): boolean {
  return typeof value === 'object';
}

const limits: ShapeFields<BriefingLimits> = {
  startMs: milliseconds(),
  headlineMs: milliseconds(),
  speakAfterMs: milliseconds(),
  firstSpeechMs: milliseconds(),
  silenceMs: milliseconds(),
  questionMs: milliseconds(),
  momentMs: milliseconds(),
  totalMs: milliseconds(),
  waitingMs: milliseconds(),
  screeningMs: milliseconds(),
  replyMs: milliseconds(),
  fillerMs: milliseconds(),
  sayMs: milliseconds(),
  closeMs: milliseconds(),
};

const instructions: ShapeFields<BriefingInstructions> = { persona: string, extra: string };

const names: ShapeFields<BriefingNames> = { company: text, assistant: text, colleague: text, department: text };

const summary: ShapeFields<NonNullable<ContextOptions['summary']>> = { llm: chatModel, instructions: text };

const context: ShapeFields<ContextOptions> = {
  scope: either(
    "'all', 'summary', 'none', { last } or a function",
    [isString, oneOf('all', 'summary', 'none')],
    [isFunction, callback],
    [isObjectOrNull, shape({ last: required(whole(1)) }, "'all', 'summary', 'none', { last } or a function")],
  ),
  redact: nullable(
    either('a function or a list of functions', [isFunction, callback], [Array.isArray, list(callback)]),
  ),
  maxCharacters: whole(1),
  summary: shape(summary),
  timeoutMs: milliseconds(),
};

const keypad: ShapeFields<BriefingKeys> = {
  accept: key(/^[0-9*#]$/, '0-9, * and #'),
  decline: key(/^[0-9*#]$/, '0-9, * and #'),
};

const dtmf = rule(
  'keys of 0-9, *, # and w, as a string',
  (keys) => typeof keys === 'string' && /^[0-9*#w]+$/.test(keys),
);
const onDetected = "'decide', 'leave-message' or { dtmf }";

const voicemail: ShapeFields<BriefingVoicemailOptions> = {
  detect: either("'amd' or a function", [isString, oneOf('amd')], [isFunction, callback]),
  detectTimeoutMs: milliseconds(),
  onDetected: either(
    onDetected,
    [isString, oneOf('decide', 'leave-message')],
    [isObjectOrNull, shape({ dtmf: required(dtmf) }, onDetected)],
  ),
  beepTimeoutMs: milliseconds(),
  listenForBeep: flag,
};

const settings: ShapeFields<BriefingSettings> = {
  models,
  chatCtx: object('an llm.ChatContext of @livekit/agents', 'copy'),
  context: shape(context),
  instructions: either(
    'a string, { persona, extra } or a function',
    [isString, string],
    [isFunction, callback],
    [isObjectOrNull, shape(instructions, 'a string, { persona, extra } or a function')],
  ),
  names: shape(names),
  secondOpinion: either(
    'false, an llm.LLM or a function',
    [(value) => value === false, flag],
    [isFunction, callback],
    [isObjectOrNull, chatModel],
  ),
  language,
  sentences: shape(forEachSentence(nullable(speech))),
  greeting: nullable(speech),
  message: text,
  keys: nullable(shape(keypad)),
  tools: list(object('a tool of @livekit/agents')),
  voicemail: shape(voicemail),
  allowInterruptions: flag,
  limits: shape(limits),
  onTranscript: callback,
  onWaiting: callback,
};

/** The options that are known before there is a room. */
export const briefingSettings: OptionCheck = required(shape(settings));

const all: ShapeFields<BriefingOptions> = {
  ...settings,
  room: required(object('a Room of @livekit/rtc-node', 'on', 'off')),
  humanIdentity: required(text),
};

export const briefingOptions: OptionCheck = required(shape(all));

/** The options of `start()`. */
export const startOptions: OptionCheck = required(shape({ signal }));

const say: ShapeFields<SayOptions> = { timeoutMs: milliseconds(), signal, afterBeep: flag };

/** The options of `say()` and `sayFixed()`. */
export const sayOptions: OptionCheck = required(shape(say));

/** The name of a fixed sentence. */
export const sentenceName: OptionCheck = required(oneOf(...sentenceNames));
