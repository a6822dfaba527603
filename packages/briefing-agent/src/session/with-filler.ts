import { ReadableStream } from 'node:stream/web';
import { FlushSentinel } from '@livekit/agents';

export interface Filler {
  readonly text: string;
  /** How long the first chunk may take, in milliseconds. */
  readonly afterMs: number;
  /** Called after that time. Returns whether to say the filler now. */
  isWanted(): boolean;
}

/**
 * Puts a filler before an answer whose first chunk is late. The flush after it makes the voice speak it immediately;
 * otherwise the voice would wait for the rest of the answer.
 */
export function withFiller<P>(answer: ReadableStream<P>, filler: Filler): ReadableStream<P | string | FlushSentinel> {
  const reader = answer.getReader();
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<P | string | FlushSentinel>({
    start: (said) => {
      timer = setTimeout(() => {
        if (!filler.isWanted()) return;
        said.enqueue(filler.text);
        said.enqueue(FlushSentinel);
      }, filler.afterMs);
    },
    pull: async (said) => {
      try {
        const { done, value } = await reader.read();
        clearTimeout(timer);
        if (done) said.close();
        else said.enqueue(value);
      } catch (cause) {
        clearTimeout(timer);
        said.error(cause);
      }
    },
    cancel: (reason) => {
      clearTimeout(timer);
      return reader.cancel(reason);
    },
  });
}
