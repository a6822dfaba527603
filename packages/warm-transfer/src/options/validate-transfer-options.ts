import { checkWhole, type OptionCheck, problem, required, shape } from '@org/support';
import { unheardBesideComfort } from './check-hold-announcements.js';
import { callProblems, delegatedProblems, mergeProblems } from './delegated.js';
import { checkCallSettings } from './resolve-call-settings.js';
import { settings } from './transfer-shape.js';
import { refuse } from './checks/validate.js';
import { lostRedirects } from './policy/parse-policy.js';
import type { PlacedTarget } from './targets/parse-targets.js';
import { checkDirectory } from './targets/validate-routing.js';
import type { DirectoryOptions } from './targets/routing-options.js';
import type { TransferSettings } from './transfer-options.js';

const transferSettings = required(shape(settings));

/** Options that have been checked, as the directory of targets takes them. */
export interface CheckedTransfer {
  readonly directory: DirectoryOptions;
  /** Those that are known before a resolver is asked. */
  readonly targets: readonly PlacedTarget[];
}

/**
 * Validation shared by `WarmTransferTask` and `WarmTransfer`: everything that can be known without a session.
 *
 * @param check the shape of the options as a whole.
 * @throws WarmTransferError `invalid-option`, about all options at fault
 */
export function checkTransferOptions(
  options: TransferSettings,
  check: OptionCheck = transferSettings,
): CheckedTransfer {
  refuse([...checkWhole(check, options), ...delegatedProblems(options)]);
  const { sipCallTo, targets, department, policy, departments, merge } = options;
  if (sipCallTo !== undefined && targets !== undefined) {
    refuse([problem('targets', 'is one too many: give `sipCallTo` or `targets`, not both')]);
  }
  const directory = { ...options, targets: sipCallTo ?? targets, department };
  const known = checkDirectory(directory, sipCallTo === undefined ? 'targets' : 'sipCallTo');
  refuse([
    ...unheardBesideComfort(options),
    ...lostRedirects(policy, Object.keys(departments ?? {})),
    ...known.flatMap((placed) => callProblems(placed, checkCallSettings(options, placed.target))),
    ...mergeProblems(merge, ANY_SERVER),
  ]);
  return { directory, targets: known };
}

/** Stands for the server of the caller's room, which is known with the session. */
const ANY_SERVER = { url: 'ws://localhost', apiKey: 'key', apiSecret: 'secret' };
