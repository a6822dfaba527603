/** The owner in the metadata of rooms that this package created, by which a sweep recognizes them. */
export const consultRoomOwner = '@org/consult-room';

/** The metadata of a consult room, as JSON. */
export interface ConsultRoomMetadata {
  readonly owner: typeof consultRoomOwner;
  readonly transferId: string;
  readonly callerRoom: string;
  /** The briefing agent's identity; absent in rooms of earlier versions. */
  readonly agent?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Parses the metadata of a room. Returns undefined for a room that this package did not create. */
export function readRoomMetadata(metadata: string): ConsultRoomMetadata | undefined {
  let value: unknown;
  try {
    value = JSON.parse(metadata);
  } catch {
    // The metadata of another program's room need not be JSON.
    return undefined;
  }
  return isConsultRoomMetadata(value) ? value : undefined;
}

function isConsultRoomMetadata(value: unknown): value is ConsultRoomMetadata {
  return (
    typeof value === 'object' &&
    value !== null &&
    'owner' in value &&
    value.owner === consultRoomOwner &&
    'transferId' in value &&
    typeof value.transferId === 'string' &&
    'callerRoom' in value &&
    typeof value.callerRoom === 'string' &&
    (!('agent' in value) || typeof value.agent === 'string') &&
    'createdAt' in value &&
    typeof value.createdAt === 'string'
  );
}
