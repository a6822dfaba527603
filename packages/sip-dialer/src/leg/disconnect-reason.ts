/** LiveKit's `DisconnectReason`, by its numbers. */
const names = [
  'UNKNOWN_REASON',
  'CLIENT_INITIATED',
  'DUPLICATE_IDENTITY',
  'SERVER_SHUTDOWN',
  'PARTICIPANT_REMOVED',
  'ROOM_DELETED',
  'STATE_MISMATCH',
  'JOIN_FAILURE',
  'MIGRATION',
  'SIGNAL_CLOSE',
  'ROOM_CLOSED',
  'USER_UNAVAILABLE',
  'USER_REJECTED',
  'SIP_TRUNK_FAILURE',
  'CONNECTION_TIMEOUT',
  'MEDIA_FAILURE',
  'AGENT_ERROR',
] as const;

/** The reason why a leg left its room, by LiveKit's name. */
export type DisconnectReasonName = (typeof names)[number];

/** Returns `undefined` for no reason, and for a reason newer than this table. */
export function disconnectReasonName(reason: number | undefined): DisconnectReasonName | undefined {
  return reason === undefined || reason === 0 ? undefined : names[reason];
}
