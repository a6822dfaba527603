import type { RoomServiceClient } from 'livekit-server-sdk';
import type { SipGateway } from '../gateway/sip-gateway.js';
import type { LiveKitServer } from '../server/livekit-server.js';
import type { CloudOptions } from '../options/cloud-options.js';
import type { FrontHandler } from './lab-proxy.js';
import { laggingListings, listParticipantsPath } from './lagging-listings.js';
import { moveParticipant, moveParticipantPath } from './move-participant.js';
import { nodeRequests } from './node-requests.js';

interface CloudParts {
  readonly server: LiveKitServer;
  readonly rooms: RoomServiceClient;
  readonly gateway: Pick<SipGateway, 'liveCalls' | 'closing'>;
  readonly cloud: Required<CloudOptions>;
}

/** Puts LiveKit Cloud's answers before those that a self-hosted server gives. */
export function answerAsCloud(
  handlers: Map<string, FrontHandler>,
  { server, rooms, gateway, cloud }: CloudParts,
): void {
  const { closing } = gateway;
  handlers.set(moveParticipantPath, moveParticipant(gateway, server));
  const byNode = nodeRequests(rooms, server, cloud.noResponseMs, closing, new Map(handlers));
  for (const [path, handler] of byNode) handlers.set(path, handler);
  const list = handlers.get(listParticipantsPath);
  if (cloud.listingLagMs === 0 || !list) return;
  handlers.set(listParticipantsPath, laggingListings(server, cloud.listingLagMs, closing, list));
}
