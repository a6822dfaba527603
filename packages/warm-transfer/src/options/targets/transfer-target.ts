import type { voice } from '@livekit/agents';
import type { BriefingInstructions } from '@org/briefing-agent';
import type { NumberCheck } from '@org/sip-dialer';
import type { CallerId } from './caller-id.js';
import type { OpeningHours } from './opening-hours.js';
import type { OneCarrier } from './resolve-trunk.js';

/** Exact text, or a function that starts a speech in the session with the human agent. */
export type WarmTransferSpeech = string | ((session: voice.AgentSession) => voice.SpeechHandle);

interface TargetSettings {
  /** Phone number or SIP URI. */
  readonly sipCallTo: string;
  /** What to call them in outcomes and events. Default: the number. */
  readonly name?: string | undefined;
  readonly sipNumber?: string | undefined;
  /** What this phone shows. Either this or `sipNumber`. */
  readonly callerId?: CallerId | undefined;
  /** How closely the number is looked at. */
  readonly numberCheck?: NumberCheck | undefined;
  readonly sipHeaders?: Readonly<Record<string, string>> | undefined;
  readonly dtmf?: string | null | undefined;
  /** How long this phone may ring, in milliseconds, from 1000. */
  readonly ringingTimeout?: number | null | undefined;
  readonly greetingSpeech?: WarmTransferSpeech | null | undefined;
  readonly instructions?: BriefingInstructions | string | undefined;
  /** When they can be called. Default: always. */
  readonly openingHours?: OpeningHours | undefined;
}

/**
 * Whom to call, with what is different for them; everything else is as in the options of the transfer. Either `sipTrunkId`
 * or `sipConnection`.
 */
export type TransferTarget = TargetSettings & OneCarrier;

/** A number alone, or a number with more. */
export type TargetLike = string | TransferTarget;

/** Several phones at once; exactly one has the caller, and the others stop ringing. */
export interface RingAll {
  readonly ringAll: readonly TargetLike[];
  /**
   * Who has the caller: the first to answer (default), or the first to accept after being briefed, so that a voicemail
   * box cannot take the call away from a person.
   */
  readonly winner?: 'answer' | 'accept' | undefined;
}

/** "A for 15 s, then A and B": every stage joins those that ring already. */
export interface StagedTargets {
  readonly stages: readonly {
    readonly targets: TargetLike | readonly TargetLike[];
    /** After so long the next stage joins in. Default: when all phones of this one are over. */
    readonly nextAfterMs?: number | undefined;
  }[];
  readonly winner?: 'answer' | 'accept' | undefined;
}

/** One target, a list that is tried in order, several at once, or stages. */
export type TargetPlan = TargetLike | readonly TargetLike[] | RingAll | StagedTargets;

/** Finds out whom to call, within `limits.resolvingMs`; nobody (`undefined`, `null` or an empty list) is `no-target`. */
export type TargetResolver = (request: {
  /** The department that is asked for, if one is. */
  readonly department?: string;
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
}) => TargetPlan | null | undefined | Promise<TargetPlan | null | undefined>;

export type Targets = TargetPlan | TargetResolver;

/** A department with hours of its own. */
export interface Department {
  readonly targets: Targets;
  readonly openingHours?: OpeningHours | undefined;
}
