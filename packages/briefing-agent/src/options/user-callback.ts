import { log, loggerOptions } from '@livekit/agents';

/**
 * A user's callback that can't do harm: what it throws, or rejects with when it is asynchronous, is written to the log,
 * the first time only, and the callback is called again all the same.
 */
export function harmless<Args extends readonly unknown[]>(
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

/** In the log of the agents framework, which exists only in a worker; else as a warning of the process, without words. */
function report(name: string, cause: unknown): void {
  const errorName = cause instanceof Error ? cause.name : typeof cause;
  const message = `the callback \`${name}\` of a briefing failed`;
  if (loggerOptions() === undefined) process.emitWarning(`${message}: ${errorName}`);
  else log().warn({ errorName, 'lk.pii.error': cause instanceof Error ? cause.message : String(cause) }, message);
}
