import { endsInQuestion } from '../language/consent-reader.js';
import type { WaitKind } from '../language/recording-reader.js';
import { completeAt, isSounding, saidBy } from './heard.js';
import { nothing, type OpeningStep, type TimedOpeningEvent } from './opening-state.js';
import { ask, type Held, hold, listened, over, tell, wait } from './steps.js';

/**
 * Longest utterance of somebody who takes a call out of a queue, in characters. It is not measured in time: music that a VAD
 * takes for speech may have come before it.
 */
const LONGEST_GREETING = 80;
/** What is said so soon after a recording, in milliseconds, belongs to it. */
const GOES_ON_WITHIN_MS = 1_500;
/** How long people speak per character of what is understood, at most: what sounded before was no speech. */
const SLOWEST_MS_PER_CHARACTER = 120;

/** The next step of a wait: recordings and music are heard out in silence, and a person is told who is calling. */
export function whileHeld(state: Held, event: TimedOpeningEvent): OpeningStep {
  const { at } = event;
  if (event.type === 'hold') return heldBy(state, event.by, at);
  const next = listened(withoutMusic(state, event), event);
  const isAnswering = event.type === 'agent-speaking' && state.giveUpAt !== null;
  return attend(isAnswering ? { ...next, giveUpAt: at + state.rules.screeningMs, recordedTo: null } : next, at);
}

/** A sound without words is over when the next one begins. */
function withoutMusic(state: Held, event: TimedOpeningEvent): Held {
  const isNext = event.type === 'line-speaking' && event.now && !isSounding(state.heard) && state.heard.text === '';
  return isNext ? { ...state, heard: nothing } : state;
}

function attend(state: Held, at: number): OpeningStep {
  const { heard, giveUpAt } = state;
  if (isSounding(heard)) return wait(state, null);
  const until = heard.from === null ? giveUpAt : completeAt(heard);
  if (until === null || at < until) return wait(state, until === null ? null : until - at);
  return heard.from === null ? over(state, [{ type: 'give-up' }]) : heardOut(state, at);
}

/** An utterance is complete. */
function heardOut(state: Held, at: number): OpeningStep {
  const { heard, rules } = state;
  const recording = rules.recordingIn(heard.text);
  if (recording === 'voicemail') return ask(state, at);
  if (recording !== null) return heldBy(state, recording, at);
  const listening = { ...state, heard: nothing };
  // Music, a beep or a cough; or the next sentence of the recording.
  if (heard.text === '' || goesOn(state)) return attend(listening, at);
  if (heard.text.length <= LONGEST_GREETING) return tell(state, at);
  return endsInQuestion(heard.text) ? ask(state, at) : attend({ ...listening, recordedTo: saidBy(heard) }, at);
}

/** Whether an utterance followed the recording closely, also when music came between the two. */
function goesOn({ heard: { from, to, text }, recordedTo }: Held): boolean {
  if (recordedTo === null) return false;
  const beganAt = Math.max(from ?? 0, (to ?? 0) - text.length * SLOWEST_MS_PER_CHARACTER);
  return beganAt - recordedTo < GOES_ON_WITHIN_MS;
}

/** A recording again: of another kind, unless a screening, which has been answered, asks to wait. */
function heldBy(state: Held, by: WaitKind, at: number): OpeningStep {
  const isKnown = by === state.by || (state.by === 'screening' && by === 'queue');
  return isKnown
    ? attend({ ...state, heard: nothing, recordedTo: saidBy(state.heard) ?? at }, at)
    : hold(state, by, at);
}
