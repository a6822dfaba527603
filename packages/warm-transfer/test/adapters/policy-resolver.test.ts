import { describe, expect, it } from 'vitest';
import type { PolicySubject } from '../../src/machine/state/state.js';
import type { TransferPolicy } from '../../src/options/policy/transfer-policy.js';
import { PolicyResolver } from '../../src/adapters/policy-resolver.js';

const signal = new AbortController().signal;
const busy: PolicySubject = { kind: 'ending', status: 'busy', sipStatusCode: 486 };
const voicemail: PolicySubject = { kind: 'ending', status: 'voicemail' };
const decide = (policy: TransferPolicy | undefined, ending: PolicySubject) =>
  new PolicyResolver(policy, () => []).decide(ending, signal);

describe('what to do about an attempt that failed', () => {
  it.each<[PolicySubject, string[]]>([
    [busy, ['next-target', 'return']],
    [{ kind: 'ending', status: 'no-answer' }, ['next-target', 'return']],
    [{ kind: 'ending', status: 'failed', cause: 'SIP', sipStatusCode: 500 }, ['next-target', 'return']],
    [{ kind: 'ending', status: 'failed', cause: 'the model broke' }, ['return']],
    [{ kind: 'ending', status: 'timed-out', limit: 'dialing' }, ['next-target', 'return']],
    [{ kind: 'ending', status: 'timed-out', limit: 'briefing' }, ['return']],
    [{ kind: 'ending', status: 'declined', reason: 'no' }, ['return']],
    [voicemail, ['return']],
    [{ kind: 'ending', status: 'merge-failed', cause: 'no audio' }, ['return']],
    [{ kind: 'ending', status: 'closed' }, ['return']],
  ])('by default, for %j: %j', (ending, expected) => {
    expect(decide(undefined, ending)).toEqual(expected.map((type) => ({ type })));
  });

  it('is the actions of the policy for the status, and the default for the others', () => {
    const policy: TransferPolicy = {
      busy: ['next-target', { coldTransfer: '+15550177' }],
      declined: 'redirect',
      'no-answer': { redirect: 'front desk' },
    };
    expect(decide(policy, busy)).toEqual([{ type: 'next-target' }, { type: 'cold-transfer', to: '+15550177' }]);
    expect(decide(policy, { kind: 'ending', status: 'declined', reason: 'no' })).toEqual([{ type: 'redirect' }]);
    expect(decide(policy, { kind: 'ending', status: 'no-answer' })).toEqual([
      { type: 'redirect', department: 'front desk' },
    ]);
    expect(decide(policy, voicemail)).toEqual([{ type: 'return' }]);
  });

  it('is asked of a function, which sees what happened and may leave it to the default', async () => {
    const seen: unknown[] = [];
    const policy: TransferPolicy = async (ending, { attempts }) => {
      seen.push(ending, attempts);
      return ending.status === 'busy' ? 'hang-up' : undefined;
    };
    expect(await decide(policy, busy)).toEqual([{ type: 'hang-up' }]);
    expect(await decide(policy, voicemail)).toEqual([{ type: 'return' }]);
    expect(seen[0]).toEqual({ status: 'busy', sipStatusCode: 486 });
    expect(decide({ busy: () => 'return' }, busy)).toEqual([{ type: 'return' }]);
  });

  it('rejects an answer of a function that is none', () => {
    expect(() => decide(() => 'try again' as 'return', busy)).toThrow(
      "`policy` must be one of 'return', 'next-target'",
    );
  });
});
