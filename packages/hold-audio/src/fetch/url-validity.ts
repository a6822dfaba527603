import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** How long the content of a URL is valid if its server sets no limit. */
const DEFAULT_AGE_MS = 60_000;
/** Longest validity, even if the server allows more. */
const MAX_AGE_MS = 24 * 3_600_000;

/** The validity of a URL's content, and the validators that identify it (RFC 9110, section 13). */
export interface UrlValidity {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** Time of `performance.now()`. */
  readonly freshUntil: number;
}

/** Reads the headers of a response, which may be one of the status 304. */
export function urlValidity(headers: IncomingHttpHeaders, before?: UrlValidity): UrlValidity {
  const cacheControl = headers['cache-control'] ?? '';
  const age = Number(headers.age) || 0;
  const [, maxAge] = /(?:^|[\s,])max-age=(\d+)/i.exec(cacheControl) ?? [];
  const isStale = /(?:^|[\s,])no-(?:cache|store)/i.test(cacheControl);
  const ageMs = isStale ? 0 : maxAge === undefined ? DEFAULT_AGE_MS : Math.max(0, Number(maxAge) - age) * 1000;
  return {
    etag: headers.etag ?? before?.etag,
    lastModified: headers['last-modified'] ?? before?.lastModified,
    freshUntil: performance.now() + Math.min(ageMs, MAX_AGE_MS),
  };
}

/** Returns the headers that request the content only if it has changed. */
export function conditionalHeaders({ etag, lastModified }: UrlValidity): OutgoingHttpHeaders {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}
