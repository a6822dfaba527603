import type { BriefingEvent } from '../decision/briefing-event.js';
import type { Decider } from '../decision/decider.js';
import { transcribes } from '../models/briefing-models.js';
import type { Opener } from '../opening/opener.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import { whyClosed } from '../session/close-reason.js';
import type { SessionNews } from '../session/watch-session.js';
import type { BriefingClocks } from './briefing-timers.js';
import type { ConsultRecord } from './consult-transcript.js';

/** What of a briefing takes the news of its line. */
export interface NewsDesk {
  readonly record: ConsultRecord;
  readonly decider: Decider;
  readonly clocks: BriefingClocks;
  readonly opener: Opener;
  post(event: BriefingEvent): void;
  /** A model failed. */
  fallBack(cause: unknown): void;
  hasFailed(): boolean;
  /** Words of the line are answered by a model. */
  isModelsTurn(): boolean;
}

/** Hands on what the session of a line reports: to record, clocks, opening and decision. */
export function lineNews(options: CheckedOptions, desk: NewsDesk): SessionNews {
  const { record, decider, clocks, opener } = desk;
  const { allowInterruptions, onHeard, models } = options;

  const heard = (text: string): void => {
    record.add('human', text);
    clocks.sign(text);
    if (text !== '') opener.post({ type: 'line-words', text });
    desk.post({ type: 'line-words', text });
    if (desk.isModelsTurn() && (allowInterruptions || !clocks.agentSpeaks)) clocks.owe();
    if (text !== '') onHeard?.(text);
  };

  return {
    agentSpeaking: (now) => {
      if (now && decider.isAnswered) record.firstWord();
      clocks.agentSpeaking(now);
      opener.post({ type: 'agent-speaking', now });
      desk.post({ type: 'agent-speaking', now });
    },
    agentSaid: (text) => {
      record.add('agent', text);
      opener.agentSaid(decider.agentSaid(text));
    },
    humanSpeaking: (now) => {
      opener.post({ type: 'line-speaking', now });
      desk.post({ type: 'line-speaking', now });
      clocks.humanSpeaking(now);
      if (!now && !transcribes(models)) heard(''); // Heard by a model, and not written down.
    },
    humanSaid: heard,
    modelActed: () => clocks.paid(),
    modelFailed: (cause, model) => {
      if (model === 'other' || clocks.isAgentsTurn || desk.hasFailed()) desk.fallBack(cause);
    },
    closed: (event) => {
      const why = whyClosed(event);
      if (why.type === 'broken') desk.fallBack(why.cause);
      else desk.post(why);
    },
  };
}
