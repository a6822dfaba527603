import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ServerKey } from '../server/server-config.js';

interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly exp?: number;
  readonly nbf?: number;
  readonly video?: {
    readonly room?: string;
    readonly roomAdmin?: boolean;
    readonly roomCreate?: boolean;
    readonly destinationRoom?: string;
  };
  readonly sip?: { readonly admin?: boolean; readonly call?: boolean };
}

/** The access token of a request: its header, or the query of a WebSocket. */
export function tokenOf(request: IncomingMessage): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer' && token) return token;
  return new URL(request.url ?? '/', 'http://front').searchParams.get('access_token') ?? undefined;
}

/** Reads the identity and room of a token without verifying it: for notes only. */
export function roomOfToken(token: string | undefined): { name?: string; identity?: string } | undefined {
  const claims = token === undefined ? undefined : claimsOf(token);
  if (!claims) return undefined;
  return { ...(claims.video?.room && { name: claims.video.room }), ...(claims.sub && { identity: claims.sub }) };
}

/** Whether the token is signed with the key, valid now, and allows SIP calls. */
export function mayCall(token: string | undefined, key: ServerKey, now: number = Date.now()): boolean {
  return mayUseSip(token, key, 'call', now);
}

/** Whether the token is signed with the key, valid now, and holds this SIP grant. */
export function mayUseSip(
  token: string | undefined,
  key: ServerKey,
  grant: 'admin' | 'call',
  now: number = Date.now(),
): boolean {
  return verifiedClaims(token, key, now)?.sip?.[grant] === true;
}

/** Whether the token is signed with the key, valid now, and allows to move participants from the one room to the other. */
export function mayMove(token: string | undefined, key: ServerKey, room: string, destinationRoom: string): boolean {
  const video = verifiedClaims(token, key, Date.now())?.video;
  return video?.roomAdmin === true && video.room === room && video.destinationRoom === destinationRoom;
}

/** Whether the token is signed with the key, valid now, and allows to administer this room. */
export function mayAdminister(token: string | undefined, key: ServerKey, room: string): boolean {
  const video = verifiedClaims(token, key, Date.now())?.video;
  return video?.roomAdmin === true && video.room === room;
}

/** Whether the token is signed with the key, valid now, and permits removing a participant or deleting the room. */
export function mayThrowOut(
  token: string | undefined,
  key: ServerKey,
  room: string,
  identity: string | undefined,
): boolean {
  if (identity !== undefined) return mayAdminister(token, key, room);
  return verifiedClaims(token, key, Date.now())?.video?.roomCreate === true;
}

function verifiedClaims(token: string | undefined, key: ServerKey, now: number): Claims | undefined {
  if (token === undefined) return undefined;
  const [header, payload, signature] = token.split('.');
  if (!header || !payload || !signature) return undefined;
  const expected = createHmac('sha256', key.apiSecret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = claimsOf(token);
  if (claims?.iss !== key.apiKey) return undefined;
  const seconds = now / 1000;
  return (claims.exp ?? Infinity) > seconds && (claims.nbf ?? 0) <= seconds + 60 ? claims : undefined;
}

/** Whether the token holds the grant to administer this room; it must have been verified. */
export function mayAdminRoom(token: string | undefined, room: string): boolean {
  const video = token === undefined ? undefined : claimsOf(token)?.video;
  return video?.roomAdmin === true && video.room === room;
}

function claimsOf(token: string): Claims | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return undefined; // Not a token; the server rejects it.
  }
}
