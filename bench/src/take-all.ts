/** Runs the items one after the other, or all in parallel where only the rows matter and not their values. */
export async function takeAll<T, R>(
  items: Iterable<T>,
  { atOnce }: { readonly atOnce: boolean },
  take: (item: T) => Promise<R>,
): Promise<R[]> {
  if (atOnce) return Promise.all(Array.from(items, take));
  const taken: R[] = [];
  for (const item of items) taken.push(await take(item));
  return taken;
}
