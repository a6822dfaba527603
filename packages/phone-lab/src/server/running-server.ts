import { PhoneLabError } from '../phone-lab-error.js';
import type { ServerKey } from './server-config.js';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The running server that `PHONE_LAB_LIVEKIT_URL`, `PHONE_LAB_API_KEY` and `PHONE_LAB_API_SECRET` name, if they do.
 *
 * `LIVEKIT_URL` is never read: a test must not reach a production project by accident. For the same reason a host
 * other than loopback needs `PHONE_LAB_ALLOW_REMOTE=1`.
 */
export function runningServer(env: NodeJS.ProcessEnv): (ServerKey & { readonly url: string }) | undefined {
  const given = env['PHONE_LAB_LIVEKIT_URL'];
  if (!given) return undefined;
  const [apiKey, apiSecret] = [env['PHONE_LAB_API_KEY'], env['PHONE_LAB_API_SECRET']];
  if (!apiKey || !apiSecret) {
    throw new PhoneLabError('invalid-option', 'PHONE_LAB_LIVEKIT_URL needs PHONE_LAB_API_KEY and PHONE_LAB_API_SECRET');
  }
  if (!URL.canParse(given)) throw new PhoneLabError('invalid-option', 'PHONE_LAB_LIVEKIT_URL is not a URL');
  const url = new URL(given.replace(/^ws/, 'http'));
  if (!loopback.has(url.hostname) && env['PHONE_LAB_ALLOW_REMOTE'] !== '1') {
    throw new PhoneLabError(
      'invalid-option',
      `PHONE_LAB_LIVEKIT_URL names ${url.hostname}, which is not this machine; set PHONE_LAB_ALLOW_REMOTE=1 if you mean it`,
    );
  }
  return { url: url.origin, apiKey, apiSecret };
}
