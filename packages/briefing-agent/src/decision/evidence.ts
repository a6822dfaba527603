import type { QuestionKind } from '../language/consent-phrases.js';
import type { Opinion } from './briefing-event.js';
import { agentSpeaks, type Line, silentLine, wasSpokenOver, withLineWords } from './line.js';
import type { RefusalKind } from './refusal.js';

/** The human agent's words since the agent last spoke, and what is known of them. */
export interface Turn {
  readonly text: string;
  /** The part of the agent's speech that it follows. */
  readonly after: number;
  /** All of it was said to the agent: after the agent had been heard. */
  readonly answersAgent: boolean;
  readonly question: QuestionKind;
  /** It was said while the agent spoke, and the agent continued for longer than an interrupted speaker does. */
  readonly overAgent: boolean;
  /** The number of the request for a second opinion on all of it; null when none was made. */
  readonly request: number | null;
  readonly opinion: Opinion | null;
  /** The reason for which an accept on these words was refused, if the model was to ask again. */
  readonly refusedAs?: RefusalKind;
}

/** The evidence of a person who says yes. */
export interface Evidence {
  readonly line: Line;
  /** Whether anything was said on the line at any time, also by a recording. */
  readonly hasLineSpoken: boolean;
  /** Whether a person is there: they answered the agent. */
  readonly isThere: boolean;
  /** All words of the line, for quotes. */
  readonly said: string;
  readonly turn: Turn | null;
  /** The number of turns that were refused because they were no clear yes. */
  readonly askedAgain: number;
  readonly requests: number;
}

export const noEvidence: Evidence = Object.freeze({
  line: silentLine,
  hasLineSpoken: false,
  isThere: false,
  said: '',
  turn: null,
  askedAgain: 0,
  requests: 0,
});

/** The longest record of the line's words, in characters; the newest are kept. */
const LONGEST_SAID = 4_000;

/** Speech that began less than this before an accept was called cannot have led to it, in milliseconds. */
const TOO_LATE_FOR_CALL_MS = 300;

/**
 * Adds words of the line. They continue the turn, unless the agent has spoken since it began. Words that come while a turn
 * is weighed belong to it in any case. `calledAt`: when the model called the accept.
 */
export function withWords(evidence: Evidence, text: string, at: number, calledAt: number = Infinity): Evidence {
  const { line, speech } = withLineWords(evidence.line, at, evidence.isThere);
  const { turn } = evidence;
  const isWeighed = speech.from >= calledAt - TOO_LATE_FOR_CALL_MS;
  const continues = turn !== null && (isWeighed || turn.after >= speech.after);
  return {
    ...evidence,
    line,
    hasLineSpoken: true,
    // A person who was there is not when the line talks over the agent.
    isThere: speech.answersAgent,
    said: `${evidence.said} ${text}`.slice(-LONGEST_SAID),
    turn: {
      text: continues ? `${turn.text} ${text}` : text,
      after: continues ? turn.after : speech.after,
      answersAgent: speech.answersAgent && (!continues || turn.answersAgent),
      overAgent: (continues && turn.overAgent) || (speech.brokeIn && speech.after < line.part),
      question:
        continues && (isWeighed || speech.after < line.part) ? turn.question : questionBefore(line, speech.after),
      request: null,
      opinion: null,
      ...(continues && turn.refusedAs !== undefined ? { refusedAs: turn.refusedAs } : {}),
    },
  };
}

/** Notes that the agent begins or ends to speak. */
export function withAgentSpeech(evidence: Evidence, now: boolean, at: number): Evidence {
  const { line: before, turn } = evidence;
  const line = agentSpeaks(before, now, at);
  const isSpokenOver = !now && line.part > before.part && turn?.after === before.part;
  return { ...evidence, line, turn: isSpokenOver ? { ...turn, overAgent: true } : turn };
}

/** Returns the question of the agent's last utterance for speech that follows it. */
function questionBefore(line: Line, after: number): QuestionKind {
  return after === line.part ? line.question : 'other';
}

/** Notes the question of the agent's last utterance, which has ended. */
export function withQuestion(evidence: Evidence, question: QuestionKind, at: number): Evidence {
  const line = { ...evidence.line, question };
  const { turn } = evidence;
  const answersIt = turn?.after === line.part && !wasSpokenOver(line, at);
  if (turn === null || !answersIt || turn.question === question) return { ...evidence, line };
  return { ...evidence, line, turn: { ...turn, question, request: null, opinion: null } };
}
