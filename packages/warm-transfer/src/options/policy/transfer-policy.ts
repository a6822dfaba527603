import type { PolicySubject } from '../../machine/state/state.js';
import type { AttemptRecord } from '../../outcome/attempt-record.js';

/** A status about which a policy can decide; new ones may come. */
export type PolicyStatus = PolicySubject['status'];

/** The failure, as in the outcome. */
type PolicyInput = PolicySubject extends infer E ? (E extends unknown ? Omit<E, 'kind'> : never) : never;

/**
 * An action of a policy:
 * - `return`: the caller is returned to the AI.
 * - `next-target`: the next target is called, if there is one.
 * - `redirect`: the department that the human agent named when declining is called; `{ redirect }` is a fixed one.
 * - `{ coldTransfer }`: the caller's phone is asked by SIP REFER to call this number or URI.
 * - `voicemail-message`: the sentence `voicemail` of the briefing is left on the voicemail that answered.
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

/** One step, or several: the first possible one is taken, and the caller is returned to the AI if there is none. */
export type PolicyAnswer = PolicyStep | readonly PolicyStep[];

/** Decides within `limits.decidingMs`; `undefined` means the default. */
export type PolicyFunction = (
  ending: PolicyInput,
  context: { readonly attempts: readonly AttemptRecord[]; readonly signal: AbortSignal },
) => PolicyAnswer | undefined | Promise<PolicyAnswer | undefined>;

/** What to do for each status; the default applies to a status without an entry. */
export type TransferPolicy = PolicyFunction | Readonly<Partial<Record<PolicyStatus, PolicyAnswer | PolicyFunction>>>;
