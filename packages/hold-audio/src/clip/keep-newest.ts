/** Places of which something is remembered; each takes some hundred bytes. */
const MAX_PLACES = 1000;

/** Remembers something of a place, as the newest; beyond {@link MAX_PLACES} the oldest is forgotten. */
export function keepNewest<T>(places: Map<string, T>, place: string, value: T): void {
  places.delete(place);
  places.set(place, value);
  const [oldest] = places.keys();
  if (places.size > MAX_PLACES && oldest !== undefined) places.delete(oldest);
}
