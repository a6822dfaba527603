import type { voice } from '@livekit/agents';
import { DisconnectReason, ParticipantKind, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { type HangUpService, watchParticipantLeft } from '@org/consult-room';
import type { SipDialer } from '@org/sip-dialer';
import type { CancelPhraseListener } from '../speech/cancel-phrase-listener.js';
import type { OnSessionClosed } from '../options/on-session-closed.js';
import type { CallerPort } from '../runtime/ports.js';
import { isLeftAlone } from './abandoned-caller.js';
import { hangUpOne } from './hang-up-one.js';
import { feedSilence } from '../session/feed-silence.js';
import { cutOffSpeech } from '../session/cut-off-speech.js';
import { closeSessionProtocol } from '../session/session-protocol.js';

interface CallerAdapterOptions {
  readonly session: voice.AgentSession;
  readonly room: Room;
  /** Absent if the caller had already left. */
  readonly callerIdentity: string | undefined;
  readonly rooms: HangUpService;
  readonly dialer: Pick<SipDialer, 'coldTransfer'>;
  /** The key that returns the caller to the AI. */
  readonly cancelKey: string | undefined;
  /** The same by voice. */
  readonly cancelListener: CancelPhraseListener | undefined;
  /**
   * Time limit of hanging up on the caller, retries included: a caller who is returned to the AI after it must not be
   * removed.
   */
  readonly hangingUpMs: number;
  /** Receives non-fatal errors. */
  readonly warn: (cause: unknown) => void;
  /** How to end the call of a caller who cannot be returned to the session. */
  readonly onSessionClosed: OnSessionClosed;
  /** Ringing timeout of a cold transfer. */
  readonly ringingTimeoutMs: number;
}

/** The input and output of the session before the hold. */
interface SessionIo {
  readonly hears: boolean;
  readonly speaks: boolean;
  readonly transcribes: boolean;
  /** The handler of text that the caller types. */
  readonly reads: voice.TextInputCallback | undefined;
}

/** The caller as a participant of the caller room, and the AI agent as the caller session. */
export class CallerAdapter implements CallerPort {
  readonly #options: CallerAdapterOptions;
  #before: SessionIo | undefined;
  #openProtocol: () => void = () => undefined;
  #stopSilence: () => void = () => undefined;

  constructor(options: CallerAdapterOptions) {
    this.#options = options;
  }

  isPresent(): boolean {
    const { room, callerIdentity } = this.#options;
    return callerIdentity !== undefined && room.isConnected && room.remoteParticipants.has(callerIdentity);
  }

  /** A caller who reconnects has not left. */
  onCallerLeft(listener: () => void): () => void {
    const { room, callerIdentity } = this.#options;
    if (callerIdentity === undefined) return () => undefined;
    return watchParticipantLeft(room, callerIdentity, listener);
  }

  onAgentDisconnected(listener: (cause: unknown) => void): () => void {
    const { room, warn } = this.#options;
    const disconnected = (reason: DisconnectReason): void => {
      const why = DisconnectReason[reason] ?? String(reason);
      listener(new Error(`the agent is no longer in the caller's room (${why})`));
      this.#endIfAlone(reason).catch(warn);
    };
    room.on(RoomEvent.Disconnected, disconnected);
    return () => room.off(RoomEvent.Disconnected, disconnected);
  }

  onCanceled(listener: () => void): () => void {
    const { room, callerIdentity, cancelKey, cancelListener } = this.#options;
    const pressed = (_code: number, key: string, participant: RemoteParticipant): void => {
      if (participant.identity === callerIdentity && key === cancelKey) listener();
    };
    const stopListening = cancelListener?.onHeard(listener);
    if (cancelKey !== undefined) room.on(RoomEvent.DtmfReceived, pressed);
    return () => {
      stopListening?.();
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

  /** @throws Error if the session is closing, closed, or was never started. */
  restore(): void {
    const { _started: started, _closing: closing } = this.#options.session;
    if (closing) throw new Error('the caller cannot be returned to the AI: its session is closed');
    if (!started) throw new Error('the caller cannot be returned to the AI: its session was never started');
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

  /** A failed cold transfer is followed by a hang-up. @throws Error if both fail. */
  async end(signal: AbortSignal): Promise<'left' | 'hung-up' | 'cold-transferred'> {
    if (!this.isPresent()) return 'left';
    if (await this.#isColdTransferred(signal)) return 'cold-transferred';
    if (!this.isPresent()) return 'left';
    await this.hangUp();
    return 'hung-up';
  }

  /** Cold-transfers the caller as set by `onSessionClosed`; false if it is not set, or the transfer fails. */
  async #isColdTransferred(signal: AbortSignal): Promise<boolean> {
    const { onSessionClosed, warn } = this.#options;
    if (onSessionClosed === 'hang-up') return false;
    try {
      await this.coldTransfer(onSessionClosed.coldTransferTo, signal);
      return true;
    } catch (cause) {
      warn(cause);
      return false;
    }
  }

  /** Ends the call of a caller who is alone in a room that this process has lost, as for a closed session. */
  async #endIfAlone(reason: DisconnectReason): Promise<void> {
    const { room, callerIdentity, rooms, hangingUpMs } = this.#options;
    if (callerIdentity === undefined || !(await isLeftAlone(rooms, room, callerIdentity, reason))) return;
    // Without a time limit of the transfer, which has ended.
    if (await this.#isColdTransferred(new AbortController().signal)) return;
    await hangUpOne(rooms, { room: room.name ?? '', identity: callerIdentity }, hangingUpMs);
  }

  /** The options of the session's room I/O, which is internal to the agents package, with the handler of text input. */
  get #texts(): { textInputCallback?: voice.TextInputCallback } | undefined {
    return this.#options.session._roomIO?.['inputOptions'];
  }

  async hangUp(): Promise<void> {
    const { room, callerIdentity, rooms, hangingUpMs } = this.#options;
    if (callerIdentity === undefined || room.name === undefined || !this.isPresent()) return;
    await hangUpOne(rooms, { room: room.name, identity: callerIdentity }, hangingUpMs);
  }

  async coldTransfer(to: string, signal: AbortSignal): Promise<void> {
    const { room, callerIdentity, dialer, ringingTimeoutMs } = this.#options;
    const caller = callerIdentity === undefined ? undefined : room.remoteParticipants.get(callerIdentity);
    if (caller?.info.kind !== ParticipantKind.SIP || room.name === undefined) {
      throw new Error('the caller is not on a phone, so a REFER is not possible');
    }
    const request = { roomName: room.name, identity: caller.identity, to, ringingTimeoutMs };
    const result = await dialer.coldTransfer(request, { signal });
    if (result.status !== 'transferred') {
      throw new Error(`the cold transfer of the caller failed: ${result.status}`, { cause: result });
    }
  }
}
