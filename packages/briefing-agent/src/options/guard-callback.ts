import { log, loggerOptions } from '@livekit/agents';

/**
 * Wraps a user's callback such that its errors do no harm. The first error, or rejection of an asynchronous callback, is
 * logged; the callback continues to be called.
 */
export function guardCallback<Args extends readonly unknown[]>(
  name: string,
  callback: (...args: Args) => unknown,
): (...args: Args) => void {
  let hasFailed = false;
  const fail = (cause: unknown): void => {
    if (!hasFailed) report(name, cause);
    hasFailed = true;
  };
  return (...args) => {
    try {
      const result = callback(...args);
      if (result instanceof Promise) result.catch(fail);
    } catch (cause) {
      fail(cause);
    }
  };
}

/** Logs to the logger of the agents framework, which exists only in a worker; otherwise as a process warning without words. */
function report(name: string, cause: unknown): void {
  const errorName = cause instanceof Error ? cause.name : typeof cause;
  const message = `the callback \`${name}\` of a briefing failed`;
  if (loggerOptions() === undefined) process.emitWarning(`${message}: ${errorName}`);
  else log().warn({ errorName, 'lk.pii.error': cause instanceof Error ? cause.message : String(cause) }, message);
}
