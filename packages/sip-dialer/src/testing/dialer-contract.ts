import { callCases } from './contract-calls.js';
import { cancelCases } from './contract-cancel.js';
import { failureCases } from './contract-failures.js';
import type { DialerContractCase } from './dialer-harness.js';

/** The contract of every dialer. Run each case in a test of its own; a case rejects if its claim does not hold. */
export const dialerContract: readonly DialerContractCase[] = [...failureCases, ...callCases, ...cancelCases];
