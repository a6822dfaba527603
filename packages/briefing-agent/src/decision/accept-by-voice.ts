import { wordsAreDue } from './line.js';
import type { RefusalKind } from './refusal.js';
import { type BriefingStep, decided, refused, stay, toPhase, type Undecided } from './step.js';
import { meaningOf, weigh } from './weigh.js';

/** How long an accept waits for a second opinion or for pending words, in milliseconds. */
const WAIT_MS = 800;

/**
 * Decides a pending accept of the model, if there is one, or continues to wait.
 *
 * @param why the model has called just now, more is known, or the wait has elapsed
 */
export function acceptByVoice(
  state: Undecided,
  at: number,
  why: 'called' | 'news' | 'timer-elapsed' = 'news',
): BriefingStep {
  if (state.phase !== 'weighing') return stay(state);
  const { rules, evidence, quote } = state;
  const { keys, reader, hasWords } = rules;
  if (!hasWords)
    return { ...refused(state, 'accept', keys === null ? 'unheard' : 'key'), state: toPhase(state, 'briefing') };
  const text = evidence.turn?.text ?? '';
  const isMoreSaid = text !== state.text || wordsAreDue(evidence.line, at);
  const isLate = why === 'timer-elapsed' && (state.hasWaited || !isMoreSaid);
  const weighed = weigh(evidence, { quote, at, isLate, read: (words) => reader.read(words) });
  if (weighed === 'accepted') {
    const step = decided(state, { type: 'accepted', via: 'voice' });
    return { ...step, effects: [...step.effects, { type: 'reply', to: 'accept' }] };
  }
  if (weighed !== 'wait') return throwProblems(state, weighed);
  if (why === 'news') return stay(state);
  return {
    state: { ...state, text, hasWaited: why === 'timer-elapsed' },
    effects: [{ type: 'set-timer', forMs: WAIT_MS }],
  };
}

/** Refuses an accept. A person is asked for a clear yes at most once more, then for the key. */
function throwProblems(state: Undecided, kind: RefusalKind): BriefingStep {
  const { evidence, rules } = state;
  const { turn, askedAgain } = evidence;
  const next = toPhase(state, 'briefing');
  if (turn === null || (kind !== 'unheard' && kind !== 'unclear'))
    return { ...refused(state, 'accept', kind), state: next };
  if (turn.refusedAs !== undefined) return { ...refused(state, 'accept', turn.refusedAs), state: next };
  const refusedAs: RefusalKind = askedAgain > 0 && rules.keys !== null ? 'key' : kind;
  const asked = { ...evidence, turn: { ...turn, refusedAs }, askedAgain: askedAgain + 1 };
  return { ...refused(state, 'accept', refusedAs), state: { ...next, evidence: asked } };
}

/** Asks for a second opinion on the human agent's turn, unless it cannot matter. */
export function withOpinionAsked(state: Undecided): BriefingStep {
  const { rules, evidence, phase } = state;
  const { turn } = evidence;
  const isOpen = (phase === 'briefing' || phase === 'weighing') && rules.hasOpinion;
  if (!isOpen || turn === null || !turn.answersAgent || turn.request !== null) return stay(state);
  if (meaningOf(turn, (words) => rules.reader.read(words)) === 'no') return stay(state);
  const request = evidence.requests + 1;
  const asked = { ...evidence, requests: request, turn: { ...turn, request } };
  const { text: words, question } = turn;
  return { state: { ...state, evidence: asked }, effects: [{ type: 'ask-opinion', request, words, question }] };
}
