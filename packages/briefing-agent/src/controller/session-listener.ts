import type { BriefingEvent } from '../decision/briefing-event.js';
import type { Decider } from '../decision/decider.js';
import { transcribes } from '../models/briefing-models.js';
import type { Opener } from '../opening/opener.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import { closeReason } from '../session/close-reason.js';
import type { SessionListener } from '../session/watch-session.js';
import type { BriefingTimers } from './briefing-timers.js';
import type { ConsultTranscript } from './consult-transcript.js';

/** The parts of a briefing that receive the events of its sessions. */
export interface SessionListenerHost {
  readonly transcript: ConsultTranscript;
  readonly decider: Decider;
  readonly timers: BriefingTimers;
  readonly opener: Opener;
  dispatch(event: BriefingEvent): void;
  /** Continues without the models, since one failed. */
  fallBack(cause: unknown): void;
  hasFailed(): boolean;
  /** Returns whether a model answers what is said on the line. */
  isModelTurn(): boolean;
}

/** Creates the listener that passes the events of a session on to transcript, timers, opening and decision. */
export function sessionListener(options: ParsedOptions, host: SessionListenerHost): SessionListener {
  const { transcript, decider, timers, opener } = host;
  const { allowInterruptions, onTranscript, models } = options;

  const onHumanSaid = (text: string): void => {
    transcript.add('human', text);
    timers.humanActivity(text);
    if (text !== '') opener.dispatch({ type: 'line-words', text });
    host.dispatch({ type: 'line-words', text });
    if (host.isModelTurn() && (allowInterruptions || !timers.isAgentSpeaking)) timers.expectReply();
    if (text !== '') onTranscript?.(text);
  };

  return {
    onAgentSpeaking: (now) => {
      if (now && decider.isAnswered) transcript.onFirstWord();
      timers.onAgentSpeaking(now);
      opener.dispatch({ type: 'agent-speaking', now });
      host.dispatch({ type: 'agent-speaking', now });
    },
    onAgentSaid: (text) => {
      transcript.add('agent', text);
      opener.onAgentSaid(decider.onAgentSaid(text));
    },
    onHumanSpeaking: (now) => {
      opener.dispatch({ type: 'line-speaking', now });
      host.dispatch({ type: 'line-speaking', now });
      timers.onHumanSpeaking(now);
      if (!now && !transcribes(models)) onHumanSaid(''); // Heard by a model, and not written down.
    },
    onHumanSaid,
    onModelActed: () => timers.replyStarted(),
    onModelFailed: (cause, model) => {
      if (model === 'other' || timers.isAgentTurn || host.hasFailed()) host.fallBack(cause);
    },
    onClosed: (event) => {
      const reason = closeReason(event);
      if (reason.type === 'broken') host.fallBack(reason.cause);
      else host.dispatch(reason);
    },
  };
}
