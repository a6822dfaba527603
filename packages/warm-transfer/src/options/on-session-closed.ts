/**
 * What to do with a caller whom the AI can't take back, as its session is closing, closed, or was never started.
 *
 * - `hang-up` (default): end the caller's call.
 * - `coldTransferTo`: send a caller on the phone to this number by REFER; hang up when that fails.
 */
export type OnSessionClosed = 'hang-up' | { readonly coldTransferTo: string };
