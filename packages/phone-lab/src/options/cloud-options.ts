import { PhoneLabError } from '../phone-lab-error.js';

/** How LiveKit Cloud differs from a self-hosted server. */
export interface CloudOptions {
  /**
   * How long a request waits for a room or participant that is not there, ms. Default 3000: the server asks the nodes three
   * times, and waits a second for each answer.
   */
  readonly noResponseMs?: number;
  /** How old the listing of `ListParticipants` is, ms, to about 50 ms. Default 0: as it is. */
  readonly listingLagMs?: number;
}

const cloudDefaults: Readonly<Required<CloudOptions>> = Object.freeze({ noResponseMs: 3000, listingLagMs: 0 });

/** The options with their defaults; undefined for a self-hosted server. */
export function checkCloudOptions(cloud: boolean | CloudOptions): Required<CloudOptions> | undefined {
  if (typeof cloud !== 'boolean' && (typeof cloud !== 'object' || cloud === null)) {
    throw new PhoneLabError('invalid-option', `cloud must be true, false or an object, not ${String(cloud)}`);
  }
  if (cloud === false) return undefined;
  const checked = { ...cloudDefaults, ...(cloud !== true && cloud) };
  for (const name of ['noResponseMs', 'listingLagMs'] as const) {
    if (Number.isFinite(checked[name]) && checked[name] >= 0) continue;
    throw new PhoneLabError('invalid-option', `cloud.${name} must be 0 or more, not ${checked[name]}`);
  }
  return checked;
}
