import type { QuestionKind } from '../language/consent-phrases.js';

/** How long the agent must have spoken to a silent line before the next words can be an answer, in milliseconds. */
const AUDIBLE_MS = 700;
/** A line that talks over the agent for longer does not listen, in milliseconds. */
const TALKS_ON_MS = 2_000;
/** An utterance that continues for longer after the line began to speak was not interrupted by it, in milliseconds. */
const BREAKS_OFF_MS = 1_200;
/** Speech of this length can have a final transcript before it has ended, in milliseconds. */
const WORDS_AFTER_MS = 300;
/** How long to wait for the words of a speech after its end, in milliseconds. */
const WORDS_WITHIN_MS = 1_200;

/** One sound on the line that a recognizer or a VAD took for speech. */
export interface Speech {
  readonly from: number;
  /** Null while it continues. */
  readonly to: number | null;
  /** It began after the agent had been heard, or the person had answered before. */
  readonly answersAgent: boolean;
  /** It began while the agent was speaking. */
  readonly brokeIn: boolean;
  /** How long it has continued while the agent spoke, in milliseconds. */
  readonly overAgentMs: number;
  /** The part of the agent's speech that it follows. */
  readonly after: number;
  readonly hasWords: boolean;
}

/** The sounds of both sides and their times. Pure data: it knows no words. */
export interface Line {
  /** When the agent began to speak; null while it is quiet. */
  readonly agentSpeakingSince: number | null;
  /** The time up to which both sides are counted. */
  readonly countedTo: number;
  /** How long the agent has spoken to a silent line, since the line last talked over it. */
  readonly heardMs: number;
  /** The number of parts of the agent's speech: one for each utterance, and one for the rest of one that was spoken over. */
  readonly part: number;
  /** The question of the agent's last utterance; `other` until it is known. */
  readonly question: QuestionKind;
  /** Whether the recognizer reports when speech begins. */
  readonly sttReportsSpeechStart: boolean;
  /** Whether the next words are an answer, for a recognizer that does not. */
  readonly nextAnswersAgent: boolean;
  /** The last two. */
  readonly speeches: readonly Speech[];
}

export const silentLine: Line = Object.freeze({
  agentSpeakingSince: null,
  countedTo: 0,
  heardMs: 0,
  part: 0,
  question: 'other',
  sttReportsSpeechStart: false,
  nextAnswersAgent: false,
  speeches: [],
});

/** Updates the counted times. */
function counted(line: Line, at: number): Line {
  const { agentSpeakingSince, countedTo, speeches } = line;
  const ongoing = openSpeech(line);
  const addedMs = agentSpeakingSince === null ? 0 : at - Math.max(countedTo, agentSpeakingSince);
  if (ongoing === undefined) return { ...line, countedTo: at, heardMs: line.heardMs + addedMs };
  const overAgentMs = ongoing.overAgentMs + addedMs;
  const listens = overAgentMs < TALKS_ON_MS;
  const speech = { ...ongoing, overAgentMs, answersAgent: ongoing.answersAgent && listens };
  return { ...line, countedTo: at, heardMs: listens ? line.heardMs : 0, speeches: [...speeches.slice(0, -1), speech] };
}

const openSpeech = ({ speeches }: Line): Speech | undefined => speeches.findLast(({ to }) => to === null);

/** Notes that the agent begins or ends to speak. */
export function agentSpeaks(before: Line, now: boolean, at: number): Line {
  const line = counted(before, at);
  if (now)
    return line.agentSpeakingSince === null
      ? { ...line, agentSpeakingSince: at, part: line.part + 1, question: 'other' }
      : line;
  return { ...line, agentSpeakingSince: null, part: line.part + (wasSpokenOver(line, at) ? 1 : 0) };
}

/** Returns whether the line spoke long before the end of the agent's utterance, so that it did not answer that end. */
export function wasSpokenOver({ agentSpeakingSince, speeches, part }: Line, at: number): boolean {
  const isSpokenOver = ({ brokeIn, after, from }: Speech): boolean =>
    brokeIn && after === part && at - from > BREAKS_OFF_MS;
  return agentSpeakingSince !== null && speeches.some(isSpokenOver);
}

/** Notes that the line begins or ends to speak. `isThere`: the person has answered before. */
export function lineSpeaks(before: Line, now: boolean, at: number, isThere: boolean): Line {
  const line = counted({ ...before, sttReportsSpeechStart: true }, at);
  const ongoing = openSpeech(line);
  if (now) {
    if (ongoing !== undefined) return line;
    const answersAgent = isThere || line.heardMs >= AUDIBLE_MS;
    const brokeIn = line.agentSpeakingSince !== null;
    const speech = { from: at, to: null, answersAgent, brokeIn, overAgentMs: 0, after: line.part, hasWords: false };
    return { ...line, heardMs: answersAgent ? line.heardMs : 0, speeches: [...line.speeches.slice(-1), speech] };
  }
  if (ongoing === undefined) return line;
  return { ...line, speeches: [...line.speeches.slice(0, -1), { ...ongoing, to: at }] };
}

/** Finds the speech to which new words belong: final transcripts come late, and in the order of the speeches. */
export function withLineWords(before: Line, at: number, isThere: boolean): { line: Line; speech: Speech } {
  const line = counted(before, at);
  const { speeches, part, agentSpeakingSince, heardMs } = line;
  if (!line.sttReportsSpeechStart || speeches.length === 0) {
    const answersAgent = isThere || line.nextAnswersAgent;
    const brokeIn = agentSpeakingSince !== null;
    const speech = { from: at, to: at, answersAgent, brokeIn, overAgentMs: 0, after: part, hasWords: true };
    return { line: { ...line, nextAnswersAgent: heardMs >= AUDIBLE_MS }, speech };
  }
  const ongoing = speeches.findLast(({ to, from }) => to === null && at - from >= WORDS_AFTER_MS);
  const waiting = speeches.findLast(({ to, hasWords }) => to !== null && !hasWords && at - to <= WORDS_WITHIN_MS);
  const found = ongoing ?? waiting ?? speeches.at(-1);
  const speech = { ...(found as Speech), hasWords: true };
  return { line: { ...line, speeches: speeches.map((one) => (one === found ? speech : one)) }, speech };
}

/** Returns whether the words of the last speech are still to come. */
export function wordsAreDue({ speeches }: Line, at: number): boolean {
  const last = speeches.at(-1);
  return last !== undefined && !last.hasWords && (last.to === null || at - last.to <= WORDS_WITHIN_MS);
}
