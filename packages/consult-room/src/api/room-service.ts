import { type RoomAgentDispatch, RoomServiceClient } from 'livekit-server-sdk';

/** The request to create a consult room. Times are in whole seconds, the server's unit. */
export interface NewRoom {
  readonly name: string;
  readonly emptyTimeout: number;
  readonly departureTimeout: number;
  readonly maxParticipants: number;
  readonly metadata: string;
  readonly agents: RoomAgentDispatch[];
}

export interface ListedRoom {
  readonly name: string;
  readonly metadata: string;
}

export interface ListedParticipant {
  readonly identity: string;
  /** Number of LiveKit's `ParticipantInfo.Kind`: 3 is SIP. */
  readonly kind: number;
}

/**
 * The part of LiveKit's room service that a consult room needs. The SDK's `RoomServiceClient` implements it;
 * `@org/consult-room/testing` has an implementation in memory.
 */
export interface RoomService {
  createRoom(room: NewRoom): Promise<ListedRoom>;
  /** Deletes a room. Rejects with the HTTP status 404 if there is no such room. */
  deleteRoom(name: string): Promise<void>;
  /** Lists the rooms of these names that exist; all rooms if no names are given. */
  listRooms(names?: string[]): Promise<readonly ListedRoom[]>;
  /** Lists the participants of a room: an empty list, or a rejection with the HTTP status 404, if there is no such room. */
  listParticipants(room: string): Promise<readonly ListedParticipant[]>;
  /** Removes a participant. Rejects with the HTTP status 404 if there is no such participant. */
  removeParticipant(room: string, identity: string): Promise<void>;
}

/** LiveKit's `ParticipantInfo.Kind.SIP`. */
export const sipKind = 3;

/** LiveKit's `ParticipantInfo.Kind`s that are not human: ingress, egress, agent. */
export const nonHumanKinds: readonly number[] = [1, 2, 4];

export function connectRoomService(options: {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly requestTimeoutMs: number;
}): RoomService {
  const host = options.url.replace(/^ws/, 'http');
  // Without `failover: false` the SDK replays a request after any transport error of a Cloud host.
  return new RoomServiceClient(host, options.apiKey, options.apiSecret, {
    requestTimeout: options.requestTimeoutMs / 1000,
    failover: false,
  });
}
