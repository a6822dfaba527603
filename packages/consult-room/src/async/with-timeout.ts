import { ConsultRoomError } from '../consult-room-error.js';

/** Settles with `work`, or rejects with code `timeout` after `limitMs`. `work` itself goes on. */
export function within<T>(work: Promise<T>, limitMs: number, doing: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ConsultRoomError('timeout', `${doing}: not done after ${limitMs} ms`));
    }, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
