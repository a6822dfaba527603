import { SipClient } from 'livekit-server-sdk';
import { apiHost, type ServerAccess } from './server-access.js';

export interface ListedTrunk {
  readonly sipTrunkId: string;
  readonly name: string;
  readonly metadata: string;
}

export interface ListedRule {
  readonly sipDispatchRuleId: string;
  readonly name: string;
  readonly trunkIds: readonly string[];
}

/**
 * The part of LiveKit's SIP service that a promotion and a sweep need. The SDK's `SipClient` implements it;
 * `@org/consult-room/testing` has an implementation in memory.
 */
export interface SipService {
  createSipInboundTrunk(
    name: string,
    numbers: string[],
    options: { metadata: string; allowedAddresses: string[] },
  ): Promise<{ readonly sipTrunkId: string }>;
  createSipDispatchRule(
    rule: { type: 'direct'; roomName: string },
    options: { name: string; trunkIds: string[]; hidePhoneNumber?: boolean; attributes?: Record<string, string> },
  ): Promise<{ readonly sipDispatchRuleId: string }>;
  listSipInboundTrunk(): Promise<readonly ListedTrunk[]>;
  listSipDispatchRule(): Promise<readonly ListedRule[]>;
  /** Deletes a trunk. For an unknown ID, resolves or rejects with the HTTP status 404. */
  deleteSipTrunk(sipTrunkId: string): Promise<unknown>;
  deleteSipDispatchRule(sipDispatchRuleId: string): Promise<unknown>;
  /** Asks a phone by REFER to call `transferTo`. Resolves when the phone has called and its old leg has ended. */
  transferSipParticipant(
    roomName: string,
    identity: string,
    transferTo: string,
    options: { ringingTimeout: number },
  ): Promise<void>;
}

export function connectSipService(access: ServerAccess): SipService {
  // Without `failover: false` the SDK replays a request, and a phone would be asked twice to call.
  return new SipClient(apiHost(access), access.apiKey, access.apiSecret, { failover: false });
}
