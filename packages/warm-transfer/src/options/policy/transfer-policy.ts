import type { Decidable } from '../../machine/state/state.js';
import type { AttemptRecord } from '../../outcome/attempt-record.js';

/** A status that a policy can decide about. */
export type PolicyStatus = Decidable['status'];

/** What happened, as in the outcome. */
export type PolicyEnding = Decidable extends infer E ? (E extends unknown ? Omit<E, 'kind'> : never) : never;

/**
 * What to do:
 *
 * - `return`: the caller has the AI back.
 * - `next-target`: the next of the list is called, if there is one.
 * - `redirect`: the department that the human agent named when declining is called; `{ redirect }` is a certain one.
 * - `{ coldTransfer }`: the caller's phone is asked by SIP REFER to call this number or URI.
 * - `voicemail-message`: the voicemail box that answered hears the sentence `voicemail` of the briefing.
 * - `hang-up`: the caller's call is ended.
 */
export type PolicyStep =
  | 'return'
  | 'next-target'
  | 'redirect'
  | 'voicemail-message'
  | 'hang-up'
  | { readonly redirect: string }
  | { readonly coldTransfer: string };

/** One step, or several: the first that can be done is done, and the caller has the AI back when none can. */
export type PolicyAnswer = PolicyStep | readonly PolicyStep[];

/** Decides within `limits.decidingMs`; `undefined` leaves it to the default. */
export type PolicyFunction = (
  ending: PolicyEnding,
  context: { readonly attempts: readonly AttemptRecord[]; readonly signal: AbortSignal },
) => PolicyAnswer | undefined | Promise<PolicyAnswer | undefined>;

/** What to do for each status; a status that is not named is left to the default. */
export type TransferPolicy = PolicyFunction | Readonly<Partial<Record<PolicyStatus, PolicyAnswer | PolicyFunction>>>;
