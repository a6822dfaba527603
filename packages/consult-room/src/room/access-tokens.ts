import { AccessToken } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { givenOf, problem } from '@org/support';
import { inviteDefaults } from '../options/invite-options.js';
import type { InviteOptions } from '../options/invite-options.js';
import { inviteOptions } from '../options/shapes.js';
import { refuse, validate } from '../options/validate.js';

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
