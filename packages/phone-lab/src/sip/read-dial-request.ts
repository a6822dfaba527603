import type { DialRequest } from './dial-request.js';
import { camelCased, listOf, mapOf, messageOf, textOf, type SipRecord } from './sip-records.js';
import type { TwirpError } from '../twirp/twirp-error.js';

const malformed: TwirpError = { code: 'malformed', msg: 'the json request could not be decoded' };

/** How long the gateway lets a phone ring when the request does not say. */
const defaultRingLimitMs = 180_000;

/** A checked request, or the error that the server answers. */
export type ReadDialRequest =
  | { readonly dial: DialRequest; readonly waitUntilAnswered: boolean }
  | { readonly error: TwirpError };

/** Reads the JSON of a CreateSIPParticipant request, in camel or snake case, and checks it in the server's order. */
export function readDialRequest(body: Buffer, trunkOf: (id: string) => SipRecord | undefined): ReadDialRequest {
  const fields = parseFields(body);
  if (!fields) return { error: malformed };
  const text = (name: string): string => stringOf(fields[name]);
  const inline = messageOf(fields, 'trunk');
  const number = text('sipCallTo');
  const refusal = whatIsWrong(text('sipTrunkId'), inline, text('sipNumber'), number, text('roomName'));
  if (refusal) return refuse(refusal);
  const trunk = text('sipTrunkId') === '' ? undefined : trunkOf(text('sipTrunkId'));
  if (text('sipTrunkId') !== '' && !trunk) {
    return { error: { code: 'not_found', msg: 'requested sip trunk does not exist' } };
  }
  const fromNumber = text('sipNumber') || (listOf(trunk, 'numbers')[0] ?? '');
  if (fromNumber === '') return { error: { code: 'failed_precondition', msg: 'no numbers on outbound trunk' } };
  return {
    waitUntilAnswered: fields['waitUntilAnswered'] === true,
    dial: {
      number,
      fromNumber,
      trunkId: text('sipTrunkId'),
      hostname: trunk ? textOf(trunk, 'address') : textOf(inline, 'hostname'),
      roomName: text('roomName'),
      identity: text('participantIdentity') || `sip_${number}`,
      name: text('participantName'),
      metadata: text('participantMetadata'),
      attributes: (fields['participantAttributes'] as Record<string, string> | undefined) ?? {},
      hidePhoneNumber: fields['hidePhoneNumber'] === true,
      dtmf: text('dtmf'),
      ringLimitMs: durationMs(fields['ringingTimeout']) ?? defaultRingLimitMs,
      callLimitMs: durationMs(fields['maxCallDuration']),
      playDialtone: fields['playDialtone'] === true || fields['playRingtone'] === true,
      ...headerFields(fields, trunk ?? inline),
      hasPassword: textOf(trunk ?? inline, 'authUsername') !== '' && textOf(trunk ?? inline, 'authPassword') !== '',
    },
  };
}

function headerFields(
  fields: SipRecord,
  trunk: SipRecord | undefined,
): Pick<DialRequest, 'headers' | 'mapping' | 'attributesToHeaders'> {
  return {
    headers: { ...mapOf(trunk, 'headers'), ...mapOf(fields, 'headers') },
    mapping: {
      headersToAttributes: mapOf(trunk, 'headersToAttributes'),
      includeHeaders: fields['includeHeaders'] ?? trunk?.['includeHeaders'],
    },
    attributesToHeaders: mapOf(trunk, 'attributesToHeaders'),
  };
}

function whatIsWrong(
  trunkId: string,
  inline: SipRecord | undefined,
  fromNumber: string,
  number: string,
  roomName: string,
): string | undefined {
  if (trunkId === '' && !inline && fromNumber === '') return 'missing sip trunk id and sip number';
  if (number === '') return 'missing sip callee number';
  if (number.includes('@')) return 'SipCallTo should be a phone number or SIP user, not a full SIP URI';
  if (roomName === '') return 'missing room name';
  return undefined;
}

function refuse(msg: string): ReadDialRequest {
  return { error: { code: 'invalid_argument', msg } };
}

/** The fields by their camel-case names. */
export function parseFields(body: Buffer): SipRecord | undefined {
  try {
    const fields = JSON.parse(body.toString('utf8')) as unknown;
    return typeof fields === 'object' && fields !== null ? camelCased(fields as SipRecord) : undefined;
  } catch {
    return undefined; // Answered as the server does.
  }
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A protobuf duration in JSON, such as `30s` or `1.5s`. */
export function durationMs(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.endsWith('s') ? Number(value.slice(0, -1)) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
