import type { TransferLimits } from '../options/limits.js';
import type { Farewell } from '../machine/types/effect.js';
import type { AttemptPorts, ClockPort } from './ports.js';
import { runCleanupStep } from './run-cleanup-step.js';

interface CloseAttemptOptions {
  readonly ports: AttemptPorts;
  readonly clock: ClockPort;
  readonly limits: TransferLimits;
  readonly warn: (cause: unknown) => void;
  /** Said to the human agent if the call is still answered when the running work has ended. */
  readonly farewell: Farewell | undefined;
  readonly onTheLine: () => boolean;
  /** Work in the room that was asked to stop. */
  readonly underWay: Iterable<Promise<void>>;
}

/**
 * Closes the human agent's side, in the order that privacy and courtesy require: closes the merge, waits for running
 * work, says the farewell, closes the briefing, deletes the room. A failed step does not prevent the next one; errors
 * are warnings.
 */
export async function closeAttempt(options: CloseAttemptOptions): Promise<void> {
  const { ports, clock, limits, warn, farewell, onTheLine, underWay } = options;
  const { consult, briefing, merge } = ports;

  const step = (what: string, work: () => unknown, ms: number = limits.openingMs): Promise<void> =>
    runCleanupStep(work, { clock, warn, what, ms });

  await step('closing the merge', () => merge.close());
  await step('stopping the running work', () => Promise.all(underWay));
  if (farewell !== undefined && onTheLine()) {
    const ms = farewell === 'voicemail-message' ? limits.voicemailMessageMs : limits.farewellMs;
    await step('the farewell', () => briefing.say(farewell), ms);
  }
  await step('closing the briefing', () => briefing.close());
  await consult.close();
}
