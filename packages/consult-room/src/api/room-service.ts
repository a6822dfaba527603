import { RoomServiceClient } from 'livekit-server-sdk';
import type { RoomAgentDispatch } from 'livekit-server-sdk';

/** What is asked of the server when a consult room is created; times are in whole seconds, as the server counts. */
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
 * The part of LiveKit's room service that a consult room needs. The SDK's `RoomServiceClient` fits as it is;
 * `@org/consult-room/testing` has one in memory.
 */
export interface RoomService {
  createRoom(room: NewRoom): Promise<ListedRoom>;
  /** Rejects with an HTTP status of 404 if there is no such room. */
  deleteRoom(name: string): Promise<void>;
  /** The rooms of these names that exist; all rooms if no names are given. */
  listRooms(names?: string[]): Promise<readonly ListedRoom[]>;
  /** Empty, or a rejection with an HTTP status of 404, if there is no such room. */
  listParticipants(room: string): Promise<readonly ListedParticipant[]>;
  /** Rejects with an HTTP status of 404 if there is no such participant. */
  removeParticipant(room: string, identity: string): Promise<void>;
}

/** LiveKit's `ParticipantInfo.Kind.SIP`. */
export const sipKind = 3;

/** LiveKit's `ParticipantInfo.Kind`s that are no people: ingress, egress, agent. */
export const machineKinds: readonly number[] = [1, 2, 4];

export function connectRoomService(options: {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly requestTimeoutMs: number;
}): RoomService {
  const host = options.url.replace(/^ws/, 'http');
  // Without `failover: false` the SDK replays a request on any transport error to a Cloud host.
  return new RoomServiceClient(host, options.apiKey, options.apiSecret, {
    requestTimeout: options.requestTimeoutMs / 1000,
    failover: false,
  });
}
