import type { IncomingMessage } from 'node:http';
import { HoldAudioError } from '../hold-audio-error.js';

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/** Returns the target of a redirect; `undefined` for other responses. An `https:` URL never leads to `http:`. */
export function redirectTarget(from: URL, { statusCode, headers }: IncomingMessage): URL | undefined {
  if (!REDIRECTS.has(statusCode)) return undefined;
  const target = headers.location !== undefined && URL.canParse(headers.location, from.href);
  const to = target ? new URL(headers.location ?? '', from) : undefined;
  if (to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:')) return to;
  throw new HoldAudioError(
    'source-fetch-failed',
    `"${from.origin}${from.pathname}" redirects to no URL of ${from.protocol === 'http:' ? 'http(s)' : 'https'}`,
  );
}
