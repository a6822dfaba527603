import type { voice } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { watchDeparture } from '@org/consult-room';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { CallerPort } from '../ports.js';

interface SessionCallerOptions {
  readonly session: voice.AgentSession;
  readonly room: Room;
  /** Absent when the caller had left before. */
  readonly callerIdentity: string | undefined;
  readonly rooms: Pick<RoomServiceClient, 'removeParticipant'>;
}

/** How the session's ears and mouth stood when the caller was put on hold. */
interface SessionIo {
  readonly hears: boolean;
  readonly speaks: boolean;
  readonly transcribes: boolean;
}

/** The caller as a participant of their room, and the AI agent as the session that talks to them. */
export class SessionCaller implements CallerPort {
  readonly #options: SessionCallerOptions;
  #before: SessionIo | undefined;

  constructor(options: SessionCallerOptions) {
    this.#options = options;
  }

  present(): boolean {
    const { room, callerIdentity } = this.#options;
    return callerIdentity !== undefined && room.isConnected && room.remoteParticipants.has(callerIdentity);
  }

  /** A caller who merely connects anew has not left. */
  onLeft(listener: () => void): () => void {
    const { room, callerIdentity } = this.#options;
    const unwatch = callerIdentity === undefined ? undefined : watchDeparture(room, callerIdentity, listener);
    room.on(RoomEvent.Disconnected, listener);
    return () => {
      unwatch?.();
      room.off(RoomEvent.Disconnected, listener);
    };
  }

  hold(): void {
    const { input, output } = this.#options.session;
    this.#before = { hears: input.audioEnabled, speaks: output.audioEnabled, transcribes: output.transcriptionEnabled };
    input.setAudioEnabled(false);
    output.setAudioEnabled(false);
    output.setTranscriptionEnabled(false);
  }

  restore(): void {
    if (this.#before === undefined) return;
    const { input, output } = this.#options.session;
    input.setAudioEnabled(this.#before.hears);
    output.setAudioEnabled(this.#before.speaks);
    output.setTranscriptionEnabled(this.#before.transcribes);
    this.#before = undefined;
  }

  async hangUp(): Promise<void> {
    const { room, callerIdentity, rooms } = this.#options;
    if (callerIdentity === undefined || room.name === undefined || !this.present()) return;
    await rooms.removeParticipant(room.name, callerIdentity);
  }
}
