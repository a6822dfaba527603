import { checkBridgeLimits } from './bridge-options.js';
import { resolveMergeWay } from './merge-options.js';
import type { MergeOptions } from './merge-options.js';

/** The options of a merge that are known before there are rooms. */
export type MergeSettings = Omit<MergeOptions, 'callerRoom' | 'callerIdentity' | 'consultRoom' | 'humanIdentity'>;

/**
 * Refuses now what `createMerge()` would refuse once there are rooms.
 *
 * @throws ConsultRoomError `invalid-option`.
 */
export function checkMergeOptions(settings: MergeSettings): void {
  resolveMergeWay(settings);
  checkBridgeLimits(settings);
}
