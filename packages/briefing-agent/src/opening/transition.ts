import { completeAt, heardAtAnswer, isLong, isSounding, lineSpoke, wordsCame } from './heard.js';
import {
  nothing,
  type OpeningEffect,
  type OpeningState,
  type OpeningStep,
  type TimedOpeningEvent,
} from './opening-state.js';

/** How long a voicemail greeting's end is waited on for an answer to our question, in milliseconds. */
const ANSWER_WITHIN_MS = 4_000;
/** Words that come so soon after we began belong to what was said before, in milliseconds. */
const LATE_WORDS_MS = 2_000;

type Before = Extract<OpeningState, { phase: 'waiting' | 'asking' }>;
type Telling = Extract<OpeningState, { phase: 'telling' }>;

/** The next state, and what is to be done. Pure: it knows no clock, no room and no model. */
export function transition(state: OpeningState, event: TimedOpeningEvent): OpeningStep {
  if (event.type === 'begin') return begin(state, event.at);
  if (event.type === 'stop') return over(state, []);
  switch (state.phase) {
    case 'over':
      return stay(state);
    case 'ringing':
      return stay(listened(state, event));
    case 'waiting':
    case 'asking':
      return proceed(listened(state, event), event.at);
    case 'telling':
      return told(state, event);
  }
}

const stay = (state: OpeningState): OpeningStep => ({ state, effects: [] });

function over({ rules }: OpeningState, effects: readonly OpeningEffect[]): OpeningStep {
  return { state: { phase: 'over', rules }, effects: [{ type: 'wait', forMs: null }, ...effects] };
}

function begin(state: OpeningState, at: number): OpeningStep {
  const { rules } = state;
  const known = state.phase === 'ringing' ? state : { reportsStarts: false, heard: nothing };
  const { reportsStarts } = known;
  const step = proceed(
    { phase: 'waiting', rules, reportsStarts, heard: heardAtAnswer(known.heard, at), quietSince: at },
    at,
  );
  return { state: step.state, effects: [{ type: 'hand-turns-to', whom: 'nobody' }, ...step.effects] };
}

/** What the line, or our own voice, adds to what is known. */
function listened<S extends Exclude<OpeningState, { phase: 'over' }>>(state: S, event: TimedOpeningEvent): S {
  const { heard } = state;
  switch (event.type) {
    case 'line-speaking':
      return { ...state, reportsStarts: true, heard: lineSpoke(heard, event.now, event.at) };
    case 'line-words':
      return { ...state, heard: wordsCame(heard, event.text, event.at) };
    case 'turn-over':
      return { ...state, heard: { ...heard, isOver: true } };
    case 'agent-speaking':
      return 'quietSince' in state ? { ...state, quietSince: event.at } : state;
    default:
      return state;
  }
}

/** Speaks when it is time to, or waits. */
function proceed(state: Before, at: number): OpeningStep {
  const { heard } = state;
  if (isSounding(heard)) return wait(state, null);
  const until = heard.from === null ? silenceUntil(state) : completeAt(heard);
  if (until === null || at < until) return wait(state, until === null ? null : until - at);
  return heard.from === null ? unanswered(state, at) : answered(state, at);
}

function wait(state: Before, forMs: number | null): OpeningStep {
  return { state, effects: [{ type: 'wait', forMs }] };
}

/** Until when silence is waited out; null: for as long as the briefing's patience lasts. */
function silenceUntil(state: Before): number | null {
  if (state.phase === 'waiting') return state.quietSince + state.rules.speakAfterMs;
  return state.heardVoicemail ? state.quietSince + ANSWER_WITHIN_MS : null;
}

function unanswered(state: Before, at: number): OpeningStep {
  return state.phase === 'waiting' ? tell(state, at) : over(state, [{ type: 'machine' }]);
}

/** An utterance is complete: of somebody who picked up, or of a machine, who is not told who is calling. */
function answered(state: Before, at: number): OpeningStep {
  const { heard, rules } = state;
  const soundsLikeVoicemail = rules.isVoicemail(heard.text);
  const isPerson = !soundsLikeVoicemail && !isLong(heard);
  if (state.phase === 'waiting') return isPerson ? tell(state, at) : ask(state, at);
  // A beep, music or a cough is no answer.
  if (isPerson && heard.text !== '') return tell(state, at);
  const heardVoicemail = state.heardVoicemail || soundsLikeVoicemail;
  return proceed({ ...state, heard: nothing, heardVoicemail, quietSince: at }, at);
}

function ask({ rules, reportsStarts, heard }: Before | Telling, at: number): OpeningStep {
  const heardVoicemail = rules.isVoicemail(heard.text);
  return {
    state: { phase: 'asking', rules, reportsStarts, heard: nothing, quietSince: at, heardVoicemail },
    effects: [
      { type: 'hand-turns-to', whom: 'tools' },
      { type: 'say', what: 'hello' },
      { type: 'wait', forMs: heardVoicemail ? ANSWER_WITHIN_MS : null },
    ],
  };
}

function tell({ rules, reportsStarts }: Before, at: number): OpeningStep {
  return {
    state: {
      phase: 'telling',
      rules,
      reportsStarts,
      heard: nothing,
      since: at,
      wasAsked: false,
      again: false,
      isAnswered: false,
    },
    effects: [
      { type: 'wait', forMs: null },
      { type: 'hand-turns-to', whom: 'nobody' },
      { type: 'say', what: 'headline' },
    ],
  };
}

function told(state: Telling, event: TimedOpeningEvent): OpeningStep {
  const { since, reportsStarts, isAnswered, wasAsked, again, rules, heard } = state;
  const isEarly = event.at - since < LATE_WORDS_MS;
  switch (event.type) {
    case 'line-speaking':
      return isAnswered || !event.now ? stay(listened(state, event)) : spokenTo(listened(state, event));
    case 'line-words':
      if (isAnswered) return stay(listened(state, event));
      return reportsStarts && isEarly ? stay(state) : spokenTo(listened(state, event));
    case 'agent-said':
      return stay({ ...state, wasAsked: wasAsked || event.isQuestion });
    case 'turn-over':
      // A voicemail greeting that goes on after a pause has cut us off, before all was said.
      if (isAnswered) return !wasAsked && rules.isVoicemail(heard.text) ? ask(state, event.at) : over(state, []);
      // The framework breaks off what is said when a turn ends, however long ago it was spoken.
      if (!isEarly || wasAsked || again) return stay(state);
      return { state: { ...state, again: true }, effects: [{ type: 'say', what: 'headline' }] };
    default:
      return stay(state);
  }
}

function spokenTo(state: Telling): OpeningStep {
  return { state: { ...state, isAnswered: true }, effects: [{ type: 'hand-turns-to', whom: 'model' }] };
}
