import { ConsultRoomError } from '../consult-room-error.js';

const jwtLike = /eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

/**
 * Turns what the server SDK, `fetch` or the media client threw into this package's error.
 *
 * The server's answer to a wrong secret repeats the whole signed token in its message, and the media client may
 * quote the URL it connected to, token included: such an error is never kept as `cause`, and its text is cleaned.
 */
export function toConsultRoomError(
  error: unknown,
  doing: string,
  otherwise: 'server' | 'media' = 'server',
): ConsultRoomError {
  if (ConsultRoomError.isInstance(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cleaned = text.replaceAll(jwtLike, '[token]');
  const status = httpStatusOf(error);
  if (status === 401 || status === 403 || /\b401\b|unauthorized/i.test(cleaned)) {
    return new ConsultRoomError(
      'unauthorized',
      `${doing}: the server refused the credentials (check apiKey, apiSecret and this machine's clock)`,
    );
  }
  if (/not implemented/i.test(cleaned)) {
    return new ConsultRoomError('not-implemented', `${doing}: the server does not offer it`);
  }
  const options = cleaned === text ? { cause: error } : undefined;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new ConsultRoomError('timeout', `${doing}: the server did not answer in time`, options);
  }
  if (error instanceof TypeError && text === 'fetch failed') {
    return new ConsultRoomError('unreachable', `${doing}: no server answers at the url`, options);
  }
  return new ConsultRoomError(otherwise, `${doing}: ${cleaned}`, options);
}

/** The HTTP status of a server SDK error, read by shape: two copies of the SDK can be installed. */
export function httpStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
