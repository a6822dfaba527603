import type { voice } from '@livekit/agents';
import type { BriefingInstructions } from '@org/briefing-agent';
import type { NumberCheck } from '@org/sip-dialer';
import type { CallerId } from './caller-id.js';
import type { OpeningHours } from './opening-hours.js';
import type { TrunkOrConnection } from './resolve-trunk.js';

/** A fixed sentence, or a function that starts a speech in the session with the human agent. */
export type WarmTransferSpeech = string | ((session: voice.AgentSession) => voice.SpeechHandle);

interface TargetSettings {
  /** Phone number or SIP URI. */
  readonly sipCallTo: string;
  /** Name in outcomes and events. Default: the number. */
  readonly name?: string | undefined;
  readonly sipNumber?: string | undefined;
  /** The caller ID that this phone shows. Either this or `sipNumber`. */
  readonly callerId?: CallerId | undefined;
  /** Strictness of the check of the number. */
  readonly numberCheck?: NumberCheck | undefined;
  readonly sipHeaders?: Readonly<Record<string, string>> | undefined;
  readonly dtmf?: string | null | undefined;
  /** How long this phone may ring, in milliseconds, from 1000. */
  readonly ringingTimeout?: number | null | undefined;
  readonly greetingSpeech?: WarmTransferSpeech | null | undefined;
  readonly instructions?: BriefingInstructions | string | undefined;
  /** Opening hours of the target. Default: always open. */
  readonly openingHours?: OpeningHours | undefined;
}

/**
 * A target with the options that differ for it; all others are those of the transfer. Either `sipTrunkId` or
 * `sipConnection`.
 */
export type TransferTarget = TargetSettings & TrunkOrConnection;

/** A number, or a target with options. */
export type TargetLike = string | TransferTarget;

/** Several phones in parallel; exactly one gets the caller, and the others stop ringing. */
export interface RingAll {
  readonly ringAll: readonly TargetLike[];
  /**
   * Who gets the caller: the first to answer (default), or the first to accept after the briefing, so that a voicemail
   * cannot take the call from a human agent.
   */
  readonly winner?: 'answer' | 'accept' | undefined;
}

/** "A for 15 s, then A and B": every stage is called in addition to those that already ring. */
export interface StagedTargets {
  readonly stages: readonly {
    readonly targets: TargetLike | readonly TargetLike[];
    /** Milliseconds until the next stage is called. Default: when all calls of this one have ended. */
    readonly nextAfterMs?: number | undefined;
  }[];
  readonly winner?: 'answer' | 'accept' | undefined;
}

/** One target, a list that is called in order, several in parallel, or stages. */
export type TargetPlan = TargetLike | readonly TargetLike[] | RingAll | StagedTargets;

/** Returns the targets within `limits.resolvingMs`; none (`undefined`, `null` or an empty list) is `no-target`. */
export type TargetResolver = (request: {
  /** The requested department, if any. */
  readonly department?: string;
  /** Aborted when the result is no longer needed. */
  readonly signal: AbortSignal;
}) => TargetPlan | null | undefined | Promise<TargetPlan | null | undefined>;

export type Targets = TargetPlan | TargetResolver;

/** A department with hours of its own. */
export interface TransferDepartment {
  readonly targets: Targets;
  readonly openingHours?: OpeningHours | undefined;
}
