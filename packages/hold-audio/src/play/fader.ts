/**
 * Fades in and out. Fades follow a quarter of a sine, so that loudness changes evenly, and each begins at the level at
 * which the previous one was interrupted.
 */
export class Fader {
  readonly #sampleRate: number;
  /** Position on the fade: 0 silent, 1 full. */
  #position = 0;
  #step = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Whether a fade-out has reached its end. */
  get silent(): boolean {
    return this.#position === 0 && this.#step <= 0;
  }

  /** Whether it has faded in, and no fade is under way. */
  get full(): boolean {
    return this.#position === 1 && this.#step === 0;
  }

  /** Begins a fade-in from silence. */
  fadeIn(ms: number): void {
    this.#position = 0;
    this.#step = this.#stepOf(ms);
  }

  /** Begins a fade-out at the current level. */
  fadeOut(ms: number): void {
    this.#step = -this.#stepOf(ms);
  }

  /** Applies the fade and converts the samples to 16 bit. */
  apply(samples: Float32Array, into: Int16Array): void {
    for (let i = 0; i < into.length; i += 1) {
      if (this.#step !== 0) this.#advance();
      const gain = this.#position === 1 ? 1 : Math.sin((Math.PI / 2) * this.#position);
      const sample = Math.round((samples[i] as number) * gain);
      into[i] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
    }
  }

  #advance(): void {
    this.#position = Math.max(0, Math.min(1, this.#position + this.#step));
    if (this.#position === 0 || this.#position === 1) this.#step = 0;
  }

  #stepOf(ms: number): number {
    return ms === 0 ? 1 : 1000 / (ms * this.#sampleRate);
  }
}
