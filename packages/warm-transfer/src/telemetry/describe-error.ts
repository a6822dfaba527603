/**
 * Returns the fields of a log entry about an error: its name in plain, its message as personal data, without tokens.
 */
export function describeError(cause: unknown): Readonly<Record<string, string>> {
  if (!(cause instanceof Error)) return { errorName: typeof cause };
  const { name } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { errorCode: cause.code } : {};
  return { errorName: name, ...code, 'lk.pii.error': withoutTokens(collectMessages(cause).join(': ')) };
}

function collectMessages(cause: unknown, depth = 0): readonly string[] {
  if (!(cause instanceof Error) || depth > MAX_DEPTH) return [];
  const parts: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [];
  return [cause.message, ...[cause.cause, ...parts].flatMap((inner) => collectMessages(inner, depth + 1))];
}

const MAX_DEPTH = 4;

/** Removes tokens: the server's response to a wrong secret contains the whole token. */
const withoutTokens = (text: string): string => text.replaceAll(/eyJ[\w-]+(?:\.[\w-]+){1,2}/g, '[token]');
