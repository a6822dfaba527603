import type { AttemptRecord } from '../outcome/attempt-record.js';
import type { PolicyAction } from '../machine/types/policy-action.js';
import type { PolicySubject } from '../machine/state/state.js';
import type { PolicyPort } from '../runtime/ports.js';
import { parsePolicy } from '../options/policy/parse-policy.js';
import type { PolicyAnswer, TransferPolicy } from '../options/policy/transfer-policy.js';

/** Failures after which the next target is called by default: no human agent was reached. */
const dialFailures: readonly string[] = [
  'no-answer',
  'busy',
  'rejected',
  'unreachable',
  'invalid-number',
  'trunk-rejected',
];

function defaultPolicy(ending: PolicySubject): readonly PolicyAction[] {
  const dialFailed =
    dialFailures.includes(ending.status) ||
    (ending.status === 'failed' && ending.sipStatusCode !== undefined) ||
    (ending.status === 'timed-out' && ending.limit === 'dialing');
  return dialFailed ? [{ type: 'next-target' }, { type: 'return' }] : [{ type: 'return' }];
}

/** Applies the policy of the options, with the defaults. */
export class PolicyResolver implements PolicyPort {
  readonly #policy: TransferPolicy;
  readonly #attempts: () => readonly AttemptRecord[];

  constructor(policy: TransferPolicy | undefined, attempts: () => readonly AttemptRecord[]) {
    this.#policy = policy ?? {};
    this.#attempts = attempts;
  }

  decide(ending: PolicySubject, signal: AbortSignal): readonly PolicyAction[] | Promise<readonly PolicyAction[]> {
    const chosen = typeof this.#policy === 'function' ? this.#policy : this.#policy[ending.status];
    const read = (answer: PolicyAnswer | undefined): readonly PolicyAction[] =>
      answer === undefined ? defaultPolicy(ending) : parsePolicy(answer, 'policy');
    if (typeof chosen !== 'function') return read(chosen);
    const { kind: _kind, ...facts } = ending;
    const answer = chosen(facts, { attempts: this.#attempts(), signal });
    return answer instanceof Promise ? answer.then(read) : read(answer);
  }
}
