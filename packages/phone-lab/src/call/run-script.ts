import { PhoneLabError } from '../phone-lab-error.js';
import type { SimulatedCall } from './simulated-call.js';

/** Runs a script. Resolves with the error if it failed, and with `undefined` if it ended or the end of its call stopped it. */
export async function runScript(
  call: Pick<SimulatedCall, 'ended' | 'setup'>,
  script: () => Promise<void> | void,
): Promise<PhoneLabError | undefined> {
  try {
    await script();
    return undefined;
  } catch (error) {
    if (PhoneLabError.isInstance(error) && error.code === 'call-ended' && call.ended) return undefined;
    const message = `the script of phone ${call.setup.number} failed: ${error instanceof Error ? error.message : String(error)}`;
    return new PhoneLabError('script-failed', message, { cause: error });
  }
}
