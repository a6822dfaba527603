import { completeAt, heardAtAnswer, isLong, isSounding, musicAt } from './heard.js';
import type { OpeningStep, TimedOpeningEvent } from './opening-event.js';
import { nothing, type OpeningState } from './opening-state.js';
import { mayPresume, presume, whilePresuming } from './presuming.js';
import {
  ANSWER_TIMEOUT_MS,
  ask,
  type BeforeHeadline,
  endOpening,
  listened,
  startTimer,
  stay,
  tell,
  type TellingState,
  waitBehind,
} from './steps.js';
import { whileWaiting } from './waiting.js';

/** Words that come this soon after the agent began belong to an earlier utterance, in milliseconds. */
const LATE_WORDS_MS = 2_000;
/**
 * Silence after the headline that marks the listener of a wait as a recording, in milliseconds: people answer a question
 * sooner, and are asked again when they speak later.
 */
const NO_PERSON_AFTER_MS = 8_000;

/** Returns the next state and its effects. Pure: it knows no clock, no room and no model. */
export function transition(state: OpeningState, event: TimedOpeningEvent): OpeningStep {
  if (event.type === 'begin') return begin(state, event.at);
  if (event.type === 'stop') return endOpening(state, []);
  if (state.phase === 'waiting') return whileWaiting(state, event);
  if (event.type === 'wait-behind') return waitBehind(state, event.by, event.at);
  switch (state.phase) {
    case 'over':
      return stay(state);
    case 'ringing':
      return stay(listened(state, event));
    case 'listening':
      if (event.type === 'line-sound') return mayPresume(state, event) ? presume(state, event.at) : stay(state);
      return proceed(listened(state, event), event.at);
    case 'asking':
      return proceed(listened(state, event), event.at);
    case 'presuming':
      return whilePresuming(state, event);
    case 'telling':
      return whileTelling(state, event);
  }
}

function begin(state: OpeningState, at: number): OpeningStep {
  const { rules } = state;
  const known = state.phase === 'ringing' ? state : { sttReportsSpeechStart: false, heard: nothing };
  const { sttReportsSpeechStart } = known;
  const heard = heardAtAnswer(known.heard, at);
  const step = proceed(
    { phase: 'listening', rules, sttReportsSpeechStart, heard, quietSince: at, isCareful: false },
    at,
  );
  return { state: step.state, effects: [{ type: 'set-turn-taker', turnTaker: 'none' }, ...step.effects] };
}

/** Speaks when it is time to, or waits. */
function proceed(state: BeforeHeadline, at: number): OpeningStep {
  const { heard } = state;
  const until = isSounding(heard) ? musicAt(heard) : heard.from === null ? silenceUntil(state) : completeAt(heard);
  if (until === null || at < until) return startTimer(state, until === null ? null : until - at);
  if (isSounding(heard)) return waitBehind(state, 'queue', at);
  return heard.from === null ? unanswered(state, at) : answered(state, at);
}

/** Returns when the silence has lasted long enough; null when only the limits of the briefing end it. */
function silenceUntil(state: BeforeHeadline): number | null {
  if (state.phase === 'listening') return state.quietSince + state.rules.speakAfterMs;
  return state.heardVoicemail ? state.quietSince + ANSWER_TIMEOUT_MS : null;
}

function unanswered(state: BeforeHeadline, at: number): OpeningStep {
  return state.phase === 'listening' ? tell(state, at) : endOpening(state, [{ type: 'voicemail-detected' }]);
}

/** Handles a complete utterance: of a person who picked up, or of a recording, which must not hear who is calling. */
function answered(state: BeforeHeadline, at: number): OpeningStep {
  const { heard, rules } = state;
  const recording = rules.recordingIn(heard.text);
  if (recording !== null && recording !== 'voicemail') return waitBehind(state, recording, at);
  const isPerson = recording === null && !isLong(heard);
  if (state.phase === 'listening') return isPerson ? tell(state, at) : ask(state, at);
  // A beep, music or a cough is no answer.
  if (isPerson && heard.text !== '') return tell(state, at);
  const heardVoicemail = state.heardVoicemail || recording === 'voicemail';
  return proceed({ ...state, heard: nothing, heardVoicemail, quietSince: at }, at);
}

function whileTelling(state: TellingState, event: TimedOpeningEvent): OpeningStep {
  const { since, sttReportsSpeechStart, isAnswered, wasAsked, hasWaited } = state;
  switch (event.type) {
    case 'line-speaking':
      return isAnswered || !event.now ? stay(listened(state, event)) : spokenTo(listened(state, event));
    case 'line-words':
      if (isAnswered) return stay(listened(state, event));
      return sttReportsSpeechStart && event.at - since < LATE_WORDS_MS
        ? unlessRecording(listened(state, event), event.at, stay(state))
        : spokenTo(listened(state, event));
    case 'agent-speaking':
      return hasWaited && !isAnswered ? startTimer(state, event.now ? null : NO_PERSON_AFTER_MS) : stay(state);
    case 'timer-elapsed':
      return hasWaited && !isAnswered ? waitBehind(state, 'queue', event.at) : stay(state);
    case 'agent-said':
      return stay({ ...state, wasAsked: wasAsked || event.isQuestion });
    case 'turn-ended':
      if (isAnswered) return wasAsked ? endOpening(state, []) : unlessRecording(state, event.at, endOpening(state, []));
      // The framework interrupts the agent when a turn ends, however long ago it was spoken.
      return wasAsked ? stay(state) : { state, effects: [{ type: 'say', what: 'headline' }] };
    default:
      return stay(state);
  }
}

/** Returns the step for words of a recording, which may continue after a pause; `byPerson` for those of a person. */
function unlessRecording(state: TellingState, at: number, byPerson: OpeningStep): OpeningStep {
  const recording = state.rules.recordingIn(state.heard.text);
  if (recording === 'voicemail') return ask(state, at);
  return recording === null ? byPerson : waitBehind(state, recording, at);
}

function spokenTo(state: TellingState): OpeningStep {
  return { state: { ...state, isAnswered: true }, effects: [{ type: 'set-turn-taker', turnTaker: 'model' }] };
}
