import type { OpeningHours } from './opening-hours.js';
import type { Department, Targets, TransferTarget } from './transfer-target.js';

/** What is known about who can be called. */
export interface DirectoryOptions {
  /** Whom the transfer was asked for, unless it was a department. */
  readonly targets?: Targets | undefined;
  readonly departments?: Readonly<Record<string, Targets | Department>> | undefined;
  /** The department that the transfer was asked for. */
  readonly department?: string | undefined;
  readonly openingHours?: OpeningHours | undefined;
  readonly isOpen?: ((now: Date, department?: string) => boolean | Promise<boolean>) | undefined;
  readonly isPresent?: ((target: TransferTarget, signal: AbortSignal) => boolean | Promise<boolean>) | undefined;
}

export function isDepartment(given: Targets | Department): given is Department {
  return typeof given === 'object' && 'targets' in given;
}
