import type { AttemptPortEvent } from '../machine/attempt/attempt-event.js';
import type { Decision, DialReport } from './ports.js';

/** Returns the event of a dial's report. */
export function toDialEvent(report: DialReport): AttemptPortEvent {
  switch (report.type) {
    case 'answered':
      return report;
    case 'ended':
      return { ...report, type: 'dial-ended' };
    case 'failed':
      return { ...report, type: 'dial-failed' };
    case 'canceled':
      return { type: 'dial-failed', cause: new Error('the dial was canceled, but not by this transfer') };
  }
}

/** Returns the event of a briefing's decision. */
export function toDecisionEvent(decision: Decision): AttemptPortEvent {
  switch (decision.type) {
    case 'accepted':
    case 'declined':
    case 'voicemail':
    case 'no-speech':
    case 'human-disconnected':
      return decision;
    case 'limit-reached':
      return { type: 'attempt-limit-reached', limit: 'briefing' };
    case 'failed':
      return { type: 'briefing-failed', cause: decision.cause };
    case 'canceled':
      return { type: 'briefing-failed', cause: new Error('the briefing was closed, but not by this transfer') };
  }
}
