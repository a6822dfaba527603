import { checkSentTo } from '../policy/check-sent-to.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/**
 * What to do with a caller whom the AI can't take back, as its session is closing, closed, or was never started.
 *
 * - `hang-up` (default): end the caller's call.
 * - `coldTransferTo`: send a caller on the phone to this number by REFER; hang up when that fails.
 */
export type OnSessionClosed = 'hang-up' | { readonly coldTransferTo: string };

/** @throws WarmTransferError `invalid-option` */
export function checkOnSessionClosed(given: OnSessionClosed | undefined): void {
  if (given === undefined || given === 'hang-up') return;
  const to: unknown = given?.coldTransferTo;
  if (typeof to === 'string' && to.trim() !== '') return checkSentTo(to, 'onSessionClosed.coldTransferTo');
  throw new WarmTransferError(
    'invalid-option',
    `\`onSessionClosed\` must be hang-up or { coldTransferTo: number }, not ${JSON.stringify(given)}`,
  );
}
