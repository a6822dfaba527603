/** Work that is running, to be awaited before what it uses is released. */
export class PendingWork {
  readonly #running = new Set<Promise<void>>();

  /** Adds work, which must not reject. */
  add(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when no work is running, including work that was added meanwhile. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
