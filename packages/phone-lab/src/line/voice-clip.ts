import { deferred } from '../deferred.js';

/** Audio that is played as it comes, without a seam between its pieces. */
export class VoiceClip {
  readonly #onMore: () => void;
  readonly #over = deferred<void>();
  readonly #pieces: Int16Array[] = [];
  #room = deferred<void>();
  #held = 0;
  #isWhole = false;

  constructor(onMore: () => void) {
    this.#onMore = onMore;
  }

  /** Resolves when all was taken, or the clip was dropped. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  get isOver(): boolean {
    return this.#isWhole && this.#held === 0;
  }

  /**
   * Reads the source until it ends or the clip is dropped, with no more than so many samples ahead; then the source is
   * notified. Rejects with its error.
   */
  async feed(source: AsyncIterable<Int16Array>, ahead: number): Promise<void> {
    const samples = source[Symbol.asyncIterator]();
    const next = (): Promise<IteratorResult<Int16Array> | void> => Promise.race([samples.next(), this.over]);
    try {
      for (let one = await next(); one && one.done !== true; one = await next()) await this.#write(one.value, ahead);
    } finally {
      // A source that waits for its next piece hears of this when it has come.
      if (this.#isWhole) samples.return?.().catch(() => undefined);
      this.#isWhole = true;
      this.settle();
      this.#onMore();
    }
  }

  async #write(samples: Int16Array, ahead: number): Promise<void> {
    if (samples.length === 0 || this.#isWhole) return;
    this.#pieces.push(samples);
    this.#held += samples.length;
    this.#onMore();
    while (this.#held > ahead) {
      this.#room = deferred<void>();
      await this.#room.promise;
    }
  }

  drop(): void {
    this.#isWhole = true;
    this.#pieces.length = 0;
    this.#held = 0;
    this.#room.resolve();
    this.#over.resolve();
  }

  /** The next samples; fewer only at the end, and none where more is to come before there are enough. */
  take(samples: number): Int16Array | undefined {
    if (this.#held === 0 || (this.#held < samples && !this.#isWhole)) return undefined;
    const taken = new Int16Array(Math.min(samples, this.#held));
    for (let at = 0; at < taken.length;) {
      const [first = new Int16Array()] = this.#pieces;
      const part = first.subarray(0, taken.length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#pieces.shift();
      else this.#pieces[0] = first.subarray(part.length);
    }
    this.#held -= taken.length;
    this.#room.resolve();
    return taken;
  }

  /** To be asked after the samples that were taken are on their way. */
  settle(): void {
    if (this.isOver) this.#over.resolve();
  }
}
