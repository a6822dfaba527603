import { completeAt, heardAtAnswer, isLong, isSounding, musicAt } from './heard.js';
import { whileHeld } from './held.js';
import { nothing, type OpeningState, type OpeningStep, type TimedOpeningEvent } from './opening-state.js';
import { mayPresume, presume, whilePresuming } from './presuming.js';
import { ANSWER_WITHIN_MS, ask, type Before, hold, listened, over, stay, tell, type Telling, wait } from './steps.js';

/** Words that come so soon after we began belong to what was said before, in milliseconds. */
const LATE_WORDS_MS = 2_000;
/**
 * Silence after the headline by which somebody who came after a wait turns out to be a recording, in milliseconds: people
 * answer a question sooner, and are asked anew when they speak later.
 */
const NO_PERSON_AFTER_MS = 8_000;

/** The next state, and what is to be done. Pure: it knows no clock, no room and no model. */
export function transition(state: OpeningState, event: TimedOpeningEvent): OpeningStep {
  if (event.type === 'begin') return begin(state, event.at);
  if (event.type === 'stop') return over(state, []);
  if (state.phase === 'held') return whileHeld(state, event);
  if (event.type === 'hold') return hold(state, event.by, event.at);
  switch (state.phase) {
    case 'over':
      return stay(state);
    case 'ringing':
      return stay(listened(state, event));
    case 'waiting':
      if (event.type === 'line-sound') return mayPresume(state, event) ? presume(state, event.at) : stay(state);
      return proceed(listened(state, event), event.at);
    case 'asking':
      return proceed(listened(state, event), event.at);
    case 'presuming':
      return whilePresuming(state, event);
    case 'telling':
      return told(state, event);
  }
}

function begin(state: OpeningState, at: number): OpeningStep {
  const { rules } = state;
  const known = state.phase === 'ringing' ? state : { reportsStarts: false, heard: nothing };
  const { reportsStarts } = known;
  const step = proceed(
    { phase: 'waiting', rules, reportsStarts, heard: heardAtAnswer(known.heard, at), quietSince: at, isCareful: false },
    at,
  );
  return { state: step.state, effects: [{ type: 'hand-turns-to', whom: 'nobody' }, ...step.effects] };
}

/** Speaks when it is time to, or waits. */
function proceed(state: Before, at: number): OpeningStep {
  const { heard } = state;
  const until = isSounding(heard) ? musicAt(heard) : heard.from === null ? silenceUntil(state) : completeAt(heard);
  if (until === null || at < until) return wait(state, until === null ? null : until - at);
  if (isSounding(heard)) return hold(state, 'queue', at);
  return heard.from === null ? unanswered(state, at) : answered(state, at);
}

/** Until when silence is waited out; null: for as long as the briefing's patience lasts. */
function silenceUntil(state: Before): number | null {
  if (state.phase === 'waiting') return state.quietSince + state.rules.speakAfterMs;
  return state.heardVoicemail ? state.quietSince + ANSWER_WITHIN_MS : null;
}

function unanswered(state: Before, at: number): OpeningStep {
  return state.phase === 'waiting' ? tell(state, at) : over(state, [{ type: 'machine' }]);
}

/** An utterance is complete: of somebody who picked up, or of a recording, which is not told who is calling. */
function answered(state: Before, at: number): OpeningStep {
  const { heard, rules } = state;
  const recording = rules.recordingIn(heard.text);
  if (recording !== null && recording !== 'voicemail') return hold(state, recording, at);
  const isPerson = recording === null && !isLong(heard);
  if (state.phase === 'waiting') return isPerson ? tell(state, at) : ask(state, at);
  // A beep, music or a cough is no answer.
  if (isPerson && heard.text !== '') return tell(state, at);
  const heardVoicemail = state.heardVoicemail || recording === 'voicemail';
  return proceed({ ...state, heard: nothing, heardVoicemail, quietSince: at }, at);
}

function told(state: Telling, event: TimedOpeningEvent): OpeningStep {
  const { since, reportsStarts, isAnswered, wasAsked, wasHeld } = state;
  switch (event.type) {
    case 'line-speaking':
      return isAnswered || !event.now ? stay(listened(state, event)) : spokenTo(listened(state, event));
    case 'line-words':
      if (isAnswered) return stay(listened(state, event));
      return reportsStarts && event.at - since < LATE_WORDS_MS
        ? lateWords(state, event)
        : spokenTo(listened(state, event));
    case 'agent-speaking':
      return wasHeld && !isAnswered ? wait(state, event.now ? null : NO_PERSON_AFTER_MS) : stay(state);
    case 'waited':
      return wasHeld && !isAnswered ? hold(state, 'queue', event.at) : stay(state);
    case 'agent-said':
      return stay({ ...state, wasAsked: wasAsked || event.isQuestion });
    case 'turn-over':
      if (isAnswered) return wasAsked ? over(state, []) : brokenInto(state, event.at);
      // The framework breaks off what is said when a turn ends, however long ago it was spoken.
      return wasAsked ? stay(state) : { state, effects: [{ type: 'say', what: 'headline' }] };
    default:
      return stay(state);
  }
}

/** Words of what was said before we began: of a recording after all, or of the person whom we tell who is calling. */
function lateWords(state: Telling, event: TimedOpeningEvent): OpeningStep {
  const heard = listened(state, event);
  const recording = state.rules.recordingIn(heard.heard.text);
  if (recording === 'voicemail') return ask(heard, event.at);
  return recording === null ? stay(state) : hold(heard, recording, event.at);
}

/** Words have cut us off before all was said: a person's, or those of a recording that goes on after a pause. */
function brokenInto(state: Telling, at: number): OpeningStep {
  const recording = state.rules.recordingIn(state.heard.text);
  if (recording === 'voicemail') return ask(state, at);
  return recording === null ? over(state, []) : hold(state, recording, at);
}

function spokenTo(state: Telling): OpeningStep {
  return { state: { ...state, isAnswered: true }, effects: [{ type: 'hand-turns-to', whom: 'model' }] };
}
