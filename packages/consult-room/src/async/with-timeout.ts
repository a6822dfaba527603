import { ConsultRoomError } from '../consult-room-error.js';

/** Settles with `work`, or rejects with code `timeout` after `timeoutMs`. `work` itself continues. */
export function withTimeout<T>(work: Promise<T>, timeoutMs: number, operation: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ConsultRoomError('timeout', `${operation}: timed out after ${timeoutMs} ms`));
    }, timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
