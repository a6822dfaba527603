import { HoldAudioError } from '../hold-audio-error.js';

/** Energy of a mix relative to its channels below which a caller hears silence: -40 dB. */
export const SILENT_SHARE = 1e-4;

/** Detects channels that are each other's opposite, so that their mix is silent although both sound. */
export class Cancellation {
  #mixed = 0;
  #apart = 0;

  add(first: number, second: number): void {
    this.#mixed += ((first + second) / 2) ** 2;
    this.#apart += (first ** 2 + second ** 2) / 2;
  }

  get isTotal(): boolean {
    return this.#apart > 0 && this.#mixed < this.#apart * SILENT_SHARE;
  }
}

/** Creates the error about channels that are each other's opposite. */
export function cancelsOut(what: string): HoldAudioError {
  return new HoldAudioError(
    'source-corrupt',
    `the channels of the ${what} cancel each other out when they are mixed to one; invert one of them`,
  );
}
