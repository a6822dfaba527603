import type { QuestionKind } from '../language/consent-phrases.js';

/** How long we must have spoken over a silent line before what it says next can be an answer, in milliseconds. */
const HEARD_MS = 700;
/** A line that talks on over us for longer, in milliseconds, does not listen. */
const TALKS_ON_MS = 2_000;
/** An utterance that goes on for longer after the line began to speak, in milliseconds, was not broken off by it. */
const BREAKS_OFF_MS = 1_200;
/** Speech that lasts this long, in milliseconds, can have a final transcript before it has ended. */
const WORDS_AFTER_MS = 300;
/** How long after the end of a speech its words are still waited for, in milliseconds. */
const WORDS_WITHIN_MS = 1_200;

/** One stretch of sound on the line that a recognizer or a VAD took for speech. */
export interface Speech {
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  /** It began after we had been heard, or the person had answered before. */
  readonly answersUs: boolean;
  /** It began while we were speaking. */
  readonly brokeIn: boolean;
  /** How long it has gone on while we spoke, in milliseconds. */
  readonly overUsMs: number;
  /** The part of what we said that it follows. */
  readonly after: number;
  readonly hasWords: boolean;
}

/** Who sounds when. Pure data: it knows no words. */
export interface Line {
  /** Since when we speak; null while we are quiet. */
  readonly weSpeakSince: number | null;
  /** Up to when the times of both sides are counted. */
  readonly countedTo: number;
  /** How long we have spoken over a silent line, since it last spoke over us without listening. */
  readonly heardMs: number;
  /** Counts the parts of what we said: one more for each utterance, and for the rest of one that was spoken over. */
  readonly part: number;
  /** What our last utterance asked; `other` until it is known. */
  readonly question: QuestionKind;
  /** The recognizer reports when speech begins. */
  readonly reportsStarts: boolean;
  /** Where it does not: whether the next words are an answer. */
  readonly nextAnswersUs: boolean;
  /** The last two. */
  readonly speeches: readonly Speech[];
}

export const silentLine: Line = Object.freeze({
  weSpeakSince: null,
  countedTo: 0,
  heardMs: 0,
  part: 0,
  question: 'other',
  reportsStarts: false,
  nextAnswersUs: false,
  speeches: [],
});

/** Brings the counted times up to date. */
function counted(line: Line, at: number): Line {
  const { weSpeakSince, countedTo, speeches } = line;
  const ongoing = openSpeech(line);
  const addedMs = weSpeakSince === null ? 0 : at - Math.max(countedTo, weSpeakSince);
  if (ongoing === undefined) return { ...line, countedTo: at, heardMs: line.heardMs + addedMs };
  const overUsMs = ongoing.overUsMs + addedMs;
  const listens = overUsMs < TALKS_ON_MS;
  const speech = { ...ongoing, overUsMs, answersUs: ongoing.answersUs && listens };
  return { ...line, countedTo: at, heardMs: listens ? line.heardMs : 0, speeches: [...speeches.slice(0, -1), speech] };
}

const openSpeech = ({ speeches }: Line): Speech | undefined => speeches.findLast(({ to }) => to === null);

export function weSpeak(before: Line, now: boolean, at: number): Line {
  const line = counted(before, at);
  if (now)
    return line.weSpeakSince === null ? { ...line, weSpeakSince: at, part: line.part + 1, question: 'other' } : line;
  return { ...line, weSpeakSince: null, part: line.part + (wasSpokenOver(line, at) ? 1 : 0) };
}

/** Whether the line spoke long before the end of our utterance, so that it did not answer the end of it. */
export function wasSpokenOver({ weSpeakSince, speeches, part }: Line, at: number): boolean {
  const isSpokenOver = ({ brokeIn, after, from }: Speech): boolean =>
    brokeIn && after === part && at - from > BREAKS_OFF_MS;
  return weSpeakSince !== null && speeches.some(isSpokenOver);
}

/** `isThere`: the person has answered before. */
export function lineSpeaks(before: Line, now: boolean, at: number, isThere: boolean): Line {
  const line = counted({ ...before, reportsStarts: true }, at);
  const ongoing = openSpeech(line);
  if (now) {
    if (ongoing !== undefined) return line;
    const answersUs = isThere || line.heardMs >= HEARD_MS;
    const brokeIn = line.weSpeakSince !== null;
    const speech = { from: at, to: null, answersUs, brokeIn, overUsMs: 0, after: line.part, hasWords: false };
    return { ...line, heardMs: answersUs ? line.heardMs : 0, speeches: [...line.speeches.slice(-1), speech] };
  }
  if (ongoing === undefined) return line;
  return { ...line, speeches: [...line.speeches.slice(0, -1), { ...ongoing, to: at }] };
}

/** The speech that words which have just come belong to: finals come late, and in the order of the speeches. */
export function lineSaid(before: Line, at: number, isThere: boolean): { line: Line; speech: Speech } {
  const line = counted(before, at);
  const { speeches, part, weSpeakSince, heardMs } = line;
  if (!line.reportsStarts || speeches.length === 0) {
    const answersUs = isThere || line.nextAnswersUs;
    const brokeIn = weSpeakSince !== null;
    const speech = { from: at, to: at, answersUs, brokeIn, overUsMs: 0, after: part, hasWords: true };
    return { line: { ...line, nextAnswersUs: heardMs >= HEARD_MS }, speech };
  }
  const ongoing = speeches.findLast(({ to, from }) => to === null && at - from >= WORDS_AFTER_MS);
  const waiting = speeches.findLast(({ to, hasWords }) => to !== null && !hasWords && at - to <= WORDS_WITHIN_MS);
  const found = ongoing ?? waiting ?? speeches.at(-1);
  const speech = { ...(found as Speech), hasWords: true };
  return { line: { ...line, speeches: speeches.map((one) => (one === found ? speech : one)) }, speech };
}

/** Whether the person is saying something whose words are not known yet. */
export function wordsAreDue({ speeches }: Line, at: number): boolean {
  const last = speeches.at(-1);
  return last !== undefined && !last.hasWords && (last.to === null || at - last.to <= WORDS_WITHIN_MS);
}
