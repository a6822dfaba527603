import { StrategyMerge } from '../strategy/strategy-merge.js';
import type { CallMerge } from './merge.js';
import { resolveMergeOptions } from './merge-options.js';
import type { MergeOptions } from './merge-options.js';

/**
 * A merge by whichever way the server allows.
 *
 * @throws ConsultRoomError `invalid-option`.
 */
export function createMerge(options: MergeOptions): CallMerge {
  return new StrategyMerge(resolveMergeOptions(options));
}
