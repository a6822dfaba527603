import { appendFileSync } from 'node:fs';

/** One line of the log: what happened to a transfer, when (milliseconds since the epoch). */
export interface LoggedEvent {
  readonly at: number;
  readonly event: string;
  readonly [detail: string]: unknown;
}

const file = process.env['TRANSFER_EVENTS'];

/** Appends to the file that `TRANSFER_EVENTS` names, one JSON object per line; without that variable, nothing. */
export function logEvent(
  event: string,
  details: Readonly<Record<string, unknown>> = {},
  at: number = Date.now(),
): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...details, at, event })}\n`);
}
