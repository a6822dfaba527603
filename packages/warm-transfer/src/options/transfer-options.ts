import type { inference, llm, stt, tts, VAD, voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { BriefingInstructions, BriefingModels, BriefingOptions } from '@org/briefing-agent';
import type { MergeOptions } from '@org/consult-room';
import type { HoldSource } from '@org/hold-audio';
import type { NumberCheck, SipConnection } from '@org/sip-dialer';
import type { OnCallEnded } from './on-call-ended.js';
import type { Introduction } from './introduction.js';
import type { OnSessionClosed } from './on-session-closed.js';
import type { CancelPhrases } from './cancel-phrases.js';
import type { HoldAnnouncementOptions } from './hold-announcements.js';
import type { TransferLogger } from './transfer-logger.js';
import type { TransferLimits } from './limits.js';
import type { AfterConnectOptions } from '../machine/types/plan.js';
import type { TransferPolicy } from './policy/transfer-policy.js';
import type { CallerId } from './targets/caller-id.js';
import type { OpeningHours } from './targets/opening-hours.js';
import type { TrunkOrConnection } from './targets/resolve-trunk.js';
import type { TransferDepartment, Targets, TransferTarget, WarmTransferSpeech } from './targets/transfer-target.js';
import type { PromotionListener, WaitListener } from '../outcome/transfer-events.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';

export type TransferBriefingOptions = Pick<
  BriefingOptions,
  'context' | 'language' | 'names' | 'sentences' | 'keys' | 'message' | 'voicemail' | 'secondOpinion' | 'limits'
>;

/**
 * The options of both `WarmTransferTask` and `WarmTransfer`. Names and meanings are those of LiveKit's
 * `workflows.WarmTransferTask`.
 */
export interface SharedOptions extends HoldAnnouncementOptions {
  /** Cancels the transfer in any phase before it is connected. Not needed for a caller who hangs up. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Phone number or SIP URI of the human agent. Either this, or `targets`, or `department`. */
  readonly sipCallTo?: string | undefined;
  /**
   * Stored outbound trunk. Default: `LIVEKIT_SIP_OUTBOUND_TRUNK` of the environment. `null` means none, not even that
   * of the environment.
   */
  readonly sipTrunkId?: string | null | undefined;
  /** Trunk given with the call; comes before the environment. Either this or `sipTrunkId`. */
  readonly sipConnection?: SipConnection | undefined;
  /**
   * Our number as the human agent's phone shows it. Default: `LIVEKIT_SIP_NUMBER` of the environment. `''` means a
   * number of the trunk, as without either.
   */
  readonly sipNumber?: string | undefined;
  /**
   * The number that the human agent's phone shows: `'trunk'` (default: our number, as of `sipNumber`), `'caller'`, or a
   * phone number. Either this or `sipNumber`. If the network rejects a number that is not ours before the phone rings,
   * the target is called once more as `'trunk'`, in a separate attempt, with a warning.
   */
  readonly callerId?: CallerId | undefined;
  /** SIP statuses (300 to 699) that count as such a rejection; an empty list: none. Default 403, 607, 608. */
  readonly callerIdFallbackOn?: readonly number[] | undefined;
  /**
   * Strictness of the check of the targets' numbers: `strict` accepts only E.164 numbers, `+` and 7 to 15 digits, and
   * is meant for numbers that a model chose. Default `lenient`: any SIP user.
   */
  readonly numberCheck?: NumberCheck | undefined;
  /** Extra headers of the INVITE. */
  readonly sipHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the human agent's number is hidden from other participants, such as a caller in a browser after a move or a
   * promotion. Default true.
   */
  readonly hidePhoneNumber?: boolean | undefined;
  /** DTMF to send after the answer: `0-9 * # A-D`, `w` waits 0.5 s. */
  readonly dtmf?: string | null | undefined;
  /** How long the phone may ring, in milliseconds, from 1000. Default 30,000. */
  readonly ringingTimeout?: number | null | undefined;
  /**
   * Name of the consult room. It must differ for each call: add a unique suffix, such as `consult-${ctx.job.id}`. An
   * existing room is used and not deleted; if it is the consult room of another transfer, this one fails. Default:
   * unique for every attempt.
   */
  readonly roomName?: string | undefined;
  /** The hold audio. Default: the built-in clip. `null` is silence. */
  readonly holdAudio?: HoldSource | undefined;
  /**
   * The first words to the human agent, immediately. Default: after the human agent's first utterance, or 0.8 s of
   * silence (in the task 3 s), the assistant's name, a headline on who is calling and why, and the question whether to
   * connect. A text with `{headline}` in it is said at that time too. `null`: no greeting, the human agent speaks first
   * and the model answers.
   */
  readonly greetingSpeech?: WarmTransferSpeech | null | undefined;
  /** The sentence to a human agent who answered when the caller has hung up. Default: a sentence in English. */
  readonly callerHangupSpeech?: WarmTransferSpeech | undefined;
  /** The same, generated by the model from these instructions. `callerHangupSpeech` comes before it. */
  readonly callerHangupInstruction?: string | null | undefined;
  /** Prompt of the briefing: a string replaces persona and wording; history and tool rules are always appended. */
  readonly instructions?: BriefingInstructions | string | undefined;
  /** The conversation to brief about. Default: the history of the caller's session. */
  readonly chatCtx?: llm.ChatContext | undefined;
  /**
   * Further tools of the briefing agent, in addition to `connect_to_caller`, `decline_transfer` and
   * `voicemail_detected`.
   */
  readonly tools?: readonly llm.ToolContextEntry[] | undefined;
  /** Models of the briefing. Default: those of the caller's session. */
  readonly stt?: stt.STT | inference.STTModelString | null | undefined;
  readonly llm?: llm.LLM | llm.RealtimeModel | inference.LLMModels | null | undefined;
  readonly tts?: tts.TTS | inference.TTSModelString | null | undefined;
  readonly vad?: VAD | null | undefined;
  readonly turnDetection?: BriefingModels['turnDetection'] | undefined;
  /** Whether the human agent can interrupt the briefing. Default true. */
  readonly allowInterruptions?: boolean | undefined;

  /**
   * The targets: one, a list that is called in order, several in parallel, stages, or a function that returns one of
   * these.
   */
  readonly targets?: Targets | undefined;
  /** Departments by name, for `department` and for the redirects of a policy. */
  readonly departments?: Readonly<Record<string, Targets | TransferDepartment>> | undefined;
  /** The department to call. An unknown one has the outcome `no-target`. */
  readonly department?: string | undefined;
  /** Opening hours; a department may have hours of its own instead. Default: always open. */
  readonly openingHours?: OpeningHours | undefined;
  /** Called in addition to the opening hours, before the caller is put on hold. */
  readonly isOpen?: ((now: Date, department?: string) => boolean | Promise<boolean>) | undefined;
  /** Called for every target before the caller is put on hold; absent targets are not called. */
  readonly isPresent?: ((target: TransferTarget, signal: AbortSignal) => boolean | Promise<boolean>) | undefined;
  /**
   * Decides what to do after a failure. Default: call the next target after a failed dial, otherwise return the caller
   * to the AI.
   */
  readonly policy?: TransferPolicy | undefined;
  /** Largest number of attempts, redirects included. Default 10. */
  readonly maxAttempts?: number | undefined;
  /** When the caller is put on hold: on the dial (default), the answer, or the accept. */
  readonly holdCallerOn?: 'dial' | 'answer' | 'accept' | undefined;
  /** What to do when one side of a connected call is gone. */
  readonly afterConnect?: AfterConnectOptions | undefined;
  /**
   * What to do when the call of caller and human agent has ended, and the caller is not returned to the AI. Default
   * `leave`, and `end-job` for the task, as in LiveKit's.
   */
  readonly onCallEnded?: OnCallEnded | undefined;
  /**
   * What to do with a caller who cannot be returned to the AI, as its session is closed or was never started. Default
   * `hang-up`.
   */
  readonly onSessionClosed?: OnSessionClosed | undefined;
  /** A key (`0-9 * # A-D`) that returns the caller to the AI until the transfer is connected. Default none. */
  readonly cancelKey?: string | undefined;
  /**
   * Phrases that return a caller on hold to the AI. Default none. They are recognized by a separate stream of
   * `cancelStt`; the session stays deaf.
   */
  readonly cancelPhrases?: CancelPhrases | undefined;
  /**
   * Recognizes `cancelPhrases`; must support streaming. Default: the STT of the caller's session, then the briefing's.
   */
  readonly cancelStt?: stt.STT | inference.STTModelString | undefined;
  /** How caller and human agent are connected, and whether a bridge is then promoted. */
  readonly merge?:
    | Pick<MergeOptions, 'strategy' | 'supportsMove' | 'promote' | 'rejoin' | 'verifyTimeoutMs'>
    | undefined;
  /** Played to both when they are connected: a text, audio frames, or a function that returns either. Default none. */
  readonly introduction?: Introduction | undefined;
  /**
   * Called when the promotion started by `merge.promote` succeeds or fails. Errors it throws are added to
   * `outcome.warnings`.
   */
  readonly onPromotion?: PromotionListener | undefined;
  /** Called like a listener of `events.onWaiting()`. Errors it throws are added to `outcome.warnings`. */
  readonly onWaiting?: WaitListener | undefined;
  /** Time limits of the phases. See {@link TransferLimits}. */
  readonly limits?: Partial<TransferLimits> | undefined;
  /**
   * Options of the briefing without a name in LiveKit's task: what is reported of the conversation, language and fixed
   * sentences, names of company and assistant, keys, voicemail detection, the second opinion on a yes, a message
   * instead of a model. See `BriefingOptions` of `@org/briefing-agent`.
   */
  readonly briefing?: TransferBriefingOptions | undefined;
  /** The log of the transfer. Default: that of the agents framework, in a worker. */
  readonly logger?: TransferLogger | undefined;
  /** Called on every change of phase, in order. Errors it throws are added to `outcome.warnings`. */
  readonly onPhase?: ((event: TransferPhaseEvent) => void) | undefined;
}

/** The options of `WarmTransfer`, with the location of the caller. */
export interface LocatedOptions extends SharedOptions {
  /** The session that talks to the caller. */
  readonly session: voice.AgentSession;
  /** The caller room. Default: the room of the running job. */
  readonly room?: Room | undefined;
  /** The caller. Default: the participant that the session is linked to, else the only caller in the room. */
  readonly callerIdentity?: string | undefined;
  /** Server and key. Default: those of the running job, then `LIVEKIT_URL`, `LIVEKIT_API_KEY`, `LIVEKIT_API_SECRET`. */
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
}

/** The options of {@link WarmTransfer}. */
export type WarmTransferOptions = Omit<LocatedOptions, 'sipTrunkId' | 'sipConnection'> & TrunkOrConnection;
