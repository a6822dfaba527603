import { type LegListener, type LegPlace, readAttributes } from './leg-observer.js';
import type { WatchableParticipant, WatchableRoom } from './watchable-room.js';

/** Follows the leg in a joined room. Returns the way to stop; `onLost` tells that the room was left. */
export function watchLeg(room: WatchableRoom, place: LegPlace, listener: LegListener, onLost: () => void): () => void {
  const see = (participant: WatchableParticipant, changed: { readonly [name: string]: string } = {}): void => {
    if (participant.identity !== place.identity) return;
    listener({ type: 'seen', ...readAttributes({ ...participant.attributes, ...changed }), live: true });
  };
  const joined = (participant: WatchableParticipant): void => see(participant);
  const changed = (attributes: { readonly [name: string]: string }, participant: WatchableParticipant): void =>
    see(participant, attributes);
  const left = (participant: WatchableParticipant): void => {
    if (participant.identity !== place.identity) return;
    listener({ type: 'left', disconnectReason: participant.disconnectReason });
  };
  room.on('participantConnected', joined);
  room.on('participantAttributesChanged', changed);
  room.on('participantDisconnected', left);
  room.on('disconnected', onLost);

  const present = room.remoteParticipants.get(place.identity);
  if (present !== undefined) see(present);

  return () => {
    room.off('participantConnected', joined);
    room.off('participantAttributesChanged', changed);
    room.off('participantDisconnected', left);
    room.off('disconnected', onLost);
  };
}
