/**
 * What to do with a caller who cannot be returned to the AI, as its session is closing, closed, or was never started.
 *
 * - `hang-up` (default): end the caller's call.
 * - `coldTransferTo`: cold-transfer a caller on the phone to this number (REFER); hang up if that fails.
 */
export type OnSessionClosed = 'hang-up' | { readonly coldTransferTo: string };
