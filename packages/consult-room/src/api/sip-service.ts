import { SipClient } from 'livekit-server-sdk';
import { apiHost } from './server-access.js';
import type { ServerAccess } from './server-access.js';

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
 * The part of LiveKit's SIP service that lets a phone come in by a number of its own. The SDK's `SipClient` fits as it
 * is; `@org/consult-room/testing` has one in memory.
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
  /** An id that is not known is no error, or a rejection with an HTTP status of 404. */
  deleteSipTrunk(sipTrunkId: string): Promise<unknown>;
  deleteSipDispatchRule(sipDispatchRuleId: string): Promise<unknown>;
  /** Tells a phone by REFER to call `transferTo`; resolves when it has, and its old line is over. */
  transferSipParticipant(
    roomName: string,
    identity: string,
    transferTo: string,
    options: { ringingTimeout: number },
  ): Promise<void>;
}

export function connectSipService(access: ServerAccess): SipService {
  // Without `failover: false` the SDK replays a request, and a phone would be told twice to call.
  return new SipClient(apiHost(access), access.apiKey, access.apiSecret, { failover: false });
}
