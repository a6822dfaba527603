import { voice } from '@livekit/agents';
import type { BriefingEvent } from '../decision/briefing-event.js';

/** Returns the event of the briefing for a session that closed by itself. */
export function closeReason({ reason, error }: voice.CloseEvent): BriefingEvent {
  const jobShutdown: string = voice.CloseReason.JOB_SHUTDOWN;
  if (reason === jobShutdown) return { type: 'canceled' };
  // Errors of models come wrapped in an event.
  const cause = error !== null && 'error' in error ? error.error : error;
  return { type: 'broken', cause: cause ?? new Error(`the agent session closed (${reason})`) };
}
