import { llm } from '@livekit/agents';
import { allowing } from '@org/support/testing';
import { optionsWithoutServer } from '../without-server.js';

const { room, session, ...fixed } = optionsWithoutServer();
const models = { stt: session.stt, llm: fixed.llm, tts: session.tts };
const hours = (): object => ({
  timeZone: 'Europe/Berlin',
  week: { monday: ['09:00', '17:00'] },
  closedOn: ['2026-12-25'],
});

/** Everything that can be said to a transfer, fresh at each call, but what excludes something else. */
export function rightSettings(): Record<string, unknown> {
  const {
    sipCallTo: _sipCallTo,
    sipTrunkId: _sipTrunkId,
    url: _url,
    apiKey: _key,
    apiSecret: _secret,
    ...rest
  } = fixed;
  const { callerIdentity: _identity, ...settings } = rest;
  return {
    ...settings,
    ...models,
    abortSignal: new AbortController().signal,
    sipConnection: {
      hostname: 'sip.example.com',
      transport: 'tcp',
      headersToAttributes: { 'X-Case': 'case' },
      attributesToHeaders: { case: 'X-Case' },
    },
    sipHeaders: { 'X-Case': '7' },
    chatCtx: new llm.ChatContext(),
    instructions: { persona: 'You are brief.' },
    targets: [{ sipCallTo: '+15550142', sipHeaders: { 'X-Case': '7' }, instructions: {}, openingHours: hours() }],
    departments: { billing: { targets: '+15550143', openingHours: hours() } },
    openingHours: hours(),
    policy: { busy: ['return', { coldTransfer: '+15550144' }] },
    supervision: {},
    onSessionClosed: { coldTransferTo: '+15550145' },
    cancelWords: ['stop'],
    merge: { strategy: 'bridge', rejoin: { gateway: 'sip:gateway.example.com', allowedAddresses: ['10.0.0.1'] } },
    limits: {},
    briefing: {
      context: { scope: { last: 3 }, summary: {} },
      sentences: {},
      keys: { accept: '1' },
      machine: { onMachine: { press: '1' } },
      limits: {},
    },
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    holdAnnouncements: { items: ['You are next.wav'], intervalMs: 5000 },
    holdTexts: {},
  };
}

export function rightOptions(): Record<string, unknown> {
  const { callerIdentity, url, apiKey, apiSecret } = fixed;
  return { ...rightSettings(), session, room, callerIdentity, url, apiKey, apiSecret };
}

function ignore(): void {}

const { nothing, text, string, line, flag, callback, amount, object, list } = allowing;
const nullable = (values: readonly string[]): readonly string[] => [...values, 'null'];
const speech = [...text, ...callback];
const clip = ['abc', 'digits', 'lines', 'long'];

/** Options of the transfer and the task alike, with the wrong values that each of them allows. */
export const allowedOfSettings: Readonly<Record<string, readonly string[]>> = {
  abortSignal: nothing,
  sipConnection: nothing,
  'sipConnection.hostname': line,
  'sipConnection.transport': nothing,
  'sipConnection.authUsername': line.concat('empty', 'blank'),
  'sipConnection.authPassword': line.concat('empty', 'blank'),
  'sipConnection.fromHost': line.concat('empty', 'blank'),
  'sipConnection.destinationCountry': nothing,
  'sipConnection.headersToAttributes': object,
  'sipConnection.attributesToHeaders': object,
  sipNumber: line,
  callerId: ['digits'],
  callerIdFallbackOn: list,
  numberCheck: nothing,
  sipHeaders: object,
  hidePhoneNumber: flag,
  dtmf: nullable(['abc', 'digits']),
  ringingTimeout: nullable(nothing),
  roomName: text,
  holdAudio: nullable(['function', 'bytes', ...clip]),
  greetingSpeech: nullable(speech),
  callerHangupSpeech: speech,
  callerHangupInstruction: nullable(text),
  instructions: [...string, ...object],
  'instructions.persona': string,
  'instructions.extra': string,
  chatCtx: nothing,
  tools: list,
  vad: nullable(nothing),
  allowInterruptions: flag,
  targets: ['abc', 'digits', 'long', 'function'],
  'targets[0]': ['abc', 'digits', 'long'],
  'targets[0].sipCallTo': ['abc', 'digits', 'long'],
  'targets[0].name': text,
  'targets[0].sipNumber': line,
  'targets[0].callerId': ['digits'],
  'targets[0].numberCheck': nothing,
  'targets[0].sipHeaders': object,
  'targets[0].dtmf': nullable(['abc', 'digits']),
  'targets[0].ringingTimeout': nullable(nothing),
  'targets[0].greetingSpeech': nullable(speech),
  'targets[0].instructions': [...string, ...object],
  'targets[0].openingHours': nothing,
  'targets[0].openingHours.week': object,
  departments: object,
  'departments.billing': ['abc', 'digits', 'long', 'function'],
  'departments.billing.targets': ['abc', 'digits', 'long', 'function'],
  'departments.billing.openingHours': nothing,
  openingHours: nothing,
  'openingHours.timeZone': nothing,
  'openingHours.week': object,
  'openingHours.week.monday': list,
  'openingHours.closedOn': list,
  isOpen: callback,
  isPresent: callback,
  policy: [...callback, ...object],
  'policy.busy': [...callback, ...list],
  maxAttempts: nothing,
  supervision: object,
  'supervision.humanHangsUp': nothing,
  'supervision.lineLost': nothing,
  'supervision.callerLeaves': nothing,
  onSessionClosed: nothing,
  'onSessionClosed.coldTransferTo': ['digits'],
  cancelKey: nothing,
  cancelWords: ['RegExp'],
  merge: object,
  'merge.strategy': nothing,
  'merge.promote': nothing,
  'merge.proofTimeoutMs': nothing,
  'merge.rejoin': nothing,
  'merge.rejoin.gateway': nothing,
  'merge.rejoin.allowedAddresses': list,
  'merge.rejoin.hidePhoneNumber': flag,
  'merge.rejoin.timeoutMs': nothing,
  'merge.rejoin.requestTimeoutMs': nothing,
  introduction: speech,
  onPromotion: callback,
  limits: object,
  'limits.briefingMs': amount,
  'limits.speakAfterMs': amount,
  'limits.totalMs': amount,
  briefing: object,
  'briefing.context': object,
  'briefing.context.scope': callback,
  'briefing.context.scope.last': nothing,
  'briefing.context.redact': nullable([...callback, ...list]),
  'briefing.context.maxCharacters': nothing,
  'briefing.context.limitMs': amount,
  'briefing.context.summary': object,
  'briefing.context.summary.llm': nothing,
  'briefing.context.summary.instructions': text,
  'briefing.language': nothing,
  'briefing.sentences': object,
  'briefing.sentences.hello': nullable(speech),
  'briefing.keys': nullable(object),
  'briefing.keys.accept': nothing,
  'briefing.message': text,
  'briefing.machine': object,
  'briefing.machine.detect': callback,
  'briefing.machine.limitMs': amount,
  'briefing.machine.onMachine': nothing,
  'briefing.machine.onMachine.press': ['digits'],
  'briefing.machine.beepMs': amount,
  'briefing.machine.listenForBeep': flag,
  'briefing.limits': object,
  'briefing.limits.replyMs': amount,
  logger: nothing,
  onPhase: callback,
  holdAnnouncements: nothing,
  'holdAnnouncements.items': nothing,
  'holdAnnouncements.intervalMs': nothing,
  'holdAnnouncements.firstAfterMs': ['0', '1.5'],
  holdTexts: object,
  'holdTexts.dialing': speech,
  cancelStt: nothing,
  announcementVoice: nothing,
};

/** What only a transfer takes, or takes in another way than the task. */
export const allowedOfTransfer: Readonly<Record<string, readonly string[]>> = {
  session: nothing,
  room: nothing,
  callerIdentity: text,
  url: nothing,
  apiKey: text,
  apiSecret: text,
  stt: nothing,
  llm: ['null'],
  tts: nothing,
  turnDetection: nullable(nothing),
};
