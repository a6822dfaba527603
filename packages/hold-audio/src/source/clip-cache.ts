import type { Clip } from './clip.js';

interface Entry {
  readonly clip: Promise<Clip>;
  readonly stop: AbortController;
  /** Who asked for it and has not left; one who cannot leave stays for good. */
  waiting: number;
  /** Known once it is decoded. */
  bytes?: number;
}

/**
 * Decoded clips by key, each decoded once however many ask at the same time; the decoding ends when all of them have
 * left. Beyond its bytes it forgets the clips that were not asked for the longest; those still playing stay alive by
 * whoever plays them.
 */
export class ClipCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of the clips held. */
  get size(): number {
    let sum = 0;
    for (const { bytes = 0 } of this.#entries.values()) sum += bytes;
    return sum;
  }

  /** The clip of this key, or what `decode` makes of it; a failure is not kept. The signal is how the asker leaves. */
  get(key: string, decode: (signal: AbortSignal) => Promise<Clip>, signal?: AbortSignal): Promise<Clip> {
    const entry = this.#entries.get(key) ?? this.#decode(key, decode);
    // To the end of the line of those that may be forgotten.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.waiting += 1;
    if (signal !== undefined && entry.bytes === undefined) this.#leaveOn(signal, key, entry);
    return entry.clip;
  }

  #decode(key: string, decode: (signal: AbortSignal) => Promise<Clip>): Entry {
    const stop = new AbortController();
    const clip = decode(stop.signal);
    const entry: Entry = { clip, stop, waiting: 0 };
    clip.then(
      (decoded) => this.#keep(entry, decoded),
      () => this.#forget(key, entry),
    );
    return entry;
  }

  #keep(entry: Entry, { samples }: Clip): void {
    entry.bytes = samples.byteLength;
    this.#trim();
  }

  #leaveOn(signal: AbortSignal, key: string, entry: Entry): void {
    const leave = (): void => {
      entry.waiting -= 1;
      if (entry.waiting > 0) return;
      this.#forget(key, entry);
      entry.stop.abort();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    const stay = (): void => signal.removeEventListener('abort', leave);
    entry.clip.then(stay, stay);
  }

  #forget(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #trim(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.size <= this.#maxBytes) return;
      if (bytes !== undefined) this.#entries.delete(key);
    }
  }
}
