import type { TwirpCode, TwirpError } from './twirp-error.js';

/** An error that the SIP gateway made; the server passes it on with a prefix, which what it refuses itself does not have. */
export function gatewayError(code: TwirpCode, text: string, meta?: TwirpError['meta']): TwirpError {
  return { code, msg: `twirp error unknown: ${text}`, ...(meta && { meta }) };
}
