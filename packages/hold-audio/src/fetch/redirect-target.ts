import type { IncomingMessage } from 'node:http';
import { HoldAudioError } from '../hold-audio-error.js';

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/** Where a response sends the client; `undefined` if it is no redirect. A secure URL stays secure. */
export function redirectTarget(from: URL, { statusCode, headers }: IncomingMessage): URL | undefined {
  if (!REDIRECTS.has(statusCode)) return undefined;
  const target = headers.location !== undefined && URL.canParse(headers.location, from.href);
  const to = target ? new URL(headers.location ?? '', from) : undefined;
  if (to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:')) return to;
  throw new HoldAudioError(
    'source-fetch-failed',
    `"${from.origin}${from.pathname}" redirects to nowhere, or away from ${from.protocol === 'http:' ? 'http(s)' : 'https'}`,
  );
}
