import { problem } from '@org/support';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import type { InviteOptions } from '../options/invite-options.js';
import { inviteOptions } from '../options/shapes.js';
import { throwProblems, validate } from '../options/validate.js';

export interface TokenMaker {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly room: string;
}

/** Creates the briefing agent's token, with exactly these four grants in one room. */
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
  const { ttlMs = 600_000, canPublish = true, hidden = false } = guest;
  // The server hides a participant's tracks along with the participant, so nobody would hear such a guest.
  if (hidden && guest.canPublish === true) throwProblems([problem('canPublish', 'must be false for a hidden guest')]);
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
