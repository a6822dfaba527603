/** Begins `work` in this very tick; a throw and a rejection are the same to us. */
export function begin<T>(
  work: () => T | Promise<T>,
  then: (value: T) => void,
  otherwise: (cause: unknown) => void,
): Promise<void> {
  return (async () => work())().then(then, otherwise);
}

/** The same for questions that may be answered at once: then `then` is called in this very tick. */
export function ask<T>(
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
