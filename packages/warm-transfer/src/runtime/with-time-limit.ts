import { deferred } from '@org/support';
import type { ClockPort } from './ports.js';

interface TimeLimitOptions {
  readonly clock: ClockPort;
  readonly warn: (cause: unknown) => void;
  /** Name of the step, for the warning. */
  readonly what: string;
  readonly ms: number;
}

/** Runs one step of the cleanup for at most `ms`; its errors are warnings. Never rejects. */
export async function withTimeLimit(step: () => unknown, { clock, warn, what, ms }: TimeLimitOptions): Promise<void> {
  const late = deferred<void>();
  const cancel = clock.after(ms, () => {
    warn(new Error(`${what} took longer than ${ms} ms`));
    late.resolve();
  });
  await Promise.race([(async () => step())().catch(warn), late.promise]);
  cancel();
}
