import { randomBytes, randomUUID } from 'node:crypto';

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An id as LiveKit makes them, such as `SCL_…` for a call. */
export function sipId(prefix: 'SCL' | 'SDR' | 'ST'): string {
  return `${prefix}_${Array.from(randomBytes(12), (byte) => alphabet[byte % alphabet.length]).join('')}`;
}

/** What only the dialog of an established call knows. */
export function dialogAttributes(): Record<string, string> {
  return { 'sip.callIDFull': randomUUID(), 'sip.callTag': randomBytes(8).toString('hex') };
}
