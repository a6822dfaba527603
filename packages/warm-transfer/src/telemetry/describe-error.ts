/** What a log may say about something that was thrown: its kind openly, its words as personal data, without tokens. */
export function describeError(cause: unknown): Readonly<Record<string, string>> {
  if (!(cause instanceof Error)) return { errorName: typeof cause };
  const { name } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { errorCode: cause.code } : {};
  return { errorName: name, ...code, 'lk.pii.error': withoutTokens(messagesOf(cause).join(': ')) };
}

function messagesOf(cause: unknown, depth = 0): readonly string[] {
  if (!(cause instanceof Error) || depth > MAX_DEPTH) return [];
  const parts: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [];
  return [cause.message, ...[cause.cause, ...parts].flatMap((inner) => messagesOf(inner, depth + 1))];
}

const MAX_DEPTH = 4;

/** The server's answer to a wrong secret holds the whole token. */
const withoutTokens = (text: string): string => text.replaceAll(/eyJ[\w-]+(?:\.[\w-]+){1,2}/g, '[token]');
