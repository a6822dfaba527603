import type { WaitKind } from '../language/recording-reader.js';
import { lineSpoke, saidBy, wordsCame } from './heard.js';
import {
  nothing,
  type OpeningEffect,
  type OpeningState,
  type OpeningStep,
  type TimedOpeningEvent,
} from './opening-state.js';

/** How long a voicemail greeting's end is waited on for an answer to our question, in milliseconds. */
export const ANSWER_WITHIN_MS = 4_000;

export type Open = Exclude<OpeningState, { phase: 'over' }>;
export type Before = Extract<OpeningState, { phase: 'waiting' | 'asking' }>;
export type Waiting = Extract<OpeningState, { phase: 'waiting' }>;
export type Held = Extract<OpeningState, { phase: 'held' }>;
export type Presuming = Extract<OpeningState, { phase: 'presuming' }>;
export type Telling = Extract<OpeningState, { phase: 'telling' }>;

export const stay = (state: OpeningState): OpeningStep => ({ state, effects: [] });

export function wait(state: OpeningState, forMs: number | null): OpeningStep {
  return { state, effects: [{ type: 'wait', forMs }] };
}

/** Ends the wait that a state is in, or takes back what it has begun to say. */
function left(state: OpeningState, isPerson: boolean): readonly OpeningEffect[] {
  if (state.phase === 'presuming') return [{ type: 'take-back' }];
  return state.phase === 'held' ? [{ type: 'resume', isPerson }] : [];
}

export function over(state: OpeningState, effects: readonly OpeningEffect[]): OpeningStep {
  return {
    state: { phase: 'over', rules: state.rules },
    effects: [...left(state, false), { type: 'wait', forMs: null }, ...effects],
  };
}

/** What the line, or our own voice, adds to what is known. */
export function listened<S extends Open>(state: S, event: TimedOpeningEvent): S {
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

/** Asks whether somebody is there, and nothing else. */
export function ask(state: Before | Held | Telling, at: number): OpeningStep {
  const { rules, reportsStarts, heard } = state;
  const heardVoicemail = rules.recordingIn(heard.text) === 'voicemail';
  return {
    state: { phase: 'asking', rules, reportsStarts, heard: nothing, quietSince: at, heardVoicemail },
    effects: [
      ...left(state, false),
      { type: 'hand-turns-to', whom: 'tools' },
      { type: 'say', what: 'hello' },
      { type: 'wait', forMs: heardVoicemail ? ANSWER_WITHIN_MS : null },
    ],
  };
}

export function telling({ rules, reportsStarts, phase }: Before | Held | Presuming, since: number): Telling {
  return {
    phase: 'telling',
    rules,
    reportsStarts,
    heard: nothing,
    since,
    wasAsked: false,
    isAnswered: false,
    wasHeld: phase === 'held',
  };
}

/** Says who is calling. */
export function tell(state: Before | Held, at: number): OpeningStep {
  return {
    state: telling(state, at),
    effects: [
      ...left(state, true),
      { type: 'wait', forMs: null },
      { type: 'hand-turns-to', whom: 'nobody' },
      { type: 'say', what: 'headline' },
    ],
  };
}

/** Waits for a human agent to come after a recording. */
export function hold(state: OpeningState, by: WaitKind, at: number): OpeningStep {
  const { rules } = state;
  const before = state.phase === 'held' ? state : { isScreenerAnswered: false, giveUpAt: null };
  const answers = by === 'screening' && !before.isScreenerAnswered;
  const giveUpAt = by === 'screening' ? (before.giveUpAt ?? at + rules.screeningMs) : null;
  return {
    state: {
      phase: 'held',
      rules,
      reportsStarts: state.phase !== 'over' && state.reportsStarts,
      heard: nothing,
      by,
      isScreenerAnswered: before.isScreenerAnswered || answers,
      recordedTo: state.phase === 'over' ? at : saidBy(state.heard),
      giveUpAt,
    },
    effects: [
      ...(state.phase === 'presuming' ? left(state, false) : []),
      { type: 'hand-turns-to', whom: 'nobody' },
      { type: 'hold', by },
      ...(answers ? [{ type: 'say', what: 'screening' } as const] : []),
      ...(by === 'menu' ? [{ type: 'press' } as const] : []),
      { type: 'wait', forMs: giveUpAt === null ? null : giveUpAt - at },
    ],
  };
}
