import { AccessToken } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { givenOf, problem } from '@org/support';
import { inviteOptions } from '../options/shapes.js';
import { refuse, validate } from '../options/validate.js';

export interface InviteOptions {
  readonly identity: string;
  /** Shown to the others in the room. Default: the identity. */
  readonly name?: string | undefined;
  /** How long the token can be used for joining. Whole seconds. Default 600 000. */
  readonly ttlMs?: number | undefined;
  /** A guest who only listens has false. Default true. */
  readonly canPublish?: boolean | undefined;
  /** Invisible to the others, such as a silent supervisor. Default false. */
  readonly hidden?: boolean | undefined;
}

export const inviteDefaults: Readonly<{ ttlMs: number; canPublish: boolean; hidden: boolean }> = Object.freeze({
  ttlMs: 600_000,
  canPublish: true,
  hidden: false,
});

export interface TokenMaker {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly room: string;
}

/** The briefing agent's token: these four grants, one room, nothing else. */
export function mintAgentToken(
  maker: TokenMaker,
  agent: { readonly identity: string; readonly kind: 'agent' | 'standard'; readonly ttlMs: number },
): Promise<string> {
  const token = new AccessToken(maker.apiKey, maker.apiSecret, { identity: agent.identity, ttl: agent.ttlMs / 1000 });
  token.kind = agent.kind;
  token.addGrant({
    roomJoin: true,
    room: maker.room,
    canPublish: true,
    canSubscribe: true,
    canUpdateOwnMetadata: true,
  });
  return token.toJwt();
}

export function mintGuestToken(maker: TokenMaker, guest: InviteOptions): Promise<string> {
  validate(inviteOptions, guest);
  const { identity } = guest;
  const { ttlMs, canPublish, hidden } = { ...inviteDefaults, ...givenOf(guest) };
  // The server hides a participant's tracks along with it, so such a guest would speak to nobody.
  if (hidden && guest.canPublish === true) refuse([problem('canPublish', 'must be false for a hidden guest')]);
  const token = new AccessToken(maker.apiKey, maker.apiSecret, {
    identity,
    name: guest.name ?? identity,
    ttl: ttlMs / 1000,
  });
  const grant: VideoGrant = {
    roomJoin: true,
    room: maker.room,
    canPublish: canPublish && !hidden,
    canPublishData: canPublish && !hidden,
    canSubscribe: true,
  };
  if (hidden) grant.hidden = true;
  token.addGrant(grant);
  return token.toJwt();
}
