import type { TranscriptTurn } from '@org/briefing-agent';
import type { MergedCall } from '@org/consult-room';
import type { TransferLimits } from '../options/limits.js';
import type { AcceptedBy } from '../machine/types/ending.js';
import type { Farewell } from '../machine/types/effect.js';
import type { DialEnding, LeaveHow, NoTarget, SipFacts } from '../machine/types/ending.js';
import type { Plan } from '../machine/types/plan.js';
import type { PolicyAction } from '../machine/types/policy-action.js';
import type { Decidable } from '../machine/state/state.js';

/**
 * What a transfer needs of the world. Each port is one of our packages in production and a fake in `./testing`.
 *
 * A port may throw, hang, answer late or twice: the transfer ends within its limits all the same.
 */
export interface TransferPorts {
  readonly caller: CallerPort;
  readonly hold: HoldAudioPort;
  readonly targets: TargetsPort;
  readonly policy: PolicyPort;
  readonly clock: ClockPort;
  /** Rooms, phone and agent for one attempt, of its own. `callerId`: what the phone must show, whatever the options say. */
  attempt(target: string, attemptId: string, callerId?: 'trunk'): AttemptPorts;
}

/** What one dial of one target needs. */
export interface AttemptPorts {
  readonly consult: ConsultRoomPort;
  readonly dialer: DialerPort;
  readonly briefing: BriefingPort;
  readonly merge: MergePort;
  /** Limits of this target, where they differ from those of the transfer. */
  readonly limits?: Partial<TransferLimits>;
}

/** The caller, and the AI agent's ear and mouth towards them. */
export interface CallerPort {
  /** Whether the caller is in their room now. */
  present(): boolean;
  /** Calls back once, when the caller has left. Returns the way to stop watching. */
  onLeft(listener: () => void): () => void;
  /** Calls back when it is we who are no longer in the caller's room. Returns the way to stop watching. */
  onCutOff(listener: (cause: unknown) => void): () => void;
  /** Calls back when the caller wants the AI back. Returns the way to stop watching. */
  onCanceled(listener: () => void): () => void;
  /** Takes caller and AI apart. Remembers how things stood. */
  hold(): void | Promise<void>;
  /** Gives the caller back to the AI, as `hold` found them. Fails when the AI can't have them: its session is not running. */
  restore(): void | Promise<void>;
  /** Puts everything back as `hold` found it, for a caller who comes back later; without effect when nothing is held. */
  unhold(): void | Promise<void>;
  /** Ends, as the options ask for, the call of a caller whom the AI can't take back; resolves with their fate. */
  end(signal: AbortSignal): Promise<'left' | 'hung-up' | 'cold-transferred'>;
  /** Ends the caller's call. */
  hangUp(): Promise<void>;
  /** Has the caller's phone call somebody else; resolves when it does. */
  coldTransfer(to: string, signal: AbortSignal): Promise<void>;
}

/** What the caller hears while waiting. */
export interface HoldAudioPort {
  /** Resolves when the caller is about to hear it, or when it was stopped before. */
  start(signal: AbortSignal): Promise<void>;
  /** Fades out; resolves when silent. Never fails because of its state. */
  stop(): Promise<void>;
  /** Releases track and source, after `stop` or instead of it. */
  close(): Promise<void>;
}

/** Whom to call, or why there is nobody. */
export type Resolution =
  | { readonly type: 'resolved'; readonly plan: Plan }
  | { readonly type: 'unresolved'; readonly ending: NoTarget };

/** Who can be called. */
export interface TargetsPort {
  /** Without a department: whom the transfer was asked for. What is known at once is answered at once. */
  resolve(department: string | undefined, signal: AbortSignal): Resolution | Promise<Resolution>;
}

/** What to do about an attempt that failed. */
export interface PolicyPort {
  decide(ending: Decidable, signal: AbortSignal): readonly PolicyAction[] | Promise<readonly PolicyAction[]>;
}

/** The private room in which the human agent is briefed. */
export interface ConsultRoomPort {
  /** Creates the room. */
  open(signal: AbortSignal): Promise<void>;
  /** Enters it as the briefing agent. */
  join(signal: AbortSignal): Promise<void>;
  /** Calls back once, when the human agent has left. Returns the way to stop watching. */
  onHumanLeft(listener: (how: LeaveHow) => void): () => void;
  /** Calls back once, when our own connection to it has been lost. Returns the way to stop watching. */
  onLost(listener: (cause: unknown) => void): () => void;
  /** Removes whoever is in it and deletes it. Bounded in time; reports what could not be done as an error. */
  close(): Promise<void>;
}

export type DialReport =
  | { readonly type: 'answered'; readonly humanIdentity: string }
  | ({ readonly type: 'ended'; readonly ending: DialEnding } & CallerIdVerdict)
  | ({ readonly type: 'failed'; readonly cause: unknown } & SipFacts & CallerIdVerdict)
  | { readonly type: 'canceled' };

interface CallerIdVerdict {
  /** Set when the network refused the call before the phone rang, by a status that may mean the number that we showed. */
  readonly callerIdRefused?: true;
}

/** One outbound call. */
export interface DialerPort {
  /** Resolves when the call is answered or will never be. Aborting stops the phone from ringing. */
  dial(options: { readonly signal: AbortSignal; readonly onRinging: () => void }): Promise<DialReport>;
}

export type Decision =
  | { readonly type: 'accepted'; readonly by: AcceptedBy }
  | { readonly type: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail' }
  | { readonly type: 'silent' }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'limit-reached' }
  | { readonly type: 'failed'; readonly cause: unknown }
  | { readonly type: 'canceled' };

/** The agent that talks to the human agent. */
export interface BriefingPort {
  /** Listens in the consult room, silently, so that the human's first words are not lost. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Speaks, and resolves with what the human agent decides. */
  brief(): Promise<Decision>;
  /** Says one fixed sentence to whoever is on the line. Bounded in time. */
  say(farewell: Farewell): Promise<void>;
  /** What was said on the line so far, at most until the decision. */
  transcript(): readonly TranscriptTurn[];
  close(): Promise<void>;
}

/** The joining of the two rooms. */
export interface MergePort {
  /** Gets ready without letting anything through. */
  prepare(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when both are proven to hear each other; rolls back otherwise. Of a human agent who accepted by a key, what
   * they said just before is withheld.
   */
  merge(signal: AbortSignal, acceptedBy: AcceptedBy): Promise<void>;
  /** The call of the two, once they are joined. */
  readonly call: MergedCall | undefined;
  /** Calls back once, when the human agent has left, wherever they were by then. Returns the way to stop watching. */
  onHumanLeft(listener: (how: LeaveHow) => void): () => void;
  /** Calls back once, when a standing merge broke by itself. Returns the way to stop watching. */
  onLost(listener: (cause: unknown) => void): () => void;
  close(): Promise<void>;
}

export interface ClockPort {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`. Returns the way to cancel. */
  after(ms: number, callback: () => void): () => void;
}
