import type { ServerResponse } from 'node:http';

/** HTTP status of each Twirp code that the SIP service answers with. */
const httpStatus = {
  invalid_argument: 400,
  malformed: 400,
  permission_denied: 403,
  unauthenticated: 401,
  not_found: 404,
  deadline_exceeded: 408,
  canceled: 408,
  aborted: 409,
  failed_precondition: 412,
  resource_exhausted: 429,
  out_of_range: 400,
  unimplemented: 501,
  internal: 500,
  unknown: 500,
  unavailable: 503,
} as const;

export type TwirpCode = keyof typeof httpStatus;

/** An error as the LiveKit API answers it. */
export interface TwirpError {
  readonly code: TwirpCode;
  readonly msg: string;
  readonly meta?: Readonly<Record<string, string>>;
}

/** Answers with a Twirp error, or drops it when the client has gone. */
export function sendTwirpError(response: ServerResponse, error: TwirpError): void {
  sendJson(response, httpStatus[error.code], { ...error });
}

export function sendJson(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  // The SDK takes an error for JSON only if the type is this exact string.
  if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
