import type { BriefingDecision, LeaveHow } from './briefing-result.js';
import { defaultKeys, type Keys } from './keys.js';

/** Everything that can move a briefing towards its decision. */
export type BriefingEvent =
  | { readonly type: 'answered' }
  | { readonly type: 'agent-spoke' }
  | { readonly type: 'human-speaking' }
  /** `refusal`: words known to mean no. */
  | { readonly type: 'human-words'; readonly refusal: boolean }
  | { readonly type: 'key'; readonly digit: string }
  | { readonly type: 'accept-called' }
  | { readonly type: 'decline-called'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail-called' }
  /** A model failed or hangs: the human has been told, and only their keys count from here. */
  | { readonly type: 'fell-back' }
  /** A machine was detected. */
  | { readonly type: 'machine' }
  /** Keys were pressed through a menu: whoever comes now has not been heard yet. */
  | { readonly type: 'begun-anew' }
  | { readonly type: 'voicemail-left'; readonly by: 'voice' | 'detection'; readonly messageLeft: boolean }
  | { readonly type: 'silence-limit'; readonly limit: 'first-speech' | 'silence' }
  | { readonly type: 'total-limit' }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'broken'; readonly cause: unknown; readonly limit?: 'model' }
  | { readonly type: 'canceled' };

export interface BriefingState {
  /** `null` for none. */
  readonly keys: Keys | null;
  readonly answered: boolean;
  /** Keys of a call that is active, pressed before the answer is known here: they count as soon as it is. */
  readonly earlyKeys: readonly string[];
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
  /** The human's turn has words that are known to mean no. */
  readonly refused: boolean;
  /** The agent was heard out since the human's last words, so that their next words are a new turn. */
  readonly turnIsOver: boolean;
  /** Only keys count: nothing that a model calls has an effect. */
  readonly keysOnly: boolean;
  readonly machine: boolean;
  /** The first decision; later events do not change it. */
  readonly decision?: BriefingDecision;
}

export interface BriefingStep {
  readonly state: BriefingState;
  /** Why a tool call had no effect, in words for the model. */
  readonly refusal?: string;
}

export const startOfBriefing: BriefingState = Object.freeze({
  keys: defaultKeys,
  answered: false,
  earlyKeys: [],
  agentSpoke: false,
  wordsHeard: false,
  humanHeard: false,
  speechIsFresh: false,
  startsAreTold: false,
  refused: false,
  turnIsOver: false,
  keysOnly: false,
  machine: false,
});

const refusals = {
  over: 'This briefing already has its decision. Say nothing more.',
  unanswered: 'Nobody has answered yet.',
  unheard:
    'Not connected: nobody has spoken or pressed a key since you were heard out, so this may be a recording. ' +
    'Ask whether to connect the caller, wait for the answer, and call this again if it is yes.',
  refused:
    'Not connected: the last that the person said sounds like a no. Ask once more whether to connect the caller, or ' +
    'call decline_transfer.',
  machine: 'Not connected: a machine is on the line. Call voicemail_detected.',
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
  answered: (state) => ({
    state: state.earlyKeys.reduce(pressed, { ...state, answered: true, earlyKeys: [] }),
  }),
  'agent-spoke': (state) => ({ state: state.answered ? { ...state, agentSpoke: true, turnIsOver: true } : state }),
  'human-speaking': (state) => ({ state: { ...state, startsAreTold: true, speechIsFresh: state.agentSpoke } }),
  'human-words': (state, { refusal }) => ({ state: heard(state, refusal) }),
  key: (state, { digit }) => ({ state: pressed(state, digit) }),
  'accept-called': accept,
  'decline-called': (state, { reason, redirectTo }) =>
    state.wordsHeard
      ? decided(state, { type: 'declined', by: 'voice', reason, ...(redirectTo ? { redirectTo } : {}) })
      : { state, refusal: refusals.wordless },
  'voicemail-called': (state) =>
    state.wordsHeard
      ? decided(state, { type: 'voicemail', by: 'voice', messageLeft: false })
      : { state, refusal: refusals.wordless },
  'fell-back': (state) => ({ state: { ...state, keysOnly: true } }),
  machine: (state) => ({ state: { ...state, machine: true } }),
  'begun-anew': (state) => ({
    state: { ...startOfBriefing, keys: state.keys, answered: state.answered, keysOnly: state.keysOnly },
  }),
  'voicemail-left': (state, { by, messageLeft }) => decided(state, { type: 'voicemail', by, messageLeft }),
  'silence-limit': (state, { limit }) => decided(state, { type: 'silent', limit }),
  'total-limit': (state) => decided(state, { type: 'timed-out', limit: 'total' }),
  'human-left': (state, { how }) => decided(state, { type: 'left', how }),
  broken: (state, { cause, limit }) => decided(state, { type: 'failed', cause, ...(limit ? { limit } : {}) }),
  canceled: (state) => decided(state, { type: 'canceled' }),
};

/** The next state. Pure: it knows no clock, no room and no model. */
export function decide(state: BriefingState, event: BriefingEvent): BriefingStep {
  const isToolCall =
    event.type === 'accept-called' || event.type === 'decline-called' || event.type === 'voicemail-called';
  if (state.decision !== undefined) return isToolCall ? { state, refusal: refusals.over } : { state };
  if (isToolCall && state.keysOnly) return { state, refusal: refusals.over };
  if (isToolCall && !state.answered) return { state, refusal: refusals.unanswered };
  const handle = handlers[event.type] as (state: BriefingState, event: BriefingEvent) => BriefingStep;
  return handle(state, event);
}

function accept(state: BriefingState): BriefingStep {
  if (state.machine) return { state, refusal: refusals.machine };
  if (!state.humanHeard) return { state, refusal: refusals.unheard };
  if (state.refused) return { state, refusal: refusals.refused };
  return decided(state, { type: 'accepted', by: 'voice' });
}

function heard(state: BriefingState, refusal: boolean): BriefingState {
  // Words of a speech that began earlier show that the utterance was talked over: it was not heard out after all.
  const talkedOver = state.startsAreTold && !state.speechIsFresh;
  return {
    ...state,
    wordsHeard: true,
    refused: refusal || (state.refused && !state.turnIsOver),
    turnIsOver: false,
    agentSpoke: state.agentSpoke && !talkedOver,
    humanHeard: state.humanHeard || state.speechIsFresh,
    speechIsFresh: state.startsAreTold ? state.speechIsFresh : state.agentSpoke,
  };
}

function pressed(state: BriefingState, digit: string): BriefingState {
  if (state.keys === null || state.decision !== undefined) return state;
  if (!state.answered) return { ...state, earlyKeys: [...state.earlyKeys, digit] };
  const { accept: acceptKey, decline: declineKey } = state.keys;
  const next = { ...state, humanHeard: true };
  if (digit === acceptKey) return { ...next, decision: { type: 'accepted', by: 'key' } };
  if (digit === declineKey) {
    return { ...next, decision: { type: 'declined', by: 'key', reason: `pressed ${declineKey}` } };
  }
  return next;
}
