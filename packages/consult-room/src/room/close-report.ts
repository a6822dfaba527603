import type { ConsultRoomError } from '../consult-room-error.js';

/** A step of `close()` that failed. */
export interface CloseProblem {
  readonly step: 'disconnect' | 'remove' | 'delete' | 'verify';
  readonly error: ConsultRoomError;
}

/** The result of `close()`. */
export interface CloseReport {
  /** Whether everything that this package created is gone, as shown by a listing. */
  readonly clean: boolean;
  /** The steps that failed within the timeout. */
  readonly problems: readonly CloseProblem[];
  readonly tookMs: number;
}
