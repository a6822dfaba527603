/** Starts `work` in the same tick; a throw counts as a rejection. */
export function startAsync<T>(
  work: () => T | Promise<T>,
  then: (value: T) => void,
  otherwise: (cause: unknown) => void,
): Promise<void> {
  return (async () => work())().then(then, otherwise);
}

/** The same for work that may be synchronous: then `then` is called in the same tick. */
export function startMaybeSync<T>(
  question: () => T | Promise<T>,
  then: (value: T) => void,
  otherwise: (cause: unknown) => void,
): void {
  let answer: T | Promise<T>;
  try {
    answer = question();
  } catch (cause) {
    return otherwise(cause);
  }
  if (answer instanceof Promise) void answer.then(then, otherwise);
  else then(answer);
}
