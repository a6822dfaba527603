import type { llm } from '@livekit/agents';
import { isRealtime } from './briefing-models.js';
import type { BriefingSettings } from './briefing-options.js';
import { opinionOf, type SecondOpinion } from './decision/second-opinion.js';

/** A language model to ask, a function of your own, or `false` for no second opinion. */
export type SecondOpinionOption = false | llm.LLM | SecondOpinion;

/** The second opinion of a briefing, or undefined when there is none to be had. */
export function secondOpinionOf({ secondOpinion, models, context }: BriefingSettings): SecondOpinion | undefined {
  if (secondOpinion === false) return undefined;
  if (typeof secondOpinion === 'function') return secondOpinion;
  if (secondOpinion !== undefined) return opinionOf(secondOpinion);
  if (models.llm === null) return undefined;
  const model = isRealtime(models.llm) ? context?.summary?.llm : models.llm;
  return model && opinionOf(model);
}
