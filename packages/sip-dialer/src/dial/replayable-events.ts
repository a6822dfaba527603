import { deferred, type Deferred } from '@org/support';

/** Keeps all events, and replays them to every iteration, which waits for more until `close()`. */
export class ReplayableEvents<Event> implements AsyncIterable<Event> {
  readonly #events: Event[] = [];
  #end: { readonly error?: unknown } | undefined;
  #changed: Deferred<void> = deferred();

  add(event: Event): void {
    this.#events.push(event);
    this.#wake();
  }

  /** Ends every iteration after the last event, by throwing `error` if there is one. */
  close(end: { readonly error?: unknown } = {}): void {
    this.#end = end;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    let given = 0;
    while (true) {
      for (const event of this.#events.slice(given)) {
        given += 1;
        yield event;
      }
      if (given < this.#events.length) continue;
      if (this.#end !== undefined) break;
      await this.#changed.promise;
    }
    if ('error' in this.#end) throw this.#end.error;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = deferred();
  }
}
