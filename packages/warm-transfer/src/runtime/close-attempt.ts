import type { TransferLimits } from '../options/limits.js';
import type { Farewell } from '../machine/types/effect.js';
import type { AttemptPorts, ClockPort } from './ports.js';
import { boundedStep } from './with-time-limit.js';

interface CloseAttemptOptions {
  readonly ports: AttemptPorts;
  readonly clock: ClockPort;
  readonly limits: TransferLimits;
  readonly note: (cause: unknown) => void;
  /** Said to the human agent if somebody is on the line when everything has come to rest. */
  readonly farewell: Farewell | undefined;
  readonly onTheLine: () => boolean;
  /** Work in the room that has been told to stop. */
  readonly underWay: Iterable<Promise<void>>;
}

/**
 * Takes down the human agent's side, in the order that privacy and courtesy ask for: nothing passes between the
 * rooms any more, whatever is under way comes to rest, the farewell is said, the agent leaves, the room is deleted.
 *
 * No step can keep the next from happening; what goes wrong is noted.
 */
export async function closeAttempt(options: CloseAttemptOptions): Promise<void> {
  const { ports, clock, limits, note, farewell, onTheLine, underWay } = options;
  const { consult, briefing, merge } = ports;

  const step = (what: string, work: () => unknown, ms: number = limits.openingMs): Promise<void> =>
    boundedStep(work, { clock, note, what, ms });

  await step('closing the merge', () => merge.close());
  await step('stopping what was under way', () => Promise.all(underWay));
  if (farewell !== undefined && onTheLine()) {
    const ms = farewell === 'voicemail-message' ? limits.voicemailMessageMs : limits.farewellMs;
    await step('the farewell', () => briefing.say(farewell), ms);
  }
  await step('closing the briefing', () => briefing.close());
  await consult.close();
}
