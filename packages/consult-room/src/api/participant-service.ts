import { RoomServiceClient } from 'livekit-server-sdk';
import { apiHost } from './server-access.js';
import type { ServerAccess } from './server-access.js';
import type { RoomService } from './room-service.js';

/**
 * The part of LiveKit's room service that joins, mutes and hangs up people. The SDK's `RoomServiceClient` fits as it
 * is; `@org/consult-room/testing` has one in memory.
 */
export interface PeopleService extends Pick<RoomService, 'listParticipants' | 'listRooms' | 'removeParticipant'> {
  /** Only LiveKit Cloud has it; other servers reject, with a message that ends in `not implemented`. */
  moveParticipant(room: string, identity: string, destinationRoom: string): Promise<void>;
  /** Lets a participant hear these tracks or not. */
  updateSubscriptions(room: string, identity: string, trackSids: string[], subscribe: boolean): Promise<void>;
}

export function connectPeopleService(access: ServerAccess, requestTimeoutMs: number): PeopleService {
  // Without `failover: false` the SDK replays a move that worked, and is told that there is nobody to move.
  return new RoomServiceClient(apiHost(access), access.apiKey, access.apiSecret, {
    requestTimeout: requestTimeoutMs / 1000,
    failover: false,
  });
}
