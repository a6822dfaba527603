/** Cuts a stream of mono samples into windows of one duration. The rest of a piece goes before the next one. */
export class SampleWindows {
  readonly #windowMs: number;
  #rest: Int16Array = new Int16Array(0);

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Returns the windows that the samples complete. */
  cut(samples: Int16Array, sampleRate: number): Int16Array[] {
    const size = Math.round((sampleRate * this.#windowMs) / 1000);
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const windows: Int16Array[] = [];
    let from = 0;
    for (; from + size <= all.length; from += size) windows.push(all.subarray(from, from + size));
    this.#rest = all.slice(from);
    return windows;
  }
}
