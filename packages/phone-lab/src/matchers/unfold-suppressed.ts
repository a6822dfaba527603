import type { TestError } from 'vitest';

interface FoldedError extends TestError {
  readonly error: TestError;
  readonly suppressed: TestError;
}

/** Whether this is what `await using` makes of the error of its block and the error of a close. */
export function isSuppressedError(error: TestError): error is FoldedError {
  return error.name === 'SuppressedError' && 'error' in error && 'suppressed' in error;
}

/** Returns the errors that a `SuppressedError` holds, in the order in which they were thrown: that of the block first. */
export function unfoldSuppressed(error: TestError): readonly TestError[] {
  if (!isSuppressedError(error)) return [error];
  return [...unfoldSuppressed(error.suppressed), ...unfoldSuppressed(error.error)];
}
