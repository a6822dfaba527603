import type { TranscriptTurn } from '@org/briefing-agent';
import type { MergedCall } from '@org/consult-room';
import type { TransferLimits } from '../options/limits.js';
import type { AcceptedBy } from '../machine/types/ending.js';
import type { Farewell } from '../machine/types/effect.js';
import type { DialFailure, DisconnectCause, NoTarget, SipStatus } from '../machine/types/ending.js';
import type { Plan } from '../machine/types/plan.js';
import type { PolicyAction } from '../machine/types/policy-action.js';
import type { PolicySubject } from '../machine/state/state.js';

/**
 * The ports of a transfer. Each is one of the packages in production and a fake in `./testing`. A port may throw, hang,
 * answer late or twice: the transfer ends within its limits nevertheless.
 */
export interface TransferPorts {
  readonly caller: CallerPort;
  readonly hold: HoldAudioPort;
  readonly targets: TargetsPort;
  readonly policy: PolicyPort;
  readonly clock: ClockPort;
  /** Creates the ports of one attempt. `callerId` overrides the caller ID of the options. */
  attempt(target: string, attemptId: string, callerId?: 'trunk'): AttemptPorts;
}

/** The ports of one attempt. */
export interface AttemptPorts {
  readonly consult: ConsultRoomPort;
  readonly dialer: DialerPort;
  readonly briefing: BriefingPort;
  readonly merge: MergePort;
  /** Limits of this target, where they differ from those of the transfer. */
  readonly limits?: Partial<TransferLimits>;
}

/** The caller, and the AI agent's audio input and output. */
export interface CallerPort {
  /** Whether the caller is in the caller room. */
  isPresent(): boolean;
  /** Calls `listener` once, when the caller has left. Returns a function that unsubscribes. */
  onCallerLeft(listener: () => void): () => void;
  /** Calls `listener` when the agent is disconnected from the caller room. Returns a function that unsubscribes. */
  onAgentDisconnected(listener: (cause: unknown) => void): () => void;
  /** Calls `listener` when the caller asks to return to the AI. Returns a function that unsubscribes. */
  onCanceled(listener: () => void): () => void;
  /** Separates caller and AI, and saves the state before. */
  hold(): void | Promise<void>;
  /** Returns the caller to the AI, in the state before `hold`. Fails if the AI's session is not running. */
  restore(): void | Promise<void>;
  /** Restores the state before `hold`, for a caller who comes back later; without effect if nothing is held. */
  unhold(): void | Promise<void>;
  /**
   * Ends the call of a caller who cannot be returned to the AI, as the options require; resolves with where the caller
   * ended up.
   */
  end(signal: AbortSignal): Promise<'left' | 'hung-up' | 'cold-transferred'>;
  /** Ends the caller's call. */
  hangUp(): Promise<void>;
  /** Cold-transfers the caller; resolves when it succeeded. */
  coldTransfer(to: string, signal: AbortSignal): Promise<void>;
}

/** The hold audio of the caller. */
export interface HoldAudioPort {
  /** Starts; resolves when the caller is about to hear it, or when it was stopped before. */
  start(signal: AbortSignal): Promise<void>;
  /** Fades out; resolves when silent. Never fails because of its state. */
  stop(): Promise<void>;
  /** Releases track and source, after `stop` or instead of it. */
  close(): Promise<void>;
}

/** The targets to call, or the reason why there are none. */
export type Resolution =
  | { readonly type: 'resolved'; readonly plan: Plan }
  | { readonly type: 'unresolved'; readonly ending: NoTarget };

/** The targets of a transfer. */
export interface TargetsPort {
  /** Resolves a department, or without one the targets of the transfer. Synchronous if no function has to be called. */
  resolve(department: string | undefined, signal: AbortSignal): Resolution | Promise<Resolution>;
}

/** Decides what to do after a failure. */
export interface PolicyPort {
  decide(ending: PolicySubject, signal: AbortSignal): readonly PolicyAction[] | Promise<readonly PolicyAction[]>;
}

/** The consult room of one attempt. */
export interface ConsultRoomPort {
  /** Creates the room. */
  open(signal: AbortSignal): Promise<void>;
  /** Joins it as the briefing agent. */
  join(signal: AbortSignal): Promise<void>;
  /** Calls `listener` once, when the human agent has left. Returns a function that unsubscribes. */
  onHumanLeft(listener: (how: DisconnectCause) => void): () => void;
  /** Calls `listener` once, when the briefing agent has lost its connection. Returns a function that unsubscribes. */
  onLost(listener: (cause: unknown) => void): () => void;
  /** Removes all participants and deletes the room, within a time limit; rejects with the errors. */
  close(): Promise<void>;
}

export type DialReport =
  | { readonly type: 'answered'; readonly humanIdentity: string }
  | ({ readonly type: 'ended'; readonly ending: DialFailure } & CallerIdVerdict)
  | ({ readonly type: 'failed'; readonly cause: unknown } & SipStatus & CallerIdVerdict)
  | { readonly type: 'canceled' };

interface CallerIdVerdict {
  /** Set if the network rejected the call before the phone rang, by a status that may mean the caller ID. */
  readonly callerIdRefused?: true;
}

/** One outbound call. */
export interface DialerPort {
  /** Dials; resolves when the call is answered or has failed. Aborting stops the phone from ringing. */
  dial(options: { readonly signal: AbortSignal; readonly onRinging: () => void }): Promise<DialReport>;
}

export type Decision =
  | { readonly type: 'accepted'; readonly by: AcceptedBy }
  | { readonly type: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail' }
  | { readonly type: 'no-speech' }
  | { readonly type: 'human-disconnected'; readonly how: DisconnectCause }
  | { readonly type: 'limit-reached' }
  | { readonly type: 'failed'; readonly cause: unknown }
  | { readonly type: 'canceled' };

/** The briefing agent of one attempt. */
export interface BriefingPort {
  /** Starts to listen in the consult room, silently, so that the human agent's first words are not lost. */
  start(signal: AbortSignal): Promise<void>;
  /** Briefs the human agent, and resolves with the decision. */
  brief(): Promise<Decision>;
  /** Says one fixed sentence on the line, within a time limit. */
  say(farewell: Farewell): Promise<void>;
  /** Returns the transcript of the consult so far, at most until the decision. */
  transcript(): readonly TranscriptTurn[];
  close(): Promise<void>;
}

/** The merge of caller room and consult room. */
export interface MergePort {
  /** Publishes the tracks of the merge, without forwarding audio. */
  publishTracks(signal: AbortSignal): Promise<void>;
  /**
   * Merges; resolves when caller and human agent are verified to hear each other, and rolls back otherwise. The last
   * words of a human agent before an accept by key are withheld.
   */
  merge(signal: AbortSignal, acceptedBy: AcceptedBy): Promise<void>;
  /** The call, once merged. */
  readonly call: MergedCall | undefined;
  /** Calls `listener` once, when the human agent has left either room. Returns a function that unsubscribes. */
  onHumanLeft(listener: (how: DisconnectCause) => void): () => void;
  /** Calls `listener` once, when the merge is lost. Returns a function that unsubscribes. */
  onMergeLost(listener: (cause: unknown) => void): () => void;
  close(): Promise<void>;
}

export interface ClockPort {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` once after `ms`. Returns a function that cancels. */
  after(ms: number, callback: () => void): () => void;
}
