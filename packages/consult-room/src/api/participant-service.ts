import { RoomServiceClient } from 'livekit-server-sdk';
import type { RoomService } from './room-service.js';
import { apiHost, type ServerAccess } from './server-access.js';

/**
 * The part of LiveKit's room service that moves, mutes and hangs up participants. The SDK's `RoomServiceClient`
 * implements it; `@org/consult-room/testing` has an implementation in memory.
 */
export interface ParticipantService extends Pick<RoomService, 'listParticipants' | 'listRooms' | 'removeParticipant'> {
  /**
   * Moves a participant to another room. Only LiveKit Cloud does; other servers reject, with a message that ends in
   * `not implemented`.
   */
  moveParticipant(room: string, identity: string, destinationRoom: string): Promise<void>;
  /** Subscribes a participant to tracks, or unsubscribes them. */
  updateSubscriptions(room: string, identity: string, trackSids: string[], subscribe: boolean): Promise<void>;
}

export function connectParticipantService(access: ServerAccess, requestTimeoutMs: number): ParticipantService {
  // Without `failover: false` the SDK replays a move that succeeded, and the server answers that there is no such
  // participant.
  return new RoomServiceClient(apiHost(access), access.apiKey, access.apiSecret, {
    requestTimeout: requestTimeoutMs / 1000,
    failover: false,
  });
}
