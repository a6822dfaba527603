import {
  callback,
  either,
  flag,
  hasMethod,
  key,
  list,
  milliseconds,
  nullable,
  object,
  type OptionCheck,
  oneOf,
  required,
  rule,
  secret,
  serverUrl,
  shape,
  type ShapeFields,
  signal,
  string,
  text,
  turnDetection,
  whole,
} from '@org/support';
import { plain } from './cancel-phrases.js';
import type { PhaseAnnouncements } from './hold-announcements.js';
import { announcedPhases, announcedWaits } from './hold-announcements.js';
import { defaultLimits, type TransferLimits } from './limits.js';
import type { AfterConnectOptions } from '../machine/types/plan.js';
import type { PrewarmOptions } from './prewarm-options.js';
import type { LocatedOptions, SharedOptions } from './transfer-options.js';
import {
  anObject,
  elsewhere,
  instructions,
  isFunction,
  isNonNull,
  isString,
  model,
  referTarget,
  speech,
} from './checks/common-checks.js';
import { policy } from './policy/policy-shape.js';
import { callerId, departments, numberCheck, openingHours, targets } from './targets/target-shapes.js';

const limits = shape(
  Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, milliseconds()])) as ShapeFields<TransferLimits>,
);

const afterConnect: ShapeFields<AfterConnectOptions> = {
  onHumanHangUp: oneOf('hang-up', 'return'),
  onLineLost: oneOf('hang-up', 'return'),
  onCallerHangUp: oneOf('hang-up', 'announce'),
};

const wholeSeconds = rule(
  'whole seconds, in milliseconds',
  (ms) => typeof ms === 'number' && ms >= 1000 && ms % 1000 === 0,
);

const merge: ShapeFields<NonNullable<SharedOptions['merge']>> = {
  strategy: oneOf('auto', 'bridge', 'move'),
  supportsMove: flag,
  promote: oneOf('never', 'rejoin'),
  verifyTimeoutMs: whole(1, 2 ** 31 - 1),
  rejoin: shape({
    gateway: required(text),
    allowedAddresses: list(text),
    hidePhoneNumber: flag,
    timeoutMs: wholeSeconds,
    requestTimeoutMs: whole(1, 2 ** 31 - 1),
  }),
};

const words = rule('a word or phrase', (value) => typeof value === 'string' && plain(value) !== '');
const cancelPhrases = either(
  'a list of words or phrases, at least one, or a RegExp',
  [(value) => value instanceof RegExp, elsewhere],
  [Array.isArray, list(words, 1)],
);

const holdText = either('a string, or a function that returns one', [isString, text], [isFunction, elsewhere]);
const phaseAnnouncements = Object.fromEntries(
  [...announcedPhases, ...announcedWaits].map((name) => [name, holdText]),
) as ShapeFields<Record<keyof PhaseAnnouncements, unknown>>;

const comfortMessage = either(
  'a string, or { text, intervalMs }',
  [isString, text],
  [isNonNull, shape({ text: required(text), intervalMs: milliseconds(1000, 3_600_000) })],
);

const introduction = either(
  'a string, audio frames, or a function that returns either',
  [isString, text],
  [isFunction, elsewhere],
  [(value) => isNonNull(value) && Symbol.asyncIterator in Object(value), elsewhere],
);

/** What to do with a caller: a word, or a number for a cold transfer. */
export function endOfCall(...names: readonly string[]): OptionCheck {
  const allowed = `${names.join(', ')} or { coldTransferTo: number }`;
  return either(allowed, [isString, oneOf(...names)], [isNonNull, shape({ coldTransferTo: referTarget }, allowed)]);
}

const recognizer = model('an stt.STT of @livekit/agents', 'stream');
const voice = model('a tts.TTS of @livekit/agents', 'synthesize', 'stream');
const languageModel = either(
  'an llm.LLM or llm.RealtimeModel of @livekit/agents, or a string that names one',
  [isString, text],
  [(value) => hasMethod(value, 'chat') || hasMethod(value, 'session'), elsewhere],
);

/** The options of both transfer and task. */
export const settings: ShapeFields<SharedOptions> = {
  abortSignal: signal,
  sipCallTo: rule(
    'the phone number or SIP URI of the human agent',
    (to) => typeof to === 'string' && to.trim() !== '',
    phoneless,
  ),
  // The dialer validates the options of a call, for each target.
  sipTrunkId: nullable(text),
  sipConnection: anObject,
  sipNumber: string,
  callerId,
  callerIdFallbackOn: list(whole(300, 699)),
  numberCheck,
  sipHeaders: anObject,
  hidePhoneNumber: flag,
  dtmf: nullable(string),
  ringingTimeout: nullable(milliseconds(1000, 600_000)),
  roomName: text,
  // Validated by the hold audio.
  holdAudio: elsewhere,
  holdAnnouncements: elsewhere,
  phaseAnnouncements: shape(phaseAnnouncements),
  comfortMessage,
  announcementTts: voice,
  greetingSpeech: nullable(speech),
  callerHangupSpeech: speech,
  callerHangupInstruction: nullable(text),
  instructions,
  chatCtx: object('an llm.ChatContext of @livekit/agents', 'copy'),
  tools: list(object('a tool of @livekit/agents')),
  stt: nullable(recognizer),
  llm: nullable(languageModel),
  tts: nullable(voice),
  vad: nullable(object('a VAD of @livekit/agents', 'stream')),
  turnDetection: nullable(turnDetection),
  allowInterruptions: flag,
  targets,
  departments,
  department: text,
  openingHours,
  isOpen: callback,
  isPresent: callback,
  policy,
  maxAttempts: whole(1),
  holdCallerOn: oneOf('dial', 'answer', 'accept'),
  afterConnect: shape(afterConnect),
  onCallEnded: oneOf('end-job', 'leave'),
  onSessionClosed: endOfCall('hang-up'),
  cancelKey: key(/^[0-9*#A-D]$/, '0-9 * # A-D'),
  cancelPhrases,
  cancelStt: recognizer,
  merge: shape(merge),
  introduction,
  onPromotion: callback,
  onWaiting: callback,
  limits,
  // Validated by the briefing.
  briefing: anObject,
  logger: object('a logger', 'debug', 'info', 'warn', 'error'),
  onPhase: callback,
};

/** Describes a value without showing it, as a number may be personal. */
function phoneless(value: unknown): string {
  return typeof value === 'string' ? 'a blank string' : `a value of type ${value === null ? 'null' : typeof value}`;
}

const located: ShapeFields<LocatedOptions> = {
  ...settings,
  session: required(object('the voice.AgentSession of the caller', 'on', 'off', 'say', 'generateReply')),
  room: object('a Room of @livekit/rtc-node', 'on', 'off'),
  callerIdentity: text,
  url: serverUrl,
  apiKey: text,
  apiSecret: secret,
};

/** The shape of the options of `WarmTransfer`. */
export const transferOptions: OptionCheck = required(shape(located));

const prewarm: ShapeFields<PrewarmOptions> = {
  url: serverUrl,
  apiKey: text,
  apiSecret: secret,
  holdAudio: elsewhere,
  signal,
};

/** The shape of the options of `prewarmTransfers()`. */
export const prewarmOptions: OptionCheck = required(shape(prewarm));

/** The shape of the options of `WarmTransfer.run()`. */
export const runOptions: OptionCheck = required(shape({ signal }));
