import { ConsultRoomError } from '../consult-room-error.js';

const jwtLike = /eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

/**
 * Converts an error of the server SDK, `fetch` or the media client to an error of this package.
 *
 * The server's answer to a wrong secret repeats the whole signed token in its message, and the media client may quote
 * the URL of its connection, token included: such an error is never kept as `cause`, and the token is removed from its
 * text.
 */
export function toConsultRoomError(
  error: unknown,
  operation: string,
  otherwise: 'server' | 'media' = 'server',
): ConsultRoomError {
  if (ConsultRoomError.isInstance(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cleaned = text.replaceAll(jwtLike, '[token]');
  const status = getHttpStatus(error);
  if (status === 401 || status === 403 || /\b401\b|unauthorized/i.test(cleaned)) {
    return new ConsultRoomError(
      'unauthorized',
      `${operation}: the server rejected the credentials (check apiKey, apiSecret and this machine's clock)`,
    );
  }
  if (/not implemented/i.test(cleaned)) {
    return new ConsultRoomError('not-implemented', `${operation}: the server does not support it`);
  }
  const options = cleaned === text ? { cause: error } : undefined;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new ConsultRoomError('timeout', `${operation}: the server did not answer in time`, options);
  }
  if (error instanceof TypeError && text === 'fetch failed') {
    return new ConsultRoomError('unreachable', `${operation}: no server answers at the URL`, options);
  }
  return new ConsultRoomError(otherwise, `${operation}: ${cleaned}`, options);
}

/** Returns the HTTP status of a server SDK error. It is read by shape, since two copies of the SDK can be installed. */
export function getHttpStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
