import type { QuestionKind } from '../language/consent-phrases.js';
import type { Opinion } from './briefing-event.js';
import { type Line, lineSaid, silentLine, wasSpokenOver, weSpeak } from './line.js';
import type { RefusalKind } from './refusal.js';

/** What the person has said since we last spoke, and what is known of it. */
export interface Turn {
  readonly text: string;
  /** The part of what we said that it follows. */
  readonly after: number;
  /** All of it was said to us: after we had been heard. */
  readonly answersUs: boolean;
  readonly question: QuestionKind;
  /** It was said over us, and we spoke on for longer than somebody who is interrupted does. */
  readonly overUs: boolean;
  /** Number of the request for a second opinion on all of it; null when none was made. */
  readonly request: number | null;
  readonly opinion: Opinion | null;
  /** Why an accept on these words has been refused, if that had to be asked about. */
  readonly refusedAs?: RefusalKind;
}

/** What speaks for a person who says yes. */
export interface Evidence {
  readonly line: Line;
  /** Something was said on the line at any time, by a machine as well. */
  readonly lineSpoke: boolean;
  /** A person is there: they answered what we said. */
  readonly isThere: boolean;
  /** All that was said on the line, for quotes. */
  readonly said: string;
  readonly turn: Turn | null;
  /** How many turns of the person were refused for want of a clear yes. */
  readonly askedAgain: number;
  readonly requests: number;
}

export const noEvidence: Evidence = Object.freeze({
  line: silentLine,
  lineSpoke: false,
  isThere: false,
  said: '',
  turn: null,
  askedAgain: 0,
  requests: 0,
});

/** Longest record of what was said, in characters; the newest is kept. */
const LONGEST_SAID = 4_000;

/** Words of speech that began shortly before an accept was called for can't have led to it, in milliseconds. */
const TOO_LATE_FOR_CALL_MS = 300;

/**
 * The evidence after words of the line. They go on with the turn, unless we have spoken since it began. What is said
 * while a turn is weighed is weighed with it all the same: `calledAt` is when the model called for the accept.
 */
export function withWords(evidence: Evidence, text: string, at: number, calledAt: number = Infinity): Evidence {
  const { line, speech } = lineSaid(evidence.line, at, evidence.isThere);
  const { turn } = evidence;
  const isWeighed = speech.from >= calledAt - TOO_LATE_FOR_CALL_MS;
  const goesOn = turn !== null && (isWeighed || turn.after >= speech.after);
  return {
    ...evidence,
    line,
    lineSpoke: true,
    // A person who was there is not when the line talks on over us.
    isThere: speech.answersUs,
    said: `${evidence.said} ${text}`.slice(-LONGEST_SAID),
    turn: {
      text: goesOn ? `${turn.text} ${text}` : text,
      after: goesOn ? turn.after : speech.after,
      answersUs: speech.answersUs && (!goesOn || turn.answersUs),
      overUs: (goesOn && turn.overUs) || (speech.brokeIn && speech.after < line.part),
      question: goesOn && (isWeighed || speech.after < line.part) ? turn.question : questionBefore(line, speech.after),
      request: null,
      opinion: null,
      ...(goesOn && turn.refusedAs !== undefined ? { refusedAs: turn.refusedAs } : {}),
    },
  };
}

/** We begin to speak, or have ended. */
export function withOurs(evidence: Evidence, now: boolean, at: number): Evidence {
  const { line: before, turn } = evidence;
  const line = weSpeak(before, now, at);
  const isSpokenOver = !now && line.part > before.part && turn?.after === before.part;
  return { ...evidence, line, turn: isSpokenOver ? { ...turn, overUs: true } : turn };
}

/** The question of our last utterance belongs to speech that follows that one. */
function questionBefore(line: Line, after: number): QuestionKind {
  return after === line.part ? line.question : 'other';
}

/** Our last utterance is over, and what it asked is known. */
export function withQuestion(evidence: Evidence, question: QuestionKind, at: number): Evidence {
  const line = { ...evidence.line, question };
  const { turn } = evidence;
  const answersIt = turn?.after === line.part && !wasSpokenOver(line, at);
  if (turn === null || !answersIt || turn.question === question) return { ...evidence, line };
  return { ...evidence, line, turn: { ...turn, question, request: null, opinion: null } };
}
