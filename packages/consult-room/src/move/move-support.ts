interface Known {
  readonly supported: boolean;
  readonly until: number;
}

/** A server that refused may be updated, and one that was overloaded recovers: what is known holds for this long. */
const knownForMs = 600_000;

/** More servers than any process talks to; beyond it the oldest is forgotten. */
const maxServers = 100;

const known = new Map<string, Known>();

/**
 * Whether the server at `url` can move participants; undefined while that is not known. Only the move of a participant who is
 * there tells: for one who is not, servers that can move and servers that cannot both answer that there was no response.
 */
export function movesParticipants(url: string): boolean | undefined {
  const found = known.get(url);
  return found && found.until > performance.now() ? found.supported : undefined;
}

/** Notes what the answer to a move has shown. */
export function rememberMoveSupport(url: string, supported: boolean): void {
  known.delete(url);
  known.set(url, { supported, until: performance.now() + knownForMs });
  const [oldest] = known.keys();
  if (known.size > maxServers && oldest !== undefined) known.delete(oldest);
}
