import { ParticipantKind, type RemoteParticipant, RoomEvent, TrackKind, TrackSource } from '@livekit/rtc-node';
import { NamedRoom } from './named-room.ts';

/** A room that is not connected, and in which participants with a microphone join and leave. */
export class FakeRoom extends NamedRoom {
  #joined = 0;

  /** Adds a participant; `sip.callStatus` and the like make a phone of it. */
  join(identity: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.#joined += 1;
    const microphone = { kind: TrackKind.KIND_AUDIO, source: TrackSource.SOURCE_MICROPHONE, sid: `TR_${identity}` };
    const participant = {
      identity,
      sid: `PA_${this.#joined}`,
      kind: 'sip.callStatus' in attributes ? ParticipantKind.SIP : ParticipantKind.STANDARD,
      attributes,
      trackPublications: new Map([[microphone.sid, { ...microphone, setSubscribed: () => undefined }]]),
    } as unknown as RemoteParticipant;
    this.remoteParticipants.set(identity, participant);
    this.emit(RoomEvent.ParticipantConnected, participant);
  }

  setAttributes(identity: string, attributes: Readonly<Record<string, string>>): void {
    const participant = this.remoteParticipants.get(identity);
    if (!participant) throw new Error(`${identity} is not there`);
    Object.assign(participant, { attributes });
    this.emit(RoomEvent.ParticipantAttributesChanged, attributes, participant);
  }

  /** Removes a participant, who hangs up or is moved away. */
  leave(identity: string, disconnectReason: number): void {
    const participant = this.remoteParticipants.get(identity);
    if (!participant) throw new Error(`${identity} is not there`);
    this.remoteParticipants.delete(identity);
    this.emit(RoomEvent.ParticipantDisconnected, Object.assign(participant, { disconnectReason }));
  }

  /** The number of its listeners, of all events. */
  get listening(): number {
    return Object.values(RoomEvent).reduce((sum, event) => sum + this.listenerCount(event), 0);
  }
}
