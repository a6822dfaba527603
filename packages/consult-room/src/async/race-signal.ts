import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Settles with `work`, or rejects with code `aborted` as soon as `signal` aborts.
 *
 * `work` itself continues: the code that started it owns its result.
 */
export function raceSignal<T>(work: Promise<T>, signal: AbortSignal | undefined, operation: string): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(abortedError(signal, operation));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** @throws ConsultRoomError `aborted` if `signal` has aborted */
export function throwIfAborted(signal: AbortSignal | undefined, operation: string): void {
  if (signal?.aborted) throw abortedError(signal, operation);
}

function abortedError(signal: AbortSignal, operation: string): ConsultRoomError {
  return new ConsultRoomError('aborted', `${operation}: aborted`, { cause: signal.reason });
}
