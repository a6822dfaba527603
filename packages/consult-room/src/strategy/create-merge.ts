import { StrategyMerge } from './strategy-merge.js';
import type { CallMerge } from './call-merge.js';
import { resolveMergeOptions } from '../options/merge-options.js';
import type { MergeOptions } from '../options/merge-options.js';

/**
 * A merge by whichever way the server allows.
 *
 * @throws ConsultRoomError `invalid-option`.
 */
export function createMerge(options: MergeOptions): CallMerge {
  return new StrategyMerge(resolveMergeOptions(options));
}
