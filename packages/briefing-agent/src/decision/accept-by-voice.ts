import { wordsAreDue } from './line.js';
import type { RefusalKind } from './refusal.js';
import { type BriefingStep, decided, refused, stay, type Undecided } from './step.js';
import { meaningOf, weigh } from './weigh.js';

/** How long an accept waits for a second opinion, or for words that are on their way, in milliseconds. */
const WAIT_MS = 800;

/**
 * Decides an accept that the model has called for, if there is one, or waits on.
 *
 * @param why the model has called just now, something more is known, or the wait is over
 */
export function acceptByVoice(state: Undecided, at: number, why: 'called' | 'news' | 'waited' = 'news'): BriefingStep {
  if (state.phase !== 'weighing') return stay(state);
  const { rules, evidence, quote } = state;
  const { keys, reader, hasWords } = rules;
  if (!hasWords) return { ...refused(state, 'accept', keys === null ? 'unheard' : 'key'), state: briefingOn(state) };
  const text = evidence.turn?.text ?? '';
  const isMoreSaid = text !== state.text || wordsAreDue(evidence.line, at);
  const isLate = why === 'waited' && (state.hasWaited || !isMoreSaid);
  const weighed = weigh(evidence, { quote, at, isLate, read: (words) => reader.read(words) });
  if (weighed === 'accepted') {
    const step = decided(state, { type: 'accepted', by: 'voice' });
    return { ...step, effects: [...step.effects, { type: 'reply', to: 'accept' }] };
  }
  if (weighed !== 'wait') return refuse(state, weighed);
  if (why === 'news') return stay(state);
  return { state: { ...state, text, hasWaited: why === 'waited' }, effects: [{ type: 'wait', forMs: WAIT_MS }] };
}

/** A person is asked again at most once for one yes: after that, for the key. */
function refuse(state: Undecided, kind: RefusalKind): BriefingStep {
  const { evidence, rules } = state;
  const { turn, askedAgain } = evidence;
  const next = briefingOn(state);
  if (turn === null || (kind !== 'unheard' && kind !== 'unclear'))
    return { ...refused(state, 'accept', kind), state: next };
  if (turn.refusedAs !== undefined) return { ...refused(state, 'accept', turn.refusedAs), state: next };
  const refusedAs: RefusalKind = askedAgain > 0 && rules.keys !== null ? 'key' : kind;
  const asked = { ...evidence, turn: { ...turn, refusedAs }, askedAgain: askedAgain + 1 };
  return { ...refused(state, 'accept', refusedAs), state: { ...next, evidence: asked } };
}

function briefingOn({ rules, evidence }: Undecided): Undecided {
  return { phase: 'briefing', rules, evidence };
}

/** Asks for a second opinion on the person's turn, unless it can't matter. */
export function withOpinionAsked(state: Undecided): BriefingStep {
  const { rules, evidence, phase } = state;
  const { turn } = evidence;
  const isOpen = (phase === 'briefing' || phase === 'weighing') && rules.hasOpinion;
  if (!isOpen || turn === null || !turn.answersUs || turn.request !== null) return stay(state);
  if (meaningOf(turn, (words) => rules.reader.read(words)) === 'no') return stay(state);
  const request = evidence.requests + 1;
  const asked = { ...evidence, requests: request, turn: { ...turn, request } };
  const { text: words, question } = turn;
  return { state: { ...state, evidence: asked }, effects: [{ type: 'ask-opinion', request, words, question }] };
}
