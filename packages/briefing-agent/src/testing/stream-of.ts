import { ReadableStream } from 'node:stream/web';

/** Creates a stream of items that ends early when `isOver` returns true. */
export function streamOf<T>(items: readonly T[], isOver = (): boolean => false): ReadableStream<T> {
  const rest = items.values();
  return new ReadableStream(
    {
      pull: (controller) => {
        const next = rest.next();
        if (next.done === true || isOver()) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}
