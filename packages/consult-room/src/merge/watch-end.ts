import { RoomEvent } from '@livekit/rtc-node';
import type { DisconnectReason } from '@livekit/rtc-node';
import { watchDeparture } from '../room/watch-departure.js';
import type { BridgeOptions } from './bridge-options.js';
import type { MergeEnd } from './merge.js';

type Parties = Pick<BridgeOptions, 'callerRoom' | 'callerIdentity' | 'consultRoom' | 'humanIdentity'>;

/** Tells what makes a merge impossible: one of the two leaves, or one of the rooms is lost. Returns the stop. */
export function watchEnd(parties: Parties, onEnd: (end: MergeEnd) => void): () => void {
  const { callerRoom, callerIdentity, consultRoom, humanIdentity } = parties;
  const onCallerRoomLost = (reason: DisconnectReason): void => onEnd({ cause: 'caller-room-lost', reason });
  const onConsultRoomLost = (reason: DisconnectReason): void => onEnd({ cause: 'consult-room-lost', reason });
  callerRoom.on(RoomEvent.Disconnected, onCallerRoomLost);
  consultRoom.on(RoomEvent.Disconnected, onConsultRoomLost);
  const stops = [
    watchDeparture(callerRoom, callerIdentity, (left) => onEnd({ cause: 'caller-left', left })),
    watchDeparture(consultRoom, humanIdentity, (left) => onEnd({ cause: 'human-left', left })),
  ];
  return () => {
    callerRoom.off(RoomEvent.Disconnected, onCallerRoomLost);
    consultRoom.off(RoomEvent.Disconnected, onConsultRoomLost);
    for (const stop of stops) stop();
  };
}
