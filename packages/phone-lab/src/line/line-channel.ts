import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import type { SeatAccess } from './line-access.js';
import type { PhoneLine, LineIdentity } from './phone-line.js';

/** A request to a line in another process; answered under the same number. */
export type LineRequest = { readonly id: number } & (
  | { readonly do: 'join'; readonly seat: LineIdentity; readonly access: SeatAccess }
  | { readonly do: 'publish' | 'listen' | 'played' | 'dropAudio' }
  | { readonly do: 'setAttributes'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly do: 'sendAudio'; readonly pcm: Int16Array }
  | { readonly do: 'pressKey'; readonly key: string }
  | { readonly do: 'leave'; readonly reason: number }
);

/** A request without its number. */
export type LineOrder = LineRequest extends infer Request
  ? Request extends LineRequest
    ? Omit<Request, 'id'>
    : never
  : never;

/** A message of a line in another process. */
export type LineMessage =
  | { readonly answers: number; readonly value?: string; readonly error?: string }
  | { readonly says: 'track'; readonly track: Parameters<TrackListener>[0]; readonly number: number }
  | { readonly says: 'pcm'; readonly number: number; readonly pcm: Int16Array }
  | { readonly says: 'key'; readonly key: string; readonly from: string | undefined }
  | { readonly says: 'lost'; readonly reason: number }
  | { readonly says: 'back'; readonly participantSid: string };

type TrackListener = Parameters<PhoneLine['join']>[1]['track'];

const headerBytes = 4;

/** Sends a message over a connection; what cannot be sent any more is dropped, and the end of the connection tells. */
export function sendMessage(channel: Duplex, message: LineRequest | LineMessage): void {
  if (!channel.writable) return;
  const body = serialize(message);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(body.length);
  channel.write(Buffer.concat([header, body]));
}

/** Calls back with every message that comes over the connection. */
export function onMessage(channel: Duplex, listener: (message: unknown) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  channel.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= headerBytes) {
      const end = headerBytes + rest.readUInt32BE(0);
      if (rest.length < end) return;
      const body = rest.subarray(headerBytes, end);
      rest = rest.subarray(end);
      listener(deserialize(body));
    }
  });
}
