import { deferred } from './deferred.js';
import type { ClockPort } from './ports.js';

interface AttemptOptions {
  readonly clock: ClockPort;
  readonly note: (cause: unknown) => void;
  /** What is being attempted, for the note. */
  readonly what: string;
  readonly ms: number;
}

/** One step of cleaning up: what it throws is noted, and it may not keep us longer than `ms`. Never rejects. */
export async function attempt(step: () => unknown, { clock, note, what, ms }: AttemptOptions): Promise<void> {
  const late = deferred<void>();
  const cancel = clock.after(ms, () => {
    note(new Error(`${what} took longer than ${ms} ms`));
    late.resolve();
  });
  await Promise.race([(async () => step())().catch(note), late.promise]);
  cancel();
}
