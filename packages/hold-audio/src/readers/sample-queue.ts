/** A queue of samples. */
export class SampleQueue {
  readonly #blocks: Float32Array[] = [];
  /** Number of samples of the first block that were already taken. */
  #offset = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  put(block: Float32Array): void {
    if (block.length === 0) return;
    this.#blocks.push(block);
    this.#length += block.length;
  }

  /** Fills the buffer, its rest with silence, and returns the number of samples from the queue. */
  take(into: Float32Array): number {
    let filled = 0;
    for (let block = this.#blocks[0]; block !== undefined && filled < into.length; block = this.#blocks[0]) {
      const count = Math.min(block.length - this.#offset, into.length - filled);
      into.set(block.subarray(this.#offset, this.#offset + count), filled);
      filled += count;
      this.#offset += count;
      if (this.#offset === block.length) {
        this.#blocks.shift();
        this.#offset = 0;
      }
    }
    into.fill(0, filled);
    this.#length -= filled;
    return filled;
  }
}
