import type { TwirpCode, TwirpError } from './twirp-error.js';

/** Creates an error of the SIP gateway: the server passes it on with a prefix, which its own errors do not have. */
export function gatewayError(code: TwirpCode, text: string, meta?: TwirpError['meta']): TwirpError {
  return { code, msg: `twirp error unknown: ${text}`, ...(meta && { meta }) };
}
