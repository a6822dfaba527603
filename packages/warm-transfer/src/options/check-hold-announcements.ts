import { type OptionProblem, problem } from '@org/support';
import type { WarmTransferOptions } from './transfer-options.js';
import type { HoldSpeechOptions } from './hold-announcements.js';

/** What cannot be heard beside a comfort text. */
export function unheardBesideComfort(
  options: HoldSpeechOptions & Pick<WarmTransferOptions, 'holdAudio'>,
): readonly OptionProblem[] {
  const { comfortText, holdAudio, holdAnnouncements } = options;
  if (comfortText === undefined) return [];
  return Object.entries({ holdAudio, holdAnnouncements })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => problem('comfortText', `excludes this: give \`comfortText\` or \`${name}\`, not both`));
}
