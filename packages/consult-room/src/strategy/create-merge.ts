import type { MergeOptions } from '../options/merge-options.js';
import { parseMergeOptions } from '../options/parse-merge-options.js';
import type { CallMerge } from './call-merge.js';
import { StrategyMerge } from './strategy-merge.js';

/**
 * Creates the merge of a caller and a human agent, by the strategy of the options.
 *
 * @throws ConsultRoomError `invalid-option`, with all invalid options
 */
export function createMerge(options: MergeOptions): CallMerge {
  return new StrategyMerge(parseMergeOptions(options));
}
