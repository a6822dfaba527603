import { hasHungUp } from '../leg/has-hung-up.js';

/** `ConnectionState.CONN_RECONNECTING` of rtc-node. */
const reconnecting = 2;

/**
 * How long a participant may be away who left without a reason, in milliseconds. One who reconnects takes their own place: the
 * room reports the old one as leaving without a reason and the new one as joining right after. When this client reconnects,
 * all others leave without a reason and come back. A real departure has a reason.
 */
const backWithinMs = 1_000;

/**
 * How long they may be away after this client has reconnected, in milliseconds. When a server was restarted, each client tries
 * by itself, every five seconds, and a SIP gateway some seconds later than this client.
 */
const backAfterReconnectMs = 10_000;

/** The fields read of a participant who leaves; a `RemoteParticipant` of rtc-node is one. */
export interface DepartingParticipant {
  readonly identity: string;
  /** Number of LiveKit's `DisconnectReason`. */
  readonly disconnectReason?: number | undefined;
  readonly attributes: { readonly [name: string]: string };
}

/** The part of a room that is watched; a `Room` of rtc-node is one. */
export interface DepartureRoom<P> {
  readonly connectionState?: number;
  readonly remoteParticipants: ReadonlyMap<string, P>;
  on(event: 'participantDisconnected' | 'reconnected', listener: (...args: never[]) => void): unknown;
  off(event: 'participantDisconnected' | 'reconnected', listener: (...args: never[]) => void): unknown;
}

/**
 * Calls `listener` each time `identity` leaves the room, but not when they or this client reconnect, nor when all do, as after a
 * restart of the server. The room may not be connected yet. Returns the function that stops.
 */
export function watchDeparture<P extends DepartingParticipant>(
  room: DepartureRoom<P>,
  identity: string,
  listener: (participant: P) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  const mayComeBack = (): boolean =>
    room.connectionState === reconnecting || performance.now() < reconnectedAt + backAfterReconnectMs;
  const reportUnlessBack = (participant: P): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (room.remoteParticipants.has(identity)) return;
      if (mayComeBack()) reportUnlessBack(participant);
      else listener(participant);
    }, backWithinMs);
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
