import { ConsultRoomError } from '../consult-room-error.js';

/** Returns a function that throws code `timeout`, for work that is late. */
export function timedOut(operation: string): (ms: number) => never {
  return (ms) => {
    throw new ConsultRoomError('timeout', `${operation}: timed out after ${ms} ms`);
  };
}
