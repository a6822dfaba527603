import { hasHungUp } from '../leg/has-hung-up.js';

/** `ConnectionState.CONN_RECONNECTING` of rtc-node. */
const reconnecting = 2;

/**
 * How long to wait before a departure without a reason counts, in milliseconds. A reconnecting participant is reported as leaving
 * without a reason and joining again immediately. When this client reconnects, every remote participant is. A real departure has
 * a reason.
 */
const reconnectGraceMs = 1_000;

/**
 * The same after a reconnect of this client, in milliseconds. After a restart of the server, each client retries by itself, every
 * five seconds, and a SIP gateway some seconds later than this client.
 */
const ownReconnectGraceMs = 10_000;

/** The part of a leaving participant that is read; a `RemoteParticipant` of rtc-node has it. */
export interface LeavingParticipant {
  readonly identity: string;
  /** Number of LiveKit's `DisconnectReason`. */
  readonly disconnectReason?: number | undefined;
  readonly attributes: { readonly [name: string]: string };
}

/** The part of a room that is watched; a `Room` of rtc-node has it. */
export interface WatchedRoom<P> {
  readonly connectionState?: number;
  readonly remoteParticipants: ReadonlyMap<string, P>;
  on(event: 'participantDisconnected' | 'reconnected', listener: (...args: never[]) => void): unknown;
  off(event: 'participantDisconnected' | 'reconnected', listener: (...args: never[]) => void): unknown;
}

/**
 * Calls `listener` each time `identity` leaves the room, but not when the participant or this client reconnects, nor when all
 * participants do, as after a restart of the server. The room need not be connected yet. Returns the function that stops it.
 */
export function watchParticipantLeft<P extends LeavingParticipant>(
  room: WatchedRoom<P>,
  identity: string,
  listener: (participant: P) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  const mayComeBack = (): boolean =>
    room.connectionState === reconnecting || performance.now() < reconnectedAt + ownReconnectGraceMs;
  const reportUnlessBack = (participant: P): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (room.remoteParticipants.has(identity)) return;
      if (mayComeBack()) reportUnlessBack(participant);
      else listener(participant);
    }, reconnectGraceMs);
  };
  const onLeft = (participant: P): void => {
    if (participant.identity !== identity) return;
    const { disconnectReason, attributes } = participant;
    if (disconnectReason || hasHungUp(disconnectReason, attributes['sip.callStatus'])) listener(participant);
    else reportUnlessBack(participant);
  };
  const onReconnected = (): void => {
    reconnectedAt = performance.now();
  };
  room.on('participantDisconnected', onLeft);
  room.on('reconnected', onReconnected);
  return () => {
    clearTimeout(timer);
    room.off('participantDisconnected', onLeft);
    room.off('reconnected', onReconnected);
  };
}
