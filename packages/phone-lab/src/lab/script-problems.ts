import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedCall } from '../call/simulated-call.js';
import { PhoneLabError } from '../phone-lab-error.js';

/** How long scripts may run after their calls have ended, in milliseconds. */
const scriptTimeoutMs = 2000;

/** Waits for the scripts of all calls, and returns the errors of those that failed or did not end. */
export async function scriptProblems(calls: Iterable<SimulatedCall>): Promise<unknown[]> {
  const timeout = delay(scriptTimeoutMs, 'late' as const, { ref: false });
  const results = [...calls].map(async (call) => {
    try {
      const ended = await Promise.race([call.finished, timeout]);
      if (ended !== 'late') return undefined;
      const message = `the script of phone ${call.setup.number} runs on after its call has ended`;
      return new PhoneLabError('left-behind', message);
    } catch (error) {
      return error;
    }
  });
  return (await Promise.all(results)).filter((problem) => problem !== undefined);
}
