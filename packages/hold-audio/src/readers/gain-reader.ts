import type { PcmReader } from './pcm-reader.js';

/** Changes the volume of another reader. */
export class GainReader implements PcmReader {
  readonly #reader: PcmReader;
  readonly #gain: number;

  constructor(reader: PcmReader, gain: number) {
    this.#reader = reader;
    this.#gain = gain;
  }

  read(into: Float32Array): void {
    this.#reader.read(into);
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) * this.#gain;
  }

  close(): void {
    this.#reader.close();
  }
}
