/** The first pause, the longest pause, and the time after which retries end, in milliseconds. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const lastsMs = 600_000;

/**
 * Retries in the background, with pauses that double up to 30 s, until `work` resolves to true or ten minutes have
 * passed. Until `oftenUntil`, by `performance.now()`, the pauses do not grow. Does not keep the process alive. `work`
 * must not reject.
 */
export function retryInBackground(work: () => Promise<boolean>, oftenUntil = 0): void {
  const endsAt = performance.now() + lastsMs;
  const tryOnce = async (pauseMs: number): Promise<void> => {
    const isDone = await work();
    const now = performance.now();
    if (!isDone && now < endsAt) tryAfter(now < oftenUntil ? pauseMs : Math.min(2 * pauseMs, longestPauseMs));
  };
  const tryAfter = (pauseMs: number): void => {
    setTimeout(() => void tryOnce(pauseMs), pauseMs).unref();
  };
  tryAfter(firstPauseMs);
}
