import type { voice } from '@livekit/agents';
import { DisconnectReason, ParticipantKind, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { type HangUpService, watchParticipantLeft } from '@org/consult-room';
import type { SipDialer } from '@org/sip-dialer';
import type { HearCancel } from '../speech/cancel-phrase-listener.js';
import type { OnSessionClosed } from '../options/on-session-closed.js';
import type { CallerPort } from '../runtime/ports.js';
import { isLeftAlone } from './abandoned-caller.js';
import { hangUpOne } from './hang-up-one.js';
import { feedSilence } from '../session/feed-silence.js';
import { cutOffSpeech } from '../session/cut-off-speech.js';
import { closeSessionProtocol } from '../session/session-protocol.js';

interface SessionCallerOptions {
  readonly session: voice.AgentSession;
  readonly room: Room;
  /** Absent when the caller had left before. */
  readonly callerIdentity: string | undefined;
  readonly rooms: HangUpService;
  readonly dialer: Pick<SipDialer, 'coldTransfer'>;
  /** By which the caller gets the AI back. */
  readonly cancelKey: string | undefined;
  /** The same by voice. */
  readonly hearCancel: HearCancel | undefined;
  /** Limit of hanging up on the caller, retries included: whoever gets the AI back after it must not be removed then. */
  readonly hangingUpMs: number;
  /** Receives errors that end nothing. */
  readonly note: (cause: unknown) => void;
  /** How to end the call of a caller whom the session can't take back. */
  readonly onSessionClosed: OnSessionClosed;
  /** How long a phone may ring that the caller is sent on to. */
  readonly ringingTimeoutMs: number;
}

/** How the session's ears and mouth stood when the caller was put on hold. */
interface SessionIo {
  readonly hears: boolean;
  readonly speaks: boolean;
  readonly transcribes: boolean;
  /** What is done with what the caller types. */
  readonly reads: voice.TextInputCallback | undefined;
}

/** The caller as a participant of their room, and the AI agent as the session that talks to them. */
export class SessionCaller implements CallerPort {
  readonly #options: SessionCallerOptions;
  #before: SessionIo | undefined;
  #openProtocol: () => void = () => undefined;
  #stopSilence: () => void = () => undefined;

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
    if (callerIdentity === undefined) return () => undefined;
    return watchParticipantLeft(room, callerIdentity, listener);
  }

  onCutOff(listener: (cause: unknown) => void): () => void {
    const { room, note } = this.#options;
    const disconnected = (reason: DisconnectReason): void => {
      const why = DisconnectReason[reason] ?? String(reason);
      listener(new Error(`the agent is no longer in the caller's room (${why})`));
      this.#endIfAlone(reason).catch(note);
    };
    room.on(RoomEvent.Disconnected, disconnected);
    return () => room.off(RoomEvent.Disconnected, disconnected);
  }

  onCanceled(listener: () => void): () => void {
    const { room, callerIdentity, cancelKey, hearCancel } = this.#options;
    const pressed = (_code: number, key: string, participant: RemoteParticipant): void => {
      if (participant.identity === callerIdentity && key === cancelKey) listener();
    };
    const unhear = hearCancel?.onHeard(listener);
    if (cancelKey !== undefined) room.on(RoomEvent.DtmfReceived, pressed);
    return () => {
      unhear?.();
      room.off(RoomEvent.DtmfReceived, pressed);
    };
  }

  hold(): void {
    const { input, output } = this.#options.session;
    const texts = this.#texts;
    this.#before = {
      hears: input.audioEnabled,
      speaks: output.audioEnabled,
      transcribes: output.transcriptionEnabled,
      reads: texts?.textInputCallback,
    };
    if (texts?.textInputCallback !== undefined) texts.textInputCallback = () => undefined;
    this.#openProtocol = closeSessionProtocol(this.#options.session);
    cutOffSpeech(this.#options.session);
    input.setAudioEnabled(false);
    this.#stopSilence = feedSilence(this.#options.session);
    output.setAudioEnabled(false);
    output.setTranscriptionEnabled(false);
  }

  /** @throws Error when nobody would answer the caller: the session is closing, closed, or was never started. */
  restore(): void {
    const { _started: started, _closing: closing } = this.#options.session;
    if (closing) throw new Error('the AI cannot take the caller back: its session is closed');
    if (!started) throw new Error('the AI cannot take the caller back: its session was never started');
    this.unhold();
  }

  unhold(): void {
    if (this.#before === undefined) return;
    const { input, output } = this.#options.session;
    this.#stopSilence();
    input.setAudioEnabled(this.#before.hears);
    output.setAudioEnabled(this.#before.speaks);
    output.setTranscriptionEnabled(this.#before.transcribes);
    this.#openProtocol();
    if (this.#texts !== undefined && this.#before.reads !== undefined) {
      this.#texts.textInputCallback = this.#before.reads;
    }
    this.#before = undefined;
  }

  /** A cold transfer that fails ends in a hang-up. @throws Error when neither can be done. */
  async end(signal: AbortSignal): Promise<'left' | 'hung-up' | 'cold-transferred'> {
    if (!this.present()) return 'left';
    if (await this.#isColdTransferred(signal)) return 'cold-transferred';
    if (!this.present()) return 'left';
    await this.hangUp();
    return 'hung-up';
  }

  /** As `onSessionClosed` asks for; false where it doesn't, or the transfer fails. */
  async #isColdTransferred(signal: AbortSignal): Promise<boolean> {
    const { onSessionClosed, note } = this.#options;
    if (onSessionClosed === 'hang-up') return false;
    try {
      await this.coldTransfer(onSessionClosed.coldTransferTo, signal);
      return true;
    } catch (cause) {
      note(cause);
      return false;
    }
  }

  /** A caller whose room we have lost would hear nothing any more: their call is ended like that of a closed session. */
  async #endIfAlone(reason: DisconnectReason): Promise<void> {
    const { room, callerIdentity, rooms, hangingUpMs } = this.#options;
    if (callerIdentity === undefined || !(await isLeftAlone(rooms, room, callerIdentity, reason))) return;
    // What is done now is done without a limit of the transfer, which is over.
    if (await this.#isColdTransferred(new AbortController().signal)) return;
    await hangUpOne(rooms, { room: room.name ?? '', identity: callerIdentity }, hangingUpMs);
  }

  /** Where the session's room I/O, which is internal to the agents package, looks up what to do with a text. */
  get #texts(): { textInputCallback?: voice.TextInputCallback } | undefined {
    return this.#options.session._roomIO?.['inputOptions'];
  }

  async hangUp(): Promise<void> {
    const { room, callerIdentity, rooms, hangingUpMs } = this.#options;
    if (callerIdentity === undefined || room.name === undefined || !this.present()) return;
    await hangUpOne(rooms, { room: room.name, identity: callerIdentity }, hangingUpMs);
  }

  async coldTransfer(to: string, signal: AbortSignal): Promise<void> {
    const { room, callerIdentity, dialer, ringingTimeoutMs } = this.#options;
    const caller = callerIdentity === undefined ? undefined : room.remoteParticipants.get(callerIdentity);
    if (caller?.info.kind !== ParticipantKind.SIP || room.name === undefined) {
      throw new Error('the caller is not on a phone, so there is nothing to transfer by REFER');
    }
    const request = { roomName: room.name, identity: caller.identity, to, ringingTimeoutMs };
    const result = await dialer.coldTransfer(request, { signal });
    if (result.status !== 'transferred') {
      throw new Error(`the cold transfer of the caller failed: ${result.status}`, { cause: result });
    }
  }
}
