import type { PhoneCall } from '@org/phone-lab';
import type { Bridge } from '../../src/index.ts';
import { pause } from './until.ts';

/**
 * Merges again and again, each time after one of the phones has stopped speaking, for so many milliseconds. Resolves
 * to the results that are no merge.
 */
export async function mergeAfterSpeaking(
  bridge: Bridge,
  phone: PhoneCall,
  stoppedMs: readonly number[],
): Promise<string[]> {
  const failures: string[] = [];
  for (const ms of stoppedMs) {
    phone.tone();
    await pause(400);
    phone.quiet();
    await pause(ms);
    const result = await bridge.merge();
    if (!result.merged) failures.push(`${ms} ms: ${JSON.stringify(result)}`);
    await bridge.unmerge();
  }
  return failures;
}
