/** Receives non-fatal errors. */
type Warn = (cause: unknown) => void;

/**
 * Wraps a user's callback: its errors and rejections go to `warn`, the first one only, and it is called again
 * nevertheless.
 */
export function harmless<Args extends readonly unknown[]>(
  callback: (...args: Args) => unknown,
  warn: Warn,
): (...args: Args) => void {
  let hasFailed = false;
  const fail = (cause: unknown): void => {
    if (!hasFailed) warn(cause);
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
