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
import type { HoldTexts } from './hold-announcements.js';
import { toldPhases, toldWaits } from './hold-announcements.js';
import { defaultLimits, type TransferLimits } from './limits.js';
import type { Supervision } from '../machine/types/plan.js';
import type { PrewarmOptions } from './prewarm-options.js';
import type { LocatedSettings, TransferSettings } from './transfer-options.js';
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

const supervision: ShapeFields<Supervision> = {
  humanHangsUp: oneOf('hang-up', 'return'),
  lineLost: oneOf('hang-up', 'return'),
  callerLeaves: oneOf('release', 'tell'),
};

const wholeSeconds = rule(
  'whole seconds, in milliseconds',
  (ms) => typeof ms === 'number' && ms >= 1000 && ms % 1000 === 0,
);

const merge: ShapeFields<NonNullable<TransferSettings['merge']>> = {
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
const cancelWords = either(
  'a list of words or phrases, at least one, or a RegExp',
  [(value) => value instanceof RegExp, elsewhere],
  [Array.isArray, list(words, 1)],
);

const holdText = either('a string, or a function that gives one', [isString, text], [isFunction, elsewhere]);
const holdTexts = Object.fromEntries([...toldPhases, ...toldWaits].map((name) => [name, holdText])) as ShapeFields<
  Record<keyof HoldTexts, unknown>
>;

const comfortText = either(
  'a string, or { text, intervalMs }',
  [isString, text],
  [isNonNull, shape({ text: required(text), intervalMs: milliseconds(1000, 3_600_000) })],
);

const introduction = either(
  'a string, audio frames, or a function that gives either',
  [isString, text],
  [isFunction, elsewhere],
  [(value) => isNonNull(value) && Symbol.asyncIterator in Object(value), elsewhere],
);

/** What to do with a caller: a word, or a number to send them to. */
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

/** What transfer and task take alike. */
export const settings: ShapeFields<TransferSettings> = {
  abortSignal: signal,
  sipCallTo: rule(
    'the phone number or SIP URI of the human agent',
    (to) => typeof to === 'string' && to.trim() !== '',
    phoneless,
  ),
  // The dialer checks what makes up a call, for each target.
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
  // So does the hold audio.
  holdAudio: elsewhere,
  holdAnnouncements: elsewhere,
  holdTexts: shape(holdTexts),
  comfortText,
  announcementVoice: voice,
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
  holdFrom: oneOf('dial', 'answer', 'accept'),
  supervision: shape(supervision),
  onCallEnded: oneOf('end-job', 'leave'),
  onSessionClosed: endOfCall('hang-up'),
  cancelKey: key(/^[0-9*#A-D]$/, '0-9 * # A-D'),
  cancelWords,
  cancelStt: recognizer,
  merge: shape(merge),
  introduction,
  onPromotion: callback,
  onWaiting: callback,
  limits,
  // And the briefing.
  briefing: anObject,
  logger: object('a logger', 'debug', 'info', 'warn', 'error'),
  onPhase: callback,
};

/** A number may be personal. */
function phoneless(value: unknown): string {
  return typeof value === 'string' ? 'a blank string' : `a value of type ${value === null ? 'null' : typeof value}`;
}

const located: ShapeFields<LocatedSettings> = {
  ...settings,
  session: required(object('the voice.AgentSession of the caller', 'on', 'off', 'say', 'generateReply')),
  room: object('a Room of @livekit/rtc-node', 'on', 'off'),
  callerIdentity: text,
  url: serverUrl,
  apiKey: text,
  apiSecret: secret,
};

/** What `WarmTransfer` takes. */
export const transferOptions: OptionCheck = required(shape(located));

const prewarm: ShapeFields<PrewarmOptions> = {
  url: serverUrl,
  apiKey: text,
  apiSecret: secret,
  holdAudio: elsewhere,
  signal,
};

/** What `prewarmTransfers()` takes. */
export const prewarmOptions: OptionCheck = required(shape(prewarm));

/** What `WarmTransfer.run()` takes. */
export const runOptions: OptionCheck = required(shape({ signal }));
