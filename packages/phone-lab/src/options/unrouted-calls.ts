import { isAtLeast } from '../server/is-at-least.js';

/** The end of an inbound call that is not routed. */
export type UnroutedCalls = 'ring' | 'reject';

/** The release of livekit-server since which such a call is rejected with 404. */
const rejectsSince = '1.13.8';

/** Returns the behavior of a server of this version; without a version, that of the oldest one that the lab accepts. */
export function unroutedCallsOf(serverVersion: string | undefined): UnroutedCalls {
  return serverVersion !== undefined && isAtLeast(serverVersion, rejectsSince) ? 'reject' : 'ring';
}
