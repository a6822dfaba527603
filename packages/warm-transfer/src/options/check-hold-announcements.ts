import { type OptionProblem, problem } from '@org/support';
import type { WarmTransferOptions } from './transfer-options.js';
import type { HoldAnnouncementOptions } from './hold-announcements.js';

/** Returns the problems of options that exclude a comfort message. */
export function comfortMessageConflicts(
  options: HoldAnnouncementOptions & Pick<WarmTransferOptions, 'holdAudio'>,
): readonly OptionProblem[] {
  const { comfortMessage, holdAudio, holdAnnouncements } = options;
  if (comfortMessage === undefined) return [];
  return Object.entries({ holdAudio, holdAnnouncements })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => problem('comfortMessage', `excludes this: give \`comfortMessage\` or \`${name}\`, not both`));
}
