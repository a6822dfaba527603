import { appendFileSync } from 'node:fs';
import type { WarmTransferResult, WarmTransferToolError } from '@org/warm-transfer';

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

export function logOutcome(outcome: WarmTransferResult | WarmTransferToolError['outcome']): void {
  if ('call' in outcome) {
    logEvent('outcome', { status: 'connected', humanAgentIdentity: outcome.humanAgentIdentity });
    return;
  }
  const { warnings, timings, ...facts } = outcome;
  const cause = 'cause' in outcome ? String(outcome.cause) : undefined;
  logEvent('outcome', {
    ...facts,
    cause,
    warnings: warnings.map(String),
    tookMs: timings.settledAt - timings.startedAt,
  });
}
