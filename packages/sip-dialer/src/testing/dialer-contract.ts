import { callCases } from './contract-calls.js';
import { cancelCases } from './contract-cancel.js';
import { failureCases } from './contract-failures.js';
import type { DialerContractCase } from './dialer-harness.js';

/** What every dialer keeps to. Run each case in a test of its own; a case rejects when the claim is not kept. */
export const dialerContract: readonly DialerContractCase[] = [...failureCases, ...callCases, ...cancelCases];
