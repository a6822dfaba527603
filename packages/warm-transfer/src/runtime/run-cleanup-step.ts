import { within } from '@org/support';
import type { ClockPort } from './ports.js';

interface CleanupStepOptions {
  readonly clock: ClockPort;
  readonly warn: (cause: unknown) => void;
  /** Name of the step, for the warning. */
  readonly what: string;
  readonly ms: number;
}

/** Runs one step of the cleanup for at most `ms`; its errors are warnings. Never rejects. */
export async function runCleanupStep(
  step: () => unknown,
  { clock, warn, what, ms }: CleanupStepOptions,
): Promise<void> {
  const running = (async () => step())().catch(warn);
  await within(ms, running, () => warn(new Error(`${what} took longer than ${ms} ms`)), { clock });
}
