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

/** A key that the other side sent to the phone. */
export interface ReceivedKey {
  /** `0-9`, `*`, `#`, `A-D`. */
  readonly key: string;
  /** Identity of the sender, which no real phone learns; absent for the DTMF string of the dial itself. */
  readonly from?: string;
  /** Epoch, ms. */
  readonly at: number;
}

export type PhoneCallEndHow =
  /** The phone hung up. */
  | 'hung-up'
  /** The phone followed a REFER, and left when its new call was active. */
  | 'transferred'
  /** The phone refused the call with a SIP status. */
  | 'rejected'
  /** The ring limit of the dial passed, or nobody took the inbound call. */
  | 'no-answer'
  /** The dialed phone said nothing at all for as long as a gateway waits (32 s, SIP timer B). */
  | 'no-response'
  /** The dispatch rule of the inbound call asked for a PIN and got another one, or none; the call got into no room. */
  | 'wrong-pin'
  /** The phone sent no RTP for 15 s, or none within 30 s of its answer, and the gateway hung up. */
  | 'media-timeout'
  /** The longest duration that the dial allowed passed. */
  | 'time-limit'
  /** The other side removed the participant or deleted the room, or the connection was lost: see `reason`. */
  | 'disconnected'
  /** The phone could not join the room at all. */
  | 'join-failed'
  /** The script threw. */
  | 'script-failed'
  /** The lab was closed. */
  | 'lab-closed';

/** How a call ended: the first cause. */
export interface PhoneCallEnd {
  readonly how: PhoneCallEndHow;
  /** Status that the phone answered, when it rejected. */
  readonly sipStatus?: number;
  /** Reason phrase of that status, if the phone gave one of its own. */
  readonly sipPhrase?: string;
  /**
   * The SIP request by which the phone learned it, if the gateway ended the call: `CANCEL` while a dialed phone rings, `BYE` after
   * the answer. It is the same, without a cause, whether the participant was removed, the room was deleted or the connection was
   * lost.
   */
  readonly sipRequest?: 'BYE' | 'CANCEL';
  /** LiveKit's disconnect reason, as the room sees it (rtc-node's `DisconnectReason`); no phone learns it. */
  readonly reason: number;
  /** Epoch, ms. */
  readonly at: number;
}

/** An answer that came when the caller had given up; epoch, ms. */
export interface LateAnswer {
  /** When the phone answered (SIP 200 after the CANCEL). */
  readonly at: number;
  /** When the gateway ended it (SIP BYE). */
  readonly byeAt: number;
}

export interface WaitToHearOptions {
  /** Default 10000. */
  readonly timeoutMs?: number;
  /** How long it must sound. Default 100. */
  readonly forMs?: number;
  /** How loud `'sound'` has to be. Default -45 dBFS. */
  readonly minLevelDbfs?: number;
  /** Only what this participant publishes. Default everybody. */
  readonly publisher?: string;
}

/**
 * One call of one phone: what its script does, and what can be seen of it.
 *
 * Every step rejects with a `PhoneLabError` of code `call-ended` as soon as the call is over; a script that lets
 * it pass ends quietly. When a script returns, the phone stays on the line until the other side ends the call.
 */
export interface PhoneCall extends PeopleSteps {
  /** `outbound`: LiveKit dialed the phone. `inbound`: the phone called. */
  readonly direction: 'outbound' | 'inbound';
  /** When the dial was asked for, or the phone began to call: before anybody was in the room. Epoch, ms. */
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
  /** Headers of the INVITE: what the dial and its trunk sent, or what `lab.call({ headers })` did. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the phone was told by REFER to call. */
  readonly refers: readonly Refer[];
  /** What the phone hears, from the answer on. */
  readonly ear: Ear;
  /** What can happen to the line other than hanging up. */
  readonly line: CallLine;
  /** Undefined while the call lives. */
  readonly ended: PhoneCallEnd | undefined;
  /** The answer of `answerTooLate()`, if it came. */
  readonly lateAnswer: LateAnswer | undefined;
  /** Aborted when the call ends. */
  readonly signal: AbortSignal;
  /** Settles when the call is over and its script done; rejects with `script-failed` when the script threw. */
  readonly finished: Promise<PhoneCallEnd>;

  /** Outbound only: the phone rings (SIP 180) for this long. */
  ring(forMs?: number): Promise<void>;
  /**
   * Outbound only: the phone answers (SIP 200), with headers if given. The dial succeeds after its DTMF string was played;
   * until then, as with the real gateway, nothing ends it: neither a hang-up nor the removal of the participant.
   */
  answer(options?: { readonly headers?: Readonly<Record<string, string>> }): Promise<void>;
  /**
   * Outbound only: somebody's machine answers before anyone is there. The call is active, the dial succeeds, and the other
   * side hears it ring for this long; then the step is done, and a person may speak.
   */
  earlyAnswer(forMs: number): Promise<void>;
  /**
   * Outbound only: rings until the caller gives up, and answers this long after that. As with the real gateway the answer
   * gets a BYE: the phone does not come back into the room, and the dial has failed already. Resolves with the answer, which
   * `lateAnswer` keeps.
   */
  answerTooLate(afterMs?: number): Promise<LateAnswer>;
  /** Outbound only, before the answer: the phone refuses with a SIP status, 300-699. Call `ring()` before to let it ring. */
  reject(sipStatus: number, phrase?: string): Promise<void>;
  /** Outbound only: rings until the caller gives up. */
  neverAnswer(): Promise<void>;
  /** Outbound only: says nothing at all until the caller gives up, or the gateway does, after 32 s. */
  neverRespond(): Promise<void>;
  /** Waits until the call is active. An inbound call is once somebody publishes audio in its room. */
  connected(): Promise<void>;
  /** Does nothing for this long. */
  wait(forMs: number): Promise<void>;
  /** Sounds one frequency (default the phone's voice) from now on. The next `tone()` replaces it. */
  tone(frequency?: number): void;
  /** Stops the tone and drops what is still to be said. */
  quiet(): void;
  /** Says words of the vocabulary, each as the phone's voice and the word's tone together, then silence. */
  say(...words: readonly string[]): Promise<void>;
  /** Plays mono samples. Over a tone they are mixed. Resolves when all was played, or `quiet()` ended it. */
  play(pcm: Int16Array, sampleRate: number): Promise<void>;
  /**
   * Plays a WAV file (path, URL or bytes), or frames as they come, such as rtc-node's `AudioFrame`s; any sample rate from
   * 4 to 192 kHz, channels are mixed. A source of frames is read no faster than it sounds. Rejects with its error.
   */
  play(audio: string | URL | Uint8Array | AsyncIterable<AudioPiece>): Promise<void>;
  /** Presses keys, 100 ms apart. */
  press(keys: string): Promise<void>;
  /**
   * Waits until a frequency or party (also a `band`) sounds, or any `'sound'` of a level; only what sounds from now on
   * counts. Rejects with `timeout`.
   */
  waitToHear(what: number | Signature | 'sound', options?: WaitToHearOptions): Promise<void>;
  /** Waits for a key that no earlier `waitForKey` has returned. Rejects with `timeout` after 10 s unless told otherwise. */
  waitForKey(options?: { readonly timeoutMs?: number }): Promise<string>;
  /**
   * The phone is a voicemail box: it answers, greets, beeps and records until the other side ends the call, or hangs up when
   * the message is too long. Resolves with the message.
   */
  voicemail(options?: VoicemailOptions): Promise<VoicemailMessage>;
  /**
   * The phone is a machine with a menu: it answers, says the prompt and follows the keys. It hangs up when it gets no key
   * that it knows. `waitForKey` does not return the keys that the menu took.
   */
  ivr(menu: IvrMenu): Promise<IvrResult>;
  /** What the phone does from now on when it is told by REFER (`TransferSIPParticipant`) to call another number. Default `follow`. */
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
  /** Waits until the call is over. Does not reject. */
  untilEnded(): Promise<PhoneCallEnd>;
}

/** What a phone does with a call. */
export type PhoneScript = (call: PhoneCall) => Promise<void> | void;
