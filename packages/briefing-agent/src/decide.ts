import type { BriefingDecision, LeaveHow } from './briefing-result.js';

/** Everything that can move a briefing towards its decision. */
export type BriefingEvent =
  | { readonly type: 'answered' }
  | { readonly type: 'agent-spoke' }
  | { readonly type: 'human-speaking' }
  | { readonly type: 'human-words'; readonly text: string }
  | { readonly type: 'key'; readonly digit: string }
  | { readonly type: 'accept-called' }
  | { readonly type: 'decline-called'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail-called' }
  | { readonly type: 'silence-limit' }
  | { readonly type: 'total-limit' }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'broken'; readonly cause: unknown }
  | { readonly type: 'canceled' };

export interface BriefingState {
  readonly answered: boolean;
  /**
   * An utterance of the agent has played to its end since the answer. One that was interrupted does not count: the
   * greeting of a mailbox has several sentences, the first of which interrupts and the second of which comes after.
   */
  readonly agentSpoke: boolean;
  /** Anything was understood on the human's line, a machine's greeting included. */
  readonly wordsHeard: boolean;
  /** There is evidence of a listening human: a key, or words that began after the agent was heard out once. */
  readonly humanHeard: boolean;
  /** The speech going on, or the last one, began after the agent was heard out once. */
  readonly speechIsFresh: boolean;
  /** The recognizer tells when speech starts; otherwise a speech starts where the last transcript ended. */
  readonly startsAreTold: boolean;
  /** The first decision; later events do not change it. */
  readonly decision?: BriefingDecision;
}

export interface BriefingStep {
  readonly state: BriefingState;
  /** Why a tool call had no effect, in words for the model. */
  readonly refusal?: string;
}

export const startOfBriefing: BriefingState = Object.freeze({
  answered: false,
  agentSpoke: false,
  wordsHeard: false,
  humanHeard: false,
  speechIsFresh: false,
  startsAreTold: false,
});

const ACCEPT_KEY = '1';
const DECLINE_KEY = '2';

const refusals = {
  over: 'This briefing already has its decision. Say nothing more.',
  unanswered: 'Nobody has answered yet.',
  unheard:
    'Not connected: nobody has spoken or pressed a key since you were heard out, so this may be a recording. ' +
    'Ask whether to connect the caller, wait for the answer, and call this again if it is yes.',
  wordless: 'No words were understood on the line yet. Wait until somebody has spoken.',
} as const;

type Handlers = {
  readonly [T in BriefingEvent['type']]: (
    state: BriefingState,
    event: Extract<BriefingEvent, { type: T }>,
  ) => BriefingStep;
};

const decided = (state: BriefingState, decision: BriefingDecision): BriefingStep => ({ state: { ...state, decision } });

const handlers: Handlers = {
  answered: (state) => ({ state: { ...state, answered: true } }),
  'agent-spoke': (state) => ({ state: state.answered ? { ...state, agentSpoke: true } : state }),
  'human-speaking': (state) => ({ state: { ...state, startsAreTold: true, speechIsFresh: state.agentSpoke } }),
  'human-words': (state) => ({ state: heard(state) }),
  key: (state, { digit }) => ({ state: pressed(state, digit) }),
  'accept-called': (state) =>
    state.humanHeard ? decided(state, { type: 'accepted', by: 'voice' }) : { state, refusal: refusals.unheard },
  'decline-called': (state, { reason, redirectTo }) =>
    state.wordsHeard
      ? decided(state, { type: 'declined', by: 'voice', reason, ...(redirectTo ? { redirectTo } : {}) })
      : { state, refusal: refusals.wordless },
  'voicemail-called': (state) =>
    state.wordsHeard ? decided(state, { type: 'voicemail', by: 'voice' }) : { state, refusal: refusals.wordless },
  'silence-limit': (state) => decided(state, { type: 'silent' }),
  'total-limit': (state) => decided(state, { type: 'timed-out' }),
  'human-left': (state, { how }) => decided(state, { type: 'left', how }),
  broken: (state, { cause }) => decided(state, { type: 'failed', cause }),
  canceled: (state) => decided(state, { type: 'canceled' }),
};

/** The next state. Pure: it knows no clock, no room and no model. */
export function decide(state: BriefingState, event: BriefingEvent): BriefingStep {
  const isToolCall =
    event.type === 'accept-called' || event.type === 'decline-called' || event.type === 'voicemail-called';
  if (state.decision !== undefined) return isToolCall ? { state, refusal: refusals.over } : { state };
  if (isToolCall && !state.answered) return { state, refusal: refusals.unanswered };
  const handle = handlers[event.type] as (state: BriefingState, event: BriefingEvent) => BriefingStep;
  return handle(state, event);
}

function heard(state: BriefingState): BriefingState {
  // Words of a speech that began earlier show that the utterance was talked over: it was not heard out after all.
  const talkedOver = state.startsAreTold && !state.speechIsFresh;
  return {
    ...state,
    wordsHeard: true,
    agentSpoke: state.agentSpoke && !talkedOver,
    humanHeard: state.humanHeard || state.speechIsFresh,
    speechIsFresh: state.startsAreTold ? state.speechIsFresh : state.agentSpoke,
  };
}

function pressed(state: BriefingState, digit: string): BriefingState {
  if (!state.answered) return state;
  const next = { ...state, humanHeard: true };
  if (digit === ACCEPT_KEY) return { ...next, decision: { type: 'accepted', by: 'key' } };
  if (digit === DECLINE_KEY) {
    return { ...next, decision: { type: 'declined', by: 'key', reason: `pressed ${DECLINE_KEY}` } };
  }
  return next;
}
