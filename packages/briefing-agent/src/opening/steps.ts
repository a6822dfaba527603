import type { WaitKind } from '../language/recording-reader.js';
import { withHeardWords, withLineSpeaking, wordsEndAt } from './heard.js';
import type { OpeningEffect, OpeningStep, TimedOpeningEvent } from './opening-event.js';
import { nothing, type OpeningState } from './opening-state.js';

/** How long to wait for an answer to the agent's question after a voicemail greeting, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 4_000;

export type OpenState = Exclude<OpeningState, { phase: 'over' }>;
export type BeforeHeadline = Extract<OpeningState, { phase: 'listening' | 'asking' }>;
export type ListeningState = Extract<OpeningState, { phase: 'listening' }>;
export type WaitingState = Extract<OpeningState, { phase: 'waiting' }>;
export type PresumingState = Extract<OpeningState, { phase: 'presuming' }>;
export type TellingState = Extract<OpeningState, { phase: 'telling' }>;

export const stay = (state: OpeningState): OpeningStep => ({ state, effects: [] });

export function startTimer(state: OpeningState, forMs: number | null): OpeningStep {
  return { state, effects: [{ type: 'set-timer', forMs }] };
}

/** Returns the effects of leaving a state: the end of its wait, or the retraction of an early start. */
function leaving(state: OpeningState, isPerson: boolean): readonly OpeningEffect[] {
  if (state.phase === 'presuming') return [{ type: 'retract' }];
  return state.phase === 'waiting' ? [{ type: 'wait-over', isPerson }] : [];
}

export function endOpening(state: OpeningState, effects: readonly OpeningEffect[]): OpeningStep {
  return {
    state: { phase: 'over', rules: state.rules },
    effects: [...leaving(state, false), { type: 'set-timer', forMs: null }, ...effects],
  };
}

/** Adds what the line or the agent's own voice reports. */
export function listened<S extends OpenState>(state: S, event: TimedOpeningEvent): S {
  const { heard } = state;
  switch (event.type) {
    case 'line-speaking':
      return { ...state, sttReportsSpeechStart: true, heard: withLineSpeaking(heard, event.now, event.at) };
    case 'line-words':
      return { ...state, heard: withHeardWords(heard, event.text, event.at) };
    case 'turn-ended':
      return { ...state, heard: { ...heard, hasEnded: true } };
    case 'agent-speaking':
      return 'quietSince' in state ? { ...state, quietSince: event.at } : state;
    default:
      return state;
  }
}

/** Asks whether someone is there, and nothing else. */
export function ask(state: BeforeHeadline | WaitingState | TellingState, at: number): OpeningStep {
  const { rules, sttReportsSpeechStart, heard } = state;
  const heardVoicemail = rules.recordingIn(heard.text) === 'voicemail';
  return {
    state: { phase: 'asking', rules, sttReportsSpeechStart, heard: nothing, quietSince: at, heardVoicemail },
    effects: [
      ...leaving(state, false),
      { type: 'set-turn-taker', turnTaker: 'tools' },
      { type: 'say', what: 'areYouThere' },
      { type: 'set-timer', forMs: heardVoicemail ? ANSWER_TIMEOUT_MS : null },
    ],
  };
}

export function telling(state: BeforeHeadline | WaitingState | PresumingState, since: number): TellingState {
  const { rules, sttReportsSpeechStart, phase } = state;
  return {
    phase: 'telling',
    rules,
    sttReportsSpeechStart,
    heard: nothing,
    since,
    wasAsked: false,
    isAnswered: false,
    hasWaited: phase === 'waiting',
  };
}

/** Says who is calling. */
export function tell(state: BeforeHeadline | WaitingState, at: number): OpeningStep {
  return {
    state: telling(state, at),
    effects: [
      ...leaving(state, true),
      { type: 'set-timer', forMs: null },
      { type: 'set-turn-taker', turnTaker: 'none' },
      { type: 'say', what: 'headline' },
    ],
  };
}

/** Waits for a human agent to follow a recording. */
export function waitBehind(state: OpeningState, by: WaitKind, at: number): OpeningStep {
  const { rules } = state;
  const before = state.phase === 'waiting' ? state : { isScreenerAnswered: false, giveUpAt: null };
  const answers = by === 'screening' && !before.isScreenerAnswered;
  const giveUpAt = by === 'screening' ? (before.giveUpAt ?? at + rules.screeningMs) : null;
  return {
    state: {
      phase: 'waiting',
      rules,
      sttReportsSpeechStart: state.phase !== 'over' && state.sttReportsSpeechStart,
      heard: nothing,
      by,
      isScreenerAnswered: before.isScreenerAnswered || answers,
      recordedTo: state.phase === 'over' ? at : wordsEndAt(state.heard),
      giveUpAt,
    },
    effects: [
      ...(state.phase === 'presuming' ? leaving(state, false) : []),
      { type: 'set-turn-taker', turnTaker: 'none' },
      { type: 'wait-behind', by },
      ...(answers ? [{ type: 'say', what: 'screening' } as const] : []),
      ...(by === 'menu' ? [{ type: 'send-dtmf' } as const] : []),
      { type: 'set-timer', forMs: giveUpAt === null ? null : giveUpAt - at },
    ],
  };
}
