import type { OneCarrier } from '../transfer-options.js';

type Carrier = Pick<OneCarrier, 'sipTrunkId' | 'sipConnection'>;

/** Over what a target is called: its own trunk or connection, else that of the options. Neither: what the environment says. */
export function carrierFor(options: Carrier, target: Carrier): Carrier {
  return target.sipTrunkId != null || target.sipConnection !== undefined ? target : options;
}
