/** Places of which something is remembered; each takes some hundred bytes. */
const MAX_ENTRIES = 1000;

/** Remembers something of a key, as the newest; beyond {@link MAX_ENTRIES} the oldest is forgotten. */
export function keepNewest<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
}
