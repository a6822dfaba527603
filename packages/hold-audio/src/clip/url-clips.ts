import type { UrlValidity } from '../fetch/url-validity.js';
import { keepNewest } from './keep-newest.js';

/** A server that could not be asked is asked again after this. */
const RETRY_MS = 10_000;

/** Knows of URLs until when the clip that was decoded from each is to be played without asking their server. */
export class UrlClips {
  readonly #validities = new Map<string, UrlValidity>();

  of(key: string): UrlValidity | undefined {
    return this.#validities.get(key);
  }

  isStale(key: string): boolean {
    return performance.now() >= (this.#validities.get(key)?.freshUntil ?? 0);
  }

  remember(key: string, validity: UrlValidity): void {
    keepNewest(this.#validities, key, validity);
  }

  /** The clip is played on, and the server is asked again soon. */
  onRefreshFailed(key: string): void {
    const known = this.#validities.get(key);
    if (known !== undefined) this.remember(key, { ...known, freshUntil: performance.now() + RETRY_MS });
  }
}
