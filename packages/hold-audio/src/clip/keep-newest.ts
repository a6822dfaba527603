/** Largest number of entries; each takes about a hundred bytes. */
const MAX_ENTRIES = 1000;

/** Sets an entry as the newest; beyond {@link MAX_ENTRIES} the oldest is deleted. */
export function keepNewest<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
}
