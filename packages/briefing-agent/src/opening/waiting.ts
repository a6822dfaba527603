import { endsInQuestion } from '../language/consent-reader.js';
import type { WaitKind } from '../language/recording-reader.js';
import { completeAt, isSounding, wordsEndAt } from './heard.js';
import type { OpeningStep, TimedOpeningEvent } from './opening-event.js';
import { nothing } from './opening-state.js';
import { ask, endOpening, listened, startTimer, tell, waitBehind, type WaitingState } from './steps.js';

/**
 * The longest utterance of a person who takes a call out of a queue, in characters. It is not measured in time: music that a
 * VAD takes for speech may have preceded it.
 */
const LONGEST_GREETING = 80;
/** An utterance that follows a recording this soon belongs to the recording, in milliseconds. */
const SAME_RECORDING_WITHIN_MS = 1_500;
/** The slowest speech, in milliseconds per character of the transcript: earlier sound was not speech. */
const SLOWEST_MS_PER_CHARACTER = 120;

/** Returns the next step of a wait: the agent is silent during recordings and music, and tells a person who is calling. */
export function whileWaiting(state: WaitingState, event: TimedOpeningEvent): OpeningStep {
  const { at } = event;
  if (event.type === 'wait-behind') return onRecording(state, event.by, at);
  const next = listened(withoutMusic(state, event), event);
  const isAnswering = event.type === 'agent-speaking' && state.giveUpAt !== null;
  return attend(isAnswering ? { ...next, giveUpAt: at + state.rules.screeningMs, recordedTo: null } : next, at);
}

/** Forgets a sound without words when the next one begins. */
function withoutMusic(state: WaitingState, event: TimedOpeningEvent): WaitingState {
  const isNext = event.type === 'line-speaking' && event.now && !isSounding(state.heard) && state.heard.text === '';
  return isNext ? { ...state, heard: nothing } : state;
}

function attend(state: WaitingState, at: number): OpeningStep {
  const { heard, giveUpAt } = state;
  if (isSounding(heard)) return startTimer(state, null);
  const until = heard.from === null ? giveUpAt : completeAt(heard);
  if (until === null || at < until) return startTimer(state, until === null ? null : until - at);
  return heard.from === null ? endOpening(state, [{ type: 'give-up' }]) : onUtterance(state, at);
}

/** Handles a complete utterance. */
function onUtterance(state: WaitingState, at: number): OpeningStep {
  const { heard, rules } = state;
  const recording = rules.recordingIn(heard.text);
  if (recording === 'voicemail') return ask(state, at);
  if (recording !== null) return onRecording(state, recording, at);
  const listening = { ...state, heard: nothing };
  // Music, a beep or a cough; or the next sentence of the recording.
  if (heard.text === '' || belongsToRecording(state)) return attend(listening, at);
  if (heard.text.length <= LONGEST_GREETING) return tell(state, at);
  return endsInQuestion(heard.text) ? ask(state, at) : attend({ ...listening, recordedTo: wordsEndAt(heard) }, at);
}

/** Returns whether an utterance followed the recording closely, also with music between the two. */
function belongsToRecording({ heard: { from, to, text }, recordedTo }: WaitingState): boolean {
  if (recordedTo === null) return false;
  const beganAt = Math.max(from ?? 0, (to ?? 0) - text.length * SLOWEST_MS_PER_CHARACTER);
  return beganAt - recordedTo < SAME_RECORDING_WITHIN_MS;
}

/** Handles another recording. It starts another wait unless it is of the same kind, or an answered screening asks to wait. */
function onRecording(state: WaitingState, by: WaitKind, at: number): OpeningStep {
  const isKnown = by === state.by || (state.by === 'screening' && by === 'queue');
  return isKnown
    ? attend({ ...state, heard: nothing, recordedTo: wordsEndAt(state.heard) ?? at }, at)
    : waitBehind(state, by, at);
}
