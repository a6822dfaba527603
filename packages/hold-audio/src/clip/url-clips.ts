import type { UrlValidity } from '../fetch/url-validity.js';
import { keepNewest } from './keep-newest.js';

/** A server that could not be asked is asked again after this. */
const RETRY_MS = 10_000;

/** Knows of URLs until when the clip that was decoded from each is to be played without asking their server. */
export class UrlClips {
  readonly #validities = new Map<string, UrlValidity>();

  of(place: string): UrlValidity | undefined {
    return this.#validities.get(place);
  }

  isStale(place: string): boolean {
    return performance.now() >= (this.#validities.get(place)?.freshUntil ?? 0);
  }

  learn(place: string, validity: UrlValidity): void {
    keepNewest(this.#validities, place, validity);
  }

  /** The clip is played on, and the server is asked again soon. */
  couldNotAsk(place: string): void {
    const known = this.#validities.get(place);
    if (known !== undefined) this.learn(place, { ...known, freshUntil: performance.now() + RETRY_MS });
  }
}
