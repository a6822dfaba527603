import { acceptByVoice, withOpinionAsked } from './accept-by-voice.js';
import type { BriefingEvent, EventOf, TimedEvent } from './briefing-event.js';
import type { BriefingDecision } from './briefing-result.js';
import { type BriefingState, isAnswered } from './briefing-state.js';
import { type Evidence, noEvidence, withAgentSpeech, withQuestion, withWords } from './evidence.js';
import { lineSpeaks } from './line.js';
import type { Refusal } from './refusal.js';
import { andThen, type BriefingStep, decided, refused, stay, toPhase, type Undecided } from './step.js';

type Handlers = {
  readonly [T in BriefingEvent['type']]: (state: Undecided, event: EventOf<T>) => BriefingStep;
};

const withEvidence = <S extends Undecided>(state: S, evidence: Partial<Evidence>): S => ({
  ...state,
  evidence: { ...state.evidence, ...evidence },
});

const handlers: Handlers = {
  answered: (state) => {
    if (state.phase !== 'ringing') return stay(state);
    return state.earlyKeys.reduce<BriefingStep>(
      (step, digit) => (step.state.phase === 'decided' ? step : pressed(step.state, digit)),
      stay(toPhase(state, state.keysOnly ? 'keys-only' : 'briefing')),
    );
  },
  'agent-speaking': (state, { now, at }) =>
    stay(isAnswered(state) ? { ...state, evidence: withAgentSpeech(state.evidence, now, at) } : state),
  'agent-asked': (state, { question, at }) => {
    const asked = withOpinionAsked({ ...state, evidence: withQuestion(state.evidence, question, at) });
    return andThen(asked, (known) => acceptByVoice(known, at));
  },
  'line-speaking': (state, { now, at }) => {
    const { line, isThere } = state.evidence;
    return acceptByVoice(withEvidence(state, { line: lineSpeaks(line, now, at, isThere) }), at);
  },
  'line-words': (state, { text, at }) => {
    if (text === '') return stay(withEvidence(state, { hasLineSpoken: true }));
    const evidence = withWords(state.evidence, text, at, state.phase === 'weighing' ? state.calledAt : undefined);
    const asked = withOpinionAsked({ ...state, evidence });
    return andThen(asked, (heard) => acceptByVoice(heard, at));
  },
  opinion: (state, { request, opinion, at }) => {
    const { turn } = state.evidence;
    if (turn?.request !== request) return stay(state);
    return acceptByVoice(withEvidence(state, { turn: { ...turn, opinion } }), at);
  },
  'timer-elapsed': (state, { at }) => acceptByVoice(state, at, 'timer-elapsed'),
  key: pressed,
  'accept-called': (state, { quote, at }) => {
    if (state.phase === 'voicemail') return refused(state, 'accept', 'voicemail');
    const { rules, evidence } = state;
    const text = evidence.turn?.text ?? '';
    return acceptByVoice(
      { phase: 'weighing', rules, evidence, quote, calledAt: at, hasWaited: false, text },
      at,
      'called',
    );
  },
  'decline-called': (state, { reason, redirectTo }) =>
    called(state, { type: 'declined', via: 'voice', reason, ...(redirectTo ? { redirectTo } : {}) }),
  'voicemail-called': (state) => called(state, { type: 'voicemail', via: 'voice', messageLeft: false }),
  'models-failed': (state) =>
    stay(state.phase === 'ringing' ? { ...state, keysOnly: true } : toPhase(state, 'keys-only')),
  'voicemail-detected': (state) =>
    stay(state.phase === 'briefing' || state.phase === 'weighing' ? toPhase(state, 'voicemail') : state),
  restarted: (state) =>
    stay(
      state.phase === 'ringing' || state.phase === 'keys-only'
        ? { ...state, evidence: noEvidence }
        : toPhase(withEvidence(state, noEvidence), 'briefing'),
    ),
  'voicemail-left': (state, { via, messageLeft }) => decided(state, { type: 'voicemail', via, messageLeft }),
  'silence-limit': (state, { limit }) => decided(state, { type: 'no-speech', limit }),
  'total-limit': (state) => decided(state, { type: 'timed-out', limit: 'total' }),
  'waiting-limit': (state) => decided(state, { type: 'timed-out', limit: 'waiting' }),
  'human-disconnected': (state, { how }) => decided(state, { type: 'disconnected', how }),
  broken: (state, { cause, limit }) => decided(state, { type: 'failed', cause, ...(limit ? { limit } : {}) }),
  canceled: (state) => decided(state, { type: 'canceled' }),
};

/** Returns the next state and its effects. Pure: it knows no clock, no room and no model. */
export function transition(state: BriefingState, event: TimedEvent): BriefingStep {
  const to = replyTo(event);
  if (state.phase === 'decided') {
    const refusal: Refusal = { kind: 'over', words: '', keys: null };
    return to === undefined ? stay(state) : { state, effects: [{ type: 'reply', to, refusal }] };
  }
  if (to !== undefined && state.phase === 'ringing') return refused(state, to, 'unanswered');
  if (to !== undefined && state.phase === 'keys-only') return refused(state, to, 'over');
  const handle = handlers[event.type] as (state: Undecided, event: TimedEvent) => BriefingStep;
  return answerWaiting(state, handle(state, event));
}

/** Adds the reply to a pending accept when another event ends its wait. */
function answerWaiting(before: Undecided, step: BriefingStep): BriefingStep {
  const isOpen = before.phase === 'weighing' && step.state.phase !== 'weighing';
  if (!isOpen || step.effects.some((effect) => effect.type === 'reply' && effect.to === 'accept')) return step;
  const kind = step.state.phase === 'voicemail' ? 'voicemail' : 'over';
  return { state: step.state, effects: [...step.effects, ...refused(before, 'accept', kind).effects] };
}

function replyTo({ type }: TimedEvent): 'accept' | 'call' | undefined {
  if (type === 'accept-called') return 'accept';
  return type === 'decline-called' || type === 'voicemail-called' ? 'call' : undefined;
}

/** Decides a decline or a voicemail that the model called: words must have been said on the line. */
function called(state: Undecided, decision: BriefingDecision): BriefingStep {
  if (!state.evidence.hasLineSpoken) return refused(state, 'call', 'wordless');
  const { state: next, effects } = decided(state, decision);
  return { state: next, effects: [...effects, { type: 'reply', to: 'call' }] };
}

function pressed(state: Undecided, event: string | EventOf<'key'>): BriefingStep {
  const digit = typeof event === 'string' ? event : event.digit;
  const { keys } = state.rules;
  if (keys === null) return stay(state);
  if (state.phase === 'ringing') return stay({ ...state, earlyKeys: [...state.earlyKeys, digit] });
  if (digit === keys.accept) return decided(state, { type: 'accepted', via: 'key' });
  if (digit !== keys.decline) return stay(state);
  return decided(state, { type: 'declined', via: 'key', reason: `pressed ${keys.decline}` });
}
