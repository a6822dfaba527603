import type { inference, llm, stt, tts, VAD, voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { BriefingInstructions, BriefingModels, BriefingOptions } from '@org/briefing-agent';
import type { MergeOptions } from '@org/consult-room';
import type { HoldSource } from '@org/hold-audio';
import type { NumberCheck, SipConnection } from '@org/sip-dialer';
import type { OnCallEnded } from './on-call-ended.js';
import type { Introduction } from './introduction.js';
import type { OnSessionClosed } from './on-session-closed.js';
import type { CancelWords } from './cancel-phrases.js';
import type { HoldSpeechOptions } from './hold-announcements.js';
import type { TransferLogger } from './transfer-logger.js';
import type { TransferLimits } from './limits.js';
import type { Supervision } from '../machine/types/plan.js';
import type { TransferPolicy } from './policy/transfer-policy.js';
import type { CallerId } from './targets/caller-id.js';
import type { OpeningHours } from './targets/opening-hours.js';
import type { OneCarrier } from './targets/resolve-trunk.js';
import type { Department, Targets, TransferTarget, WarmTransferSpeech } from './targets/transfer-target.js';
import type { PromotionListener, WaitListener } from '../outcome/transfer-events.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';

export type BriefingSettings = Pick<
  BriefingOptions,
  'context' | 'language' | 'names' | 'sentences' | 'keys' | 'message' | 'voicemail' | 'secondOpinion' | 'limits'
>;

/** What both doors take. Names and meanings are those of LiveKit's own `workflows.WarmTransferTask`. */
export interface TransferSettings extends HoldSpeechOptions {
  /** Cancels the transfer in any phase before the two are connected. Not needed for a caller who hangs up. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Phone number or SIP URI of the human agent. Either this, or `targets`, or `department`. */
  readonly sipCallTo?: string | undefined;
  /** Stored outbound trunk. Default: `LIVEKIT_SIP_OUTBOUND_TRUNK` of the environment. `null` means none, not that of the environment either. */
  readonly sipTrunkId?: string | null | undefined;
  /** Trunk given with the call; beats the environment. Either this or `sipTrunkId`. */
  readonly sipConnection?: SipConnection | undefined;
  /**
   * Our number as the human agent sees it. Default: `LIVEKIT_SIP_NUMBER` of the environment. `''` means a number of the
   * trunk, as without either.
   */
  readonly sipNumber?: string | undefined;
  /**
   * What the human agent's phone shows: `'trunk'` (default: our number, as of `sipNumber`), `'caller'`, or a phone number.
   * Either this or `sipNumber`. Where the network refuses a number that is not ours before the phone rings, the target is called
   * once more as `'trunk'`, in an attempt of its own, and a note says so.
   */
  readonly callerId?: CallerId | undefined;
  /** SIP statuses (300 to 699) that count as such a refusal; an empty list: none. Default 403, 607, 608. */
  readonly callerIdFallbackOn?: readonly number[] | undefined;
  /**
   * How closely the numbers of targets are looked at: `strict` takes E.164 numbers only, `+` and 7 to 15 digits, and is meant
   * for numbers that a model chose. Default `lenient`: any SIP user.
   */
  readonly numberCheck?: NumberCheck | undefined;
  /** Extra headers of the INVITE. */
  readonly sipHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the human agent's number is kept out of what others see of them in a room, such as a caller in a browser
   * after a move or a promotion. Default true.
   */
  readonly hidePhoneNumber?: boolean | undefined;
  /** Keys to press after the answer: `0-9 * # A-D`, `w` waits 0.5 s. */
  readonly dtmf?: string | null | undefined;
  /** How long the phone may ring, in milliseconds, from 1000. Default 30,000. */
  readonly ringingTimeout?: number | null | undefined;
  /**
   * Name of the consult room. Must differ for each call: put what is unique to it behind a prefix, such as
   * `consult-${ctx.job.id}`. A room that exists already is used and not deleted; if it is the consult room of another
   * transfer, this one fails. Default: unique for every attempt.
   */
  readonly roomName?: string | undefined;
  /** What the caller hears while waiting. Default: the built-in clip. `null` is silence. */
  readonly holdAudio?: HoldSource | undefined;
  /**
   * The words that the human agent hears first, immediately. Default: after their first utterance, or 0.8 s of silence (in the
   * task 3 s), whose assistant it is, a headline on who is calling and what about, and whether to connect. A text with
   * `{headline}` in it is said at that time too. `null`: no words, they speak first and the model answers.
   */
  readonly greetingSpeech?: WarmTransferSpeech | null | undefined;
  /** What a human agent who answered hears when the caller has hung up. Default a sentence in English. */
  readonly callerHangupSpeech?: WarmTransferSpeech | undefined;
  /** The same, made by the model from these instructions. `callerHangupSpeech` comes before it. */
  readonly callerHangupInstruction?: string | null | undefined;
  /** Prompt of the briefing: a string replaces persona and wording; history and tool rules are always appended. */
  readonly instructions?: BriefingInstructions | string | undefined;
  /** The conversation to brief about. Default: the history of the caller's session. */
  readonly chatCtx?: llm.ChatContext | undefined;
  /** Tools of your own for the briefing agent, beside `connect_to_caller`, `decline_transfer` and `voicemail_detected`. */
  readonly tools?: readonly llm.ToolContextEntry[] | undefined;
  /** Models of the briefing. Default: those of the caller's session. */
  readonly stt?: stt.STT | inference.STTModelString | null | undefined;
  readonly llm?: llm.LLM | llm.RealtimeModel | inference.LLMModels | null | undefined;
  readonly tts?: tts.TTS | inference.TTSModelString | null | undefined;
  readonly vad?: VAD | null | undefined;
  readonly turnDetection?: BriefingModels['turnDetection'] | undefined;
  /** Whether the human agent can interrupt the briefing. Default true. */
  readonly allowInterruptions?: boolean | undefined;

  /** Whom to call: one, a list that is tried in order, several at once, stages, or a function that finds out. */
  readonly targets?: Targets | undefined;
  /** Departments by name, for `department` and for the redirects of a policy. */
  readonly departments?: Readonly<Record<string, Targets | Department>> | undefined;
  /** The department to call. One that does not exist is the outcome `no-target`. */
  readonly department?: string | undefined;
  /** When there is somebody at all; a department may have hours of its own instead. Default: always. */
  readonly openingHours?: OpeningHours | undefined;
  /** Asked beside the opening hours, before anybody is put on hold. */
  readonly isOpen?: ((now: Date, department?: string) => boolean | Promise<boolean>) | undefined;
  /** Asked for every target before anybody is put on hold; who is not present is not called. */
  readonly isPresent?: ((target: TransferTarget, signal: AbortSignal) => boolean | Promise<boolean>) | undefined;
  /** What to do when nobody took the caller. Default: the next target after a dial that failed, else the AI. */
  readonly policy?: TransferPolicy | undefined;
  /** Attempts of the whole transfer, redirects included. Default 10. */
  readonly maxAttempts?: number | undefined;
  /** When the caller is put on hold: at once (default), when somebody answers, or when somebody accepts. */
  readonly holdFrom?: 'dial' | 'answer' | 'accept' | undefined;
  /** What becomes of the caller when the human agent is gone after the two were connected. */
  readonly supervision?: Supervision | undefined;
  /**
   * What to do when the call of caller and human agent has ended, and the AI does not have the caller back. Default
   * `leave`, and `end-job` for the task, as LiveKit's does.
   */
  readonly onCallEnded?: OnCallEnded | undefined;
  /** What to do with a caller whom the AI can't take back, as its session is closed or was never started. Default `hang-up`. */
  readonly onSessionClosed?: OnSessionClosed | undefined;
  /** A key (`0-9 * # A-D`) by which the caller gets the AI back while nobody is connected. Default none. */
  readonly cancelKey?: string | undefined;
  /**
   * Words by which a caller on hold gets the AI back. Default none. They are heard by a stream of their own of
   * `cancelStt`; the session stays deaf.
   */
  readonly cancelWords?: CancelWords | undefined;
  /** Hears `cancelWords`; must be one that streams. Default: the recognizer of the caller's session, then the briefing's. */
  readonly cancelStt?: stt.STT | inference.STTModelString | undefined;
  /** How caller and human agent are joined, and whether the human agent's phone is then told to call the caller's room. */
  readonly merge?:
    | Pick<MergeOptions, 'strategy' | 'supportsMove' | 'promote' | 'rejoin' | 'verifyTimeoutMs'>
    | undefined;
  /** What both hear first when they are connected: a text, audio frames, or a function of who is introduced. Default none. */
  readonly introduction?: Introduction | undefined;
  /** Told what became of the promotion that `merge.promote` asks for. What it throws is noted in the outcome. */
  readonly onPromotion?: PromotionListener | undefined;
  /** Called as `events.onWaiting()` does. What it throws is noted in the outcome. */
  readonly onWaiting?: WaitListener | undefined;
  /** Limits of the phases. See {@link TransferLimits}. */
  readonly limits?: Partial<TransferLimits> | undefined;
  /**
   * What of the briefing has no name in LiveKit's task: what is told of the conversation, language and fixed sentences,
   * names of company and assistant, keys, voicemail detection, the second opinion on a yes, a message instead of a model. See `BriefingOptions` of `@org/briefing-agent`.
   */
  readonly briefing?: BriefingSettings | undefined;
  /** Where the transfer writes what happens. Default: the log of the agents framework, in a worker. */
  readonly logger?: TransferLogger | undefined;
  /** Told of every change of phase, in order. What it throws is noted in the outcome. */
  readonly onPhase?: ((event: TransferPhaseEvent) => void) | undefined;
}

/** What the value door takes beside that: where the caller is. */
export interface LocatedSettings extends TransferSettings {
  /** The session that talks to the caller. */
  readonly session: voice.AgentSession;
  /** The caller room. Default: the room of the running job. */
  readonly room?: Room | undefined;
  /** Default: the participant whom the session is linked to, else the only caller in the room. */
  readonly callerIdentity?: string | undefined;
  /** Server and key. Default: those of the running job, then `LIVEKIT_URL`, `LIVEKIT_API_KEY`, `LIVEKIT_API_SECRET`. */
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
}

/** What {@link WarmTransfer} takes. */
export type WarmTransferOptions = Omit<LocatedSettings, 'sipTrunkId' | 'sipConnection'> & OneCarrier;
