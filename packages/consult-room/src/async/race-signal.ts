import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Settles with `work`, or rejects with code `aborted` as soon as `signal` ends.
 *
 * `work` itself goes on: whoever started it owns what it may still bring.
 */
export function raceSignal<T>(work: Promise<T>, signal: AbortSignal | undefined, doing: string): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(abortedError(signal, doing));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Rejects with code `aborted` if `signal` has already ended. */
export function throwIfAborted(signal: AbortSignal | undefined, doing: string): void {
  if (signal?.aborted) throw abortedError(signal, doing);
}

function abortedError(signal: AbortSignal, doing: string): ConsultRoomError {
  return new ConsultRoomError('aborted', `${doing}: aborted`, { cause: signal.reason });
}
