import type { Ear } from '../ears/ear.js';
import type { Signature } from '../tones/signature.js';
import type { IvrMenu, IvrResult } from './ivr-menu.js';
import type { CallLine } from './call-line.js';
import type { PeopleSteps } from './people-steps.js';
import type { Refer, ReferAnswer } from './refer.js';
import type { VoicemailMessage, VoicemailOptions } from './voicemail-box.js';
import type { AudioPiece } from './playable-audio.js';

/** Value of the `sip.callStatus` attribute. `automation` is shown while the dial's own DTMF string is played. */
export type CallStatus = 'dialing' | 'ringing' | 'automation' | 'active' | 'hangup';

export interface StatusChange {
  readonly status: CallStatus;
  /** Epoch, ms. */
  readonly at: number;
}

/** A key that the phone received as DTMF. */
export interface ReceivedKey {
  /** `0-9`, `*`, `#`, `A-D`. */
  readonly key: string;
  /** Identity of the sender, which a real phone does not learn; absent for the DTMF string of the dial itself. */
  readonly from?: string;
  /** Epoch, ms. */
  readonly at: number;
}

export type PhoneCallEndHow =
  /** The phone hung up. */
  | 'hung-up'
  /** The phone followed a REFER, and left when its new call was active. */
  | 'transferred'
  /** The phone rejected the call with a SIP status. */
  | 'rejected'
  /** The ringing timeout of the dial elapsed, or the inbound call was not answered. */
  | 'no-answer'
  /** The dialed phone sent no response for as long as a gateway waits (32 s, SIP timer B). */
  | 'no-response'
  /** The dispatch rule of the inbound call requires a PIN and got another one, or none; the call joined no room. */
  | 'wrong-pin'
  /** The phone sent no RTP for 15 s, or none within 30 s of its answer, and the gateway hung up. */
  | 'media-timeout'
  /** The maximum duration of the dial elapsed. */
  | 'time-limit'
  /** A client removed the participant or deleted the room, or the connection was lost: see `reason`. */
  | 'disconnected'
  /** The phone could not join the room at all. */
  | 'join-failed'
  /** The script threw. */
  | 'script-failed'
  /** The lab was closed. */
  | 'lab-closed';

/** The end of a call, by its first cause. */
export interface PhoneCallEnd {
  readonly how: PhoneCallEndHow;
  /** Status with which the phone rejected the call. */
  readonly sipStatus?: number;
  /** Reason phrase of that status, if the phone gave one of its own. */
  readonly sipPhrase?: string;
  /**
   * The SIP request that the gateway sent to the phone, if the gateway ended the call: `CANCEL` while a dialed phone rings, `BYE`
   * after the answer. It is the same, without a cause, whether the participant was removed, the room was deleted or the connection
   * was lost.
   */
  readonly sipRequest?: 'BYE' | 'CANCEL';
  /** LiveKit's disconnect reason, as the room sees it (rtc-node's `DisconnectReason`); the phone does not learn it. */
  readonly reason: number;
  /** Epoch, ms. */
  readonly at: number;
}

/** An answer after the dial has ended; epoch, ms. */
export interface LateAnswer {
  /** When the phone answered (SIP 200 after the CANCEL). */
  readonly at: number;
  /** When the gateway ended it (SIP BYE). */
  readonly byeAt: number;
}

export interface WaitToHearOptions {
  /** Default 10000. */
  readonly timeoutMs?: number;
  /** How long the sound must last. Default 100. */
  readonly forMs?: number;
  /** Minimum level of `'sound'`. Default -45 dBFS. */
  readonly minLevelDbfs?: number;
  /** Only audio of this participant. Default all participants. */
  readonly publisher?: string;
}

/**
 * One call of one phone: the steps of its script, and its state.
 *
 * Every step rejects with a `PhoneLabError` of code `call-ended` as soon as the call has ended; a script that does not catch it
 * ends without an error. When a script returns, the phone stays on the line until the other side ends the call.
 */
export interface PhoneCall extends PeopleSteps {
  /** `outbound`: LiveKit dialed the phone. `inbound`: the phone called. */
  readonly direction: 'outbound' | 'inbound';
  /** When the dial was requested, or the phone placed the call: before the phone joined the room. Epoch, ms. */
  readonly placedAt: number;
  /** The phone's own number. */
  readonly number: string;
  /** The number that the INVITE shows: that of the dial or of its trunk; the phone's own when it calls. */
  readonly callerId: string;
  readonly roomName: string;
  readonly identity: string;
  /** Attributes of the participant, as last set by the phone. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: readonly StatusChange[];
  readonly keys: readonly ReceivedKey[];
  /** Headers of the INVITE, from the dial and its trunk, or from `lab.call({ headers })`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The REFERs that the phone received. */
  readonly refers: readonly Refer[];
  /** The audio that the phone hears, from the answer on. */
  readonly ear: Ear;
  /** Events of the line other than hanging up. */
  readonly line: CallLine;
  /** Undefined until the call has ended. */
  readonly ended: PhoneCallEnd | undefined;
  /** The answer of `answerTooLate()`, if it came. */
  readonly lateAnswer: LateAnswer | undefined;
  /** Aborted when the call ends. */
  readonly signal: AbortSignal;
  /** Settles when the call and its script have ended; rejects with `script-failed` if the script threw. */
  readonly finished: Promise<PhoneCallEnd>;

  /** Outbound only: the phone rings (SIP 180) for this long. */
  ring(forMs?: number): Promise<void>;
  /**
   * Outbound only: the phone answers (SIP 200), with headers if given. The dial succeeds after its DTMF string was played;
   * until then, as with the real gateway, nothing ends it: neither a hang-up nor the removal of the participant.
   */
  answer(options?: { readonly headers?: Readonly<Record<string, string>> }): Promise<void>;
  /**
   * Outbound only: a switchboard answers early. The call is active and the dial succeeds, but the other side hears ringing for
   * this long; then the step resolves, and the callee may speak.
   */
  earlyAnswer(forMs: number): Promise<void>;
  /**
   * Outbound only: rings until the dial ends, and answers this long afterwards. As with the real gateway, the answer gets a
   * BYE: the phone does not rejoin the room, and the dial has failed already. Resolves with the answer, which `lateAnswer`
   * keeps.
   */
  answerTooLate(afterMs?: number): Promise<LateAnswer>;
  /** Outbound only, before the answer: rejects the call with a SIP status, 300-699. Call `ring()` first to let the phone ring. */
  reject(sipStatus: number, phrase?: string): Promise<void>;
  /** Outbound only: rings until the dial ends. */
  neverAnswer(): Promise<void>;
  /** Outbound only: sends no response until the dial or, after 32 s, the gateway ends the call. */
  neverRespond(): Promise<void>;
  /** Waits until the call is active. An inbound call becomes active when a participant publishes audio in its room. */
  connected(): Promise<void>;
  /** Waits for this long. */
  wait(forMs: number): Promise<void>;
  /** Sends one frequency (default the phone's voice) from now on. The next `tone()` replaces it. */
  tone(frequency?: number): void;
  /** Stops the tone and discards queued audio. */
  quiet(): void;
  /** Says words of the vocabulary, each as the phone's voice and the word's tone together, then silence. */
  say(...words: readonly string[]): Promise<void>;
  /** Plays mono samples. Mixes them with a tone. Resolves when all samples were played, or `quiet()` discarded them. */
  play(pcm: Int16Array, sampleRate: number): Promise<void>;
  /**
   * Plays a WAV file (path, URL or bytes), or frames as they come, such as rtc-node's `AudioFrame`s; any sample rate from
   * 4 to 192 kHz, channels are mixed. A source of frames is read no faster than it sounds. Rejects with its error.
   */
  play(audio: string | URL | Uint8Array | AsyncIterable<AudioPiece>): Promise<void>;
  /** Presses keys, 100 ms apart. */
  press(keys: string): Promise<void>;
  /**
   * Waits until a frequency or party (also a `band`) sounds, or any `'sound'` of a level, from now on. Rejects with `timeout`.
   */
  waitToHear(what: number | Signature | 'sound', options?: WaitToHearOptions): Promise<void>;
  /** Waits for a key that no earlier `waitForKey` has returned. Rejects with `timeout` after `timeoutMs` (default 10 s). */
  waitForKey(options?: { readonly timeoutMs?: number }): Promise<string>;
  /**
   * Acts as voicemail: answers, greets, beeps and records until the other side ends the call, or hangs up when the message is
   * too long. Resolves with the message.
   */
  voicemail(options?: VoicemailOptions): Promise<VoicemailMessage>;
  /**
   * Acts as a phone menu (IVR): answers, says the prompt and follows the keys. Hangs up without a known key. `waitForKey` does not
   * return the keys that the menu consumed.
   */
  ivr(menu: IvrMenu): Promise<IvrResult>;
  /** Sets the phone's behavior for REFERs (`TransferSIPParticipant`) from now on. Default `follow`. */
  onRefer(answer: ReferAnswer): void;
  /**
   * Presses the phone's own hold key: no RTP passes in either direction, and the phone hears nothing, while the call stays
   * `active`. As with the real gateway the room sees no event, and after 15 s of it the gateway ends the call
   * (`media-timeout`). On hold already: does nothing.
   */
  hold(): Promise<void>;
  /** Ends the hold. Not on hold: does nothing. */
  resume(): Promise<void>;
  /**
   * Hangs up: `sip.callStatus` becomes `hangup`, then the participant leaves. While the dial's DTMF string is played, that
   * comes only after it.
   */
  hangUp(): Promise<void>;
  /** Waits until the call has ended. Does not reject. */
  untilEnded(): Promise<PhoneCallEnd>;
}

/** The script of a phone: the steps that it takes in a call. */
export type PhoneScript = (call: PhoneCall) => Promise<void> | void;
