import { isAtLeast } from '../server/is-at-least.js';

/** What becomes of an inbound call that nothing routes. */
export type UnroutedCalls = 'ring' | 'reject';

/** The release of livekit-server since which such a call is rejected with 404. */
const rejectsSince = '1.13.8';

/** As the server of this version does it; without a version, as the oldest one that the lab takes. */
export function unroutedCallsOf(serverVersion: string | undefined): UnroutedCalls {
  return serverVersion !== undefined && isAtLeast(serverVersion, rejectsSince) ? 'reject' : 'ring';
}
