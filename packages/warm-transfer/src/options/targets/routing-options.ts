import type { OpeningHours } from './opening-hours.js';
import type { TransferDepartment, Targets, TransferTarget } from './transfer-target.js';

/** The options of routing: targets, departments, hours and presence. */
export interface RoutingOptions {
  /** The only target of the transfer, unless it has `targets` or a department. */
  readonly sipCallTo?: string | undefined;
  /** The targets of the transfer, unless it has a department. */
  readonly targets?: Targets | undefined;
  readonly departments?: Readonly<Record<string, Targets | TransferDepartment>> | undefined;
  /** The department of the transfer. */
  readonly department?: string | undefined;
  readonly openingHours?: OpeningHours | undefined;
  readonly isOpen?: ((now: Date, department?: string) => boolean | Promise<boolean>) | undefined;
  readonly isPresent?: ((target: TransferTarget, signal: AbortSignal) => boolean | Promise<boolean>) | undefined;
}

export function isDepartment(given: Targets | TransferDepartment): given is TransferDepartment {
  return typeof given === 'object' && 'targets' in given;
}
