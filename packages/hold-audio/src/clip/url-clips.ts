import type { UrlValidity } from '../fetch/url-validity.js';
import { keepNewest } from './keep-newest.js';

/** Delay until a server that did not answer is asked again. */
const RETRY_MS = 10_000;

/** The validity of the clips of URLs, which are played without asking the server until then. */
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

  /** Keeps the clip valid for a short time after a failed request. */
  onRefreshFailed(key: string): void {
    const known = this.#validities.get(key);
    if (known !== undefined) this.remember(key, { ...known, freshUntil: performance.now() + RETRY_MS });
  }
}
