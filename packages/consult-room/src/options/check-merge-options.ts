import { validateMergeSettings } from './merge-shape.js';
import type { MergeOptions } from './merge-options.js';

/** The options of a merge that are known before there are rooms. */
export type MergeSettings = Omit<MergeOptions, 'callerRoom' | 'callerIdentity' | 'consultRoom' | 'humanIdentity'>;

/**
 * Refuses early what `createMerge()` would refuse once there are rooms.
 *
 * @throws ConsultRoomError `invalid-option`, about all options at fault
 */
export function checkMergeOptions(settings: MergeSettings): void {
  validateMergeSettings(settings);
}
