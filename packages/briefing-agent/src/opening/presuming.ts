import type { LineSound } from '../session/line-ear.js';
import { completeAt, isSounding, musicAt } from './heard.js';
import type { OpeningStep, TimedOpeningEvent } from './opening-event.js';
import { listened, type ListeningState, type PresumingState, stay, telling } from './steps.js';

/** The shortest sound after which to start early, as the agent's ear reports it, in milliseconds: a click or a cough is shorter. */
const SHORTEST_MS = 390;
/** The longest utterance, from the report of its beginning to that of its end: after 3 s it may be a recording. In milliseconds. */
const LONGEST_MS = 3_100;
/**
 * How long an early start can be retracted, in milliseconds. By then a recognizer has reported the words, and the framework
 * has found the end of the turn, which would interrupt the agent; and the name of the caller has not been said yet.
 */
const RETRACTABLE_MS = 1_250;

/** Returns whether the first utterance seems to have ended: it was short, no known recording, and the line is quiet. */
export function mayPresume(
  { rules, heard, isCareful }: ListeningState,
  sound: LineSound & { readonly at: number },
): boolean {
  const isUtterance = heard.from !== null && sound.forMs >= SHORTEST_MS && sound.at - heard.from <= LONGEST_MS;
  return rules.startsEarly && !isCareful && !sound.now && isUtterance && rules.recordingIn(heard.text) === null;
}

/** Starts to say who is calling. */
export function presume({ rules, sttReportsSpeechStart, heard }: ListeningState, at: number): OpeningStep {
  return {
    state: { phase: 'presuming', rules, sttReportsSpeechStart, heard, since: at },
    effects: [
      { type: 'set-turn-taker', turnTaker: 'none' },
      { type: 'presume' },
      { type: 'set-timer', forMs: RETRACTABLE_MS },
    ],
  };
}

export function whilePresuming(state: PresumingState, event: TimedOpeningEvent): OpeningStep {
  const next = listened(state, event);
  switch (event.type) {
    case 'line-speaking':
      return event.now ? continued(next, event.at) : stay(next);
    case 'line-sound':
      // Once a VAD has found the end, it decides whether a sound is speech.
      return event.now && isSounding(state.heard) ? continued(next, event.at) : stay(next);
    case 'line-words':
      return state.rules.recordingIn(next.heard.text) === null ? stay(next) : retracted(next, event.at);
    case 'timer-elapsed':
      return kept(state, false);
    case 'agent-said':
      return kept(state, event.isQuestion);
    default:
      return stay(next);
  }
}

/** Keeps the early start: the utterance had ended. */
function kept(state: PresumingState, wasAsked: boolean): OpeningStep {
  return {
    state: { ...telling(state, state.since), wasAsked },
    effects: [
      { type: 'set-timer', forMs: null },
      { type: 'keep', words: state.heard.text },
    ],
  };
}

/** Retracts the early start: the utterance continues, and is listened to until its end. */
function continued(state: PresumingState, at: number): OpeningStep {
  return retracted({ ...state, heard: { ...state.heard, to: null, hasEnded: false } }, at);
}

function retracted({ rules, sttReportsSpeechStart, heard }: PresumingState, at: number): OpeningStep {
  const until = isSounding(heard) ? musicAt(heard) : completeAt(heard);
  return {
    state: { phase: 'listening', rules, sttReportsSpeechStart, heard, quietSince: at, isCareful: true },
    effects: [{ type: 'retract' }, { type: 'set-timer', forMs: until === null ? null : Math.max(0, until - at) }],
  };
}
