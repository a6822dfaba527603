/** Marks rooms that this package created, so that a cleaner can tell them from all others. */
export const roomOwner = '@org/consult-room';

/** What the metadata of a consult room says, as JSON. */
export interface ConsultRoomMetadata {
  readonly owner: typeof roomOwner;
  readonly transferId: string;
  readonly callerRoom: string;
  /** The briefing agent's identity. Rooms of earlier versions do not say it. */
  readonly agent?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Undefined for a room that this package did not create. */
export function readRoomMetadata(metadata: string): ConsultRoomMetadata | undefined {
  let value: unknown;
  try {
    value = JSON.parse(metadata);
  } catch {
    // Somebody else's room: its metadata need not be JSON.
    return undefined;
  }
  return isConsultRoomMetadata(value) ? value : undefined;
}

function isConsultRoomMetadata(value: unknown): value is ConsultRoomMetadata {
  return (
    typeof value === 'object' &&
    value !== null &&
    'owner' in value &&
    value.owner === roomOwner &&
    'transferId' in value &&
    typeof value.transferId === 'string' &&
    'callerRoom' in value &&
    typeof value.callerRoom === 'string' &&
    (!('agent' in value) || typeof value.agent === 'string') &&
    'createdAt' in value &&
    typeof value.createdAt === 'string'
  );
}
