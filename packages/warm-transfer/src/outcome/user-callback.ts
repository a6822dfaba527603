/** Receives errors that end nothing. */
type Note = (cause: unknown) => void;

/**
 * A user's callback that can't do harm: what it throws, or rejects with when it is asynchronous, goes to `note`, the
 * first time only, and the callback is called again all the same.
 */
export function harmless<Args extends readonly unknown[]>(
  callback: (...args: Args) => unknown,
  note: Note,
): (...args: Args) => void {
  let hasFailed = false;
  const fail = (cause: unknown): void => {
    if (!hasFailed) note(cause);
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
