import {
  callback,
  either,
  flag,
  list,
  milliseconds,
  nullable,
  type OptionCheck,
  oneOf,
  required,
  rule,
  shape,
  signal,
  string,
  record,
} from '@org/support';
import {
  attributesToHeaders,
  country,
  displayName,
  headers,
  headersToAttributes,
  host,
  line,
  lineOrEmpty,
} from './sip-rules.js';
import { dtmf } from './dtmf-rule.js';

const encryption = oneOf('disable', 'allow', 'require');

const codec = shape(
  {
    name: required(rule('the name of a codec, such as PCMU', isCodecName)),
    rate: required(rule('a rate in Hz, such as 8000', isRate)),
  },
  "a codec with name and rate (in Hz), such as { name: 'PCMU', rate: 8000 }",
);

function isCodecName(value: unknown): boolean {
  return typeof value === 'string' && /^[\w.-]{1,32}$/.test(value);
}

function isRate(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

const media = shape({
  encryption,
  codecs: list(codec),
  onlyListedCodecs: flag,
  mediaTimeoutMs: milliseconds(1_000, 3_600_000),
});

const connection = shape({
  hostname: host,
  transport: oneOf('auto', 'udp', 'tcp', 'tls'),
  authUsername: lineOrEmpty,
  authPassword: lineOrEmpty,
  destinationCountry: country,
  headersToAttributes,
  attributesToHeaders,
  fromHost: lineOrEmpty,
});

export const ringingTimeoutMs: OptionCheck = milliseconds(1_000, 600_000);

/** Marks a failure to join as handled: it matters only while a call is placed. */
const joining: OptionCheck = (value) => {
  if (value instanceof Promise) value.catch(() => undefined);
  return [];
};

const watch = either(
  'a joined Room of @livekit/rtc-node, or the promise of one',
  [(value) => value instanceof Promise, joining],
  [isRoom, () => []],
);

function isRoom(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const participants: unknown = Reflect.get(value, 'remoteParticipants');
  return participants instanceof Map && ['on', 'off'].every((name) => typeof Reflect.get(value, name) === 'function');
}

/** The first parameter of `dial()`. */
export const dialRequest: OptionCheck = required(
  shape({
    to: required(line),
    numberCheck: oneOf('strict', 'lenient', 'off'),
    defaultCountry: rule('a country of ISO 3166-1 alpha-2 in upper case, such as US or DE', isUpperCountry),
    roomName: required(line),
    participantIdentity: required(line),
    participantName: string,
    participantMetadata: string,
    participantAttributes: record(string, 'an object with strings as values'),
    trunkId: nullable(line),
    connection: nullable(connection),
    callerId: line,
    displayName,
    headers,
    dtmf,
    ringingTimeoutMs,
    maxCallDurationMs: milliseconds(1_000, 86_400_000),
    krispEnabled: flag,
    playDialtone: flag,
    hidePhoneNumber: flag,
    includeHeaders: oneOf('none', 'x', 'all'),
    media,
    mediaEncryption: encryption,
    watch,
  }),
);

function isUpperCountry(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]{2}$/.test(value);
}

/** The second parameter of `dial()`. */
export const dialOptions: OptionCheck = required(shape({ signal, onProgress: callback }));

/** The second parameter of `sendDtmf()`. */
export const sendDtmfOptions: OptionCheck = required(shape({ signal }));
