import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** How long the content of a URL counts when its server does not say. */
const DEFAULT_AGE_MS = 60_000;
/** Longest time, whatever the server says. */
const MAX_AGE_MS = 24 * 3_600_000;

/** Until when the content of a URL counts, and what a server tells it from another by (RFC 9110, section 13). */
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

/** The headers that ask for the content only if it is another. */
export function conditionalHeaders({ etag, lastModified }: UrlValidity): OutgoingHttpHeaders {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}
