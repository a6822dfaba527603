import type { llm } from '@livekit/agents';
import { BriefingError } from './briefing-error.js';
import { isRealtime } from './briefing-models.js';
import type { BriefingSettings } from './briefing-options.js';
import { opinionOf, type SecondOpinion } from './decision/second-opinion.js';

/** A language model to ask, a function of your own, or `false` for no second opinion. */
export type SecondOpinionOption = false | llm.LLM | SecondOpinion;

/**
 * The second opinion of a briefing, or undefined when there is none to be had.
 *
 * @throws BriefingError `invalid-option`
 */
export function secondOpinionOf({ secondOpinion, models, context }: BriefingSettings): SecondOpinion | undefined {
  if (secondOpinion === false) return undefined;
  if (typeof secondOpinion === 'function') return secondOpinion;
  if (secondOpinion !== undefined) {
    if (typeof secondOpinion?.chat === 'function') return opinionOf(secondOpinion);
    throw new BriefingError('invalid-option', 'secondOpinion must be false, an llm.LLM or a function');
  }
  if (models.llm === null) return undefined;
  const model = isRealtime(models.llm) ? context?.summary?.llm : models.llm;
  return model && opinionOf(model);
}
