import type { Clock } from '../clock.js';
import { type LegListener, type LegPlace, readAttributes } from './leg-observer.js';
import type { WatchableParticipant, WatchableRoom } from '../api/watchable-room.js';

/**
 * How long to wait before a departure without a reason is real, in milliseconds: when this process reconnects, every
 * participant is reported as leaving without a reason, and as joining again.
 */
const reconnectGraceMs = 1_000;

/** Reports changes of the leg in a joined room. Returns a function that stops it; `onLost` is called when the room is disconnected. */
export function watchLeg(
  room: WatchableRoom,
  place: LegPlace,
  clock: Clock,
  listener: LegListener,
  onLost: () => void,
): () => void {
  let stopWaiting: (() => void) | undefined;
  const see = (participant: WatchableParticipant, changed: { readonly [name: string]: string } = {}): void => {
    if (participant.identity !== place.identity) return;
    stopWaiting?.();
    listener({ type: 'seen', ...readAttributes({ ...participant.attributes, ...changed }), live: true });
  };
  const joined = (participant: WatchableParticipant): void => see(participant);
  const changed = (attributes: { readonly [name: string]: string }, participant: WatchableParticipant): void =>
    see(participant, attributes);
  const left = (participant: WatchableParticipant): void => {
    if (participant.identity !== place.identity) return;
    const { disconnectReason } = participant;
    if (disconnectReason) listener({ type: 'left', disconnectReason });
    else leaveUnlessBack(disconnectReason);
  };
  const leaveUnlessBack = (disconnectReason: number | undefined): void => {
    stopWaiting?.();
    stopWaiting = clock.after(reconnectGraceMs, () => {
      if (room.isConnected) listener({ type: 'left', disconnectReason });
      else leaveUnlessBack(disconnectReason);
    });
  };
  room.on('participantConnected', joined);
  room.on('participantAttributesChanged', changed);
  room.on('participantDisconnected', left);
  room.on('disconnected', onLost);

  const present = room.remoteParticipants.get(place.identity);
  if (present !== undefined) see(present);

  return () => {
    stopWaiting?.();
    room.off('participantConnected', joined);
    room.off('participantAttributesChanged', changed);
    room.off('participantDisconnected', left);
    room.off('disconnected', onLost);
  };
}
