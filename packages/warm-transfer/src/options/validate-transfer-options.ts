import { checkWhole, type OptionCheck, required, shape } from '@org/support';
import { comfortMessageConflicts } from './check-hold-announcements.js';
import { callProblems, delegatedProblems, mergeProblems } from './delegated.js';
import { resolveCallSettings } from './resolve-call-settings.js';
import { settings } from './transfer-shape.js';
import { throwIfInvalid } from './checks/validate.js';
import { redirectProblems } from './policy/parse-policy.js';
import type { PlacedTarget } from './targets/parse-targets.js';
import { validateRouting } from './targets/validate-routing.js';
import type { SharedOptions } from './transfer-options.js';

const transferSettings = required(shape(settings));

/**
 * Validates the options shared by `WarmTransferTask` and `WarmTransfer`, as far as possible without a session.
 *
 * @param check the shape of the options as a whole
 * @returns the targets that are known without a resolver
 * @throws WarmTransferError `invalid-option`, with all invalid options
 */
export function validateTransferOptions(
  options: SharedOptions,
  check: OptionCheck = transferSettings,
): readonly PlacedTarget[] {
  throwIfInvalid([...checkWhole(check, options), ...delegatedProblems(options)]);
  const { policy, departments, merge } = options;
  const targets = validateRouting(options);
  throwIfInvalid([
    ...comfortMessageConflicts(options),
    ...redirectProblems(policy, Object.keys(departments ?? {})),
    ...targets.flatMap((placed) => callProblems(placed, resolveCallSettings(options, placed.target))),
    ...mergeProblems(merge, ANY_SERVER),
  ]);
  return targets;
}

/** Placeholder for the server of the caller room, which is known with the session. */
const ANY_SERVER = { url: 'ws://localhost', apiKey: 'key', apiSecret: 'secret' };
