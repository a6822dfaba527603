import type { LineSound } from '../session/line-ear.js';
import { completeAt, isSounding, musicAt } from './heard.js';
import type { OpeningStep, TimedOpeningEvent } from './opening-state.js';
import { listened, type Presuming, stay, telling, type Waiting } from './steps.js';

/** Shortest sound whose end is presumed, as our ear reports it, in milliseconds: after a click or a cough the first word comes. */
const SHORTEST_MS = 390;
/** Longest utterance, from the report of its beginning to that of its end: after 3 s it may be a recording's. In milliseconds. */
const LONGEST_MS = 3_100;
/**
 * How long what was begun can be taken back, in milliseconds: by then a recognizer has given the words, and the framework has
 * found the end of the turn, which would cut us off; and the name of the caller has not been said yet.
 */
const TAKEN_BACK_WITHIN_MS = 1_250;

/** Whether the first utterance seems to be over: it was short, nothing of it is known to be a recording, the line is quiet. */
export function mayPresume({ rules, heard, isCareful }: Waiting, sound: LineSound & { readonly at: number }): boolean {
  const isUtterance = heard.from !== null && sound.forMs >= SHORTEST_MS && sound.at - heard.from <= LONGEST_MS;
  return rules.presumes && !isCareful && !sound.now && isUtterance && rules.recordingIn(heard.text) === null;
}

/** Begins to say who is calling. */
export function presume({ rules, reportsStarts, heard }: Waiting, at: number): OpeningStep {
  return {
    state: { phase: 'presuming', rules, reportsStarts, heard, since: at },
    effects: [
      { type: 'hand-turns-to', whom: 'nobody' },
      { type: 'presume' },
      { type: 'wait', forMs: TAKEN_BACK_WITHIN_MS },
    ],
  };
}

export function whilePresuming(state: Presuming, event: TimedOpeningEvent): OpeningStep {
  const next = listened(state, event);
  switch (event.type) {
    case 'line-speaking':
      return event.now ? wentOn(next, event.at) : stay(next);
    case 'line-sound':
      // Once a VAD has found the end, it tells whether a sound is speech.
      return event.now && isSounding(state.heard) ? wentOn(next, event.at) : stay(next);
    case 'line-words':
      return state.rules.recordingIn(next.heard.text) === null ? stay(next) : takenBack(next, event.at);
    case 'waited':
      return kept(state, false);
    case 'agent-said':
      return kept(state, event.isQuestion);
    default:
      return stay(next);
  }
}

/** It was over: it has been told who is calling. */
function kept(state: Presuming, wasAsked: boolean): OpeningStep {
  return {
    state: { ...telling(state, state.since), wasAsked },
    effects: [
      { type: 'wait', forMs: null },
      { type: 'keep', words: state.heard.text },
    ],
  };
}

/** It was not over: it is heard out, its words included. */
function wentOn(state: Presuming, at: number): OpeningStep {
  return takenBack({ ...state, heard: { ...state.heard, to: null, isOver: false } }, at);
}

function takenBack({ rules, reportsStarts, heard }: Presuming, at: number): OpeningStep {
  const until = isSounding(heard) ? musicAt(heard) : completeAt(heard);
  return {
    state: { phase: 'waiting', rules, reportsStarts, heard, quietSince: at, isCareful: true },
    effects: [{ type: 'take-back' }, { type: 'wait', forMs: until === null ? null : Math.max(0, until - at) }],
  };
}
