import { deferred } from './deferred.js';
import type { TransferLimits } from './limits.js';
import type { Farewell } from './machine/effect.js';
import type { TransferPorts } from './ports.js';

interface CloseConsultOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly note: (cause: unknown) => void;
  /** Said to the human agent if somebody is on the line. */
  readonly farewell: Farewell | undefined;
  /** Work in the room that has been told to stop. */
  readonly underWay: Iterable<Promise<void>>;
}

/**
 * Takes down the human agent's side, in the order that privacy and courtesy ask for: nothing passes between the
 * rooms any more, whatever is under way comes to rest, the farewell is said, the agent leaves, the room is deleted.
 *
 * No step can keep the next from happening; what goes wrong is noted.
 */
export async function closeConsult({ ports, limits, note, farewell, underWay }: CloseConsultOptions): Promise<void> {
  const { consult, briefing, merge, clock } = ports;

  const attempt = async (step: () => unknown, ms: number): Promise<void> => {
    const late = deferred<void>();
    const cancel = clock.after(ms, () => {
      note(new Error(`a step of closing the consult room took longer than ${ms} ms`));
      late.resolve();
    });
    await Promise.race([(async () => step())().catch(note), late.promise]);
    cancel();
  };

  await attempt(() => merge.close(), limits.openingMs);
  await attempt(() => Promise.all(underWay), limits.openingMs);
  if (farewell !== undefined) await attempt(() => briefing.say(farewell), limits.farewellMs);
  await attempt(() => briefing.close(), limits.openingMs);
  await consult.close();
}
