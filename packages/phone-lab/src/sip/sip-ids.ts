import { randomBytes } from 'node:crypto';

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An id as LiveKit makes them, such as `SCL_…` for a call. */
export function sipId(prefix: 'SCL' | 'SDR' | 'ST'): string {
  return `${prefix}_${Array.from(randomBytes(12), (byte) => alphabet[byte % alphabet.length]).join('')}`;
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The identifiers of an established dialog: the Call-ID, which the calling side chooses, and the phone's tag. */
export function dialogAttributes(direction: 'outbound' | 'inbound'): Record<string, string> {
  const callId =
    direction === 'outbound'
      ? Array.from(randomBytes(27), (byte) => base62[byte % base62.length]).join('')
      : randomBytes(8).toString('hex');
  return { 'sip.callIDFull': callId, 'sip.callTag': randomBytes(8).toString('hex') };
}
