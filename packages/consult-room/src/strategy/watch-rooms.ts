import { type DisconnectReason, type RemoteParticipant, RoomEvent } from '@livekit/rtc-node';
import type { StrategyEvent } from '../machine/event.js';
import type { MergeParties } from '../options/merge-options.js';
import { watchParticipantLeft } from '../room/watch-participant-left.js';

/** Emits the events of both rooms. Returns the function that stops it. */
export function watchRooms(parties: MergeParties, emit: (event: StrategyEvent) => void): () => void {
  const { callerRoom, callerIdentity, consultRoom, humanIdentity } = parties;
  const onCallerRoomLost = (reason: DisconnectReason): void =>
    emit({ type: 'caller-lost', end: { cause: 'caller-room-lost', reason } });
  const onConsultRoomLost = (reason: DisconnectReason): void =>
    emit({ type: 'consult-left', end: { cause: 'consult-room-lost', reason } });
  const onJoined = ({ identity }: RemoteParticipant): void => {
    if (identity === humanIdentity) emit({ type: 'human-arrived' });
  };
  callerRoom.on(RoomEvent.Disconnected, onCallerRoomLost);
  callerRoom.on(RoomEvent.ParticipantConnected, onJoined);
  consultRoom.on(RoomEvent.Disconnected, onConsultRoomLost);
  const stops = [
    watchParticipantLeft(callerRoom, callerIdentity, (left) =>
      emit({ type: 'caller-lost', end: { cause: 'caller-left', left } }),
    ),
    watchParticipantLeft(consultRoom, humanIdentity, (left) =>
      emit({ type: 'consult-left', end: { cause: 'human-left', left } }),
    ),
    watchParticipantLeft(callerRoom, humanIdentity, (left) =>
      emit({ type: 'human-gone', end: { cause: 'human-left', left } }),
    ),
  ];
  return () => {
    callerRoom.off(RoomEvent.Disconnected, onCallerRoomLost);
    callerRoom.off(RoomEvent.ParticipantConnected, onJoined);
    consultRoom.off(RoomEvent.Disconnected, onConsultRoomLost);
    for (const stop of stops) stop();
  };
}
