import { deferred } from '@org/support';
import type { ClockPort } from './ports.js';

interface BoundedStepOptions {
  readonly clock: ClockPort;
  readonly note: (cause: unknown) => void;
  /** What the step is, for the note. */
  readonly what: string;
  readonly ms: number;
}

/** One step of cleaning up: what it throws is noted, and it may not keep us longer than `ms`. Never rejects. */
export async function boundedStep(step: () => unknown, { clock, note, what, ms }: BoundedStepOptions): Promise<void> {
  const late = deferred<void>();
  const cancel = clock.after(ms, () => {
    note(new Error(`${what} took longer than ${ms} ms`));
    late.resolve();
  });
  await Promise.race([(async () => step())().catch(note), late.promise]);
  cancel();
}
