import { type Heard, nothing } from './opening-state.js';

/** Longest utterance that is still somebody who picks up, as reported: a VAD adds some 0.4 s. In milliseconds. */
const LONGEST_MS = 3_400;
/** The same in characters, where no times are known. */
const LONGEST_TEXT = 60;
/** How long words are waited for after a sound, in milliseconds. */
const WORDS_WITHIN_MS = 1_000;
/** How long the end of a turn is waited for after its words: detectors of turns have 1 s, see `GatedAgent`. */
const TURN_WITHIN_MS = 1_500;
/** What ended longer ago when the call is answered was no answer, in milliseconds. */
const STALE_MS = 1_500;

/** Nobody speaks for so long without a word that a recognizer reports, in milliseconds. */
const MUSIC_MS = 15_000;

export const isSounding = ({ from, to }: Heard): boolean => from !== null && to === null;

/** When a sound that goes on will have been music, unless words come; null for what is none. */
export function musicAt(heard: Heard): number | null {
  return isSounding(heard) && heard.text === '' && heard.from !== null ? heard.from + MUSIC_MS : null;
}

export function lineSpoke(heard: Heard, now: boolean, at: number): Heard {
  if (now) return { ...heard, from: heard.from ?? at, to: null, isOver: false };
  return isSounding(heard) ? { ...heard, to: at } : heard;
}

export function wordsCame(heard: Heard, text: string, at: number): Heard {
  const words = { ...heard, text: `${heard.text} ${text}`.trim(), wordsAt: at };
  return heard.from === null ? { ...words, from: at, to: at } : words;
}

/** What of the sounds while it rang is left at the answer: ringing and announcements are not. */
export function heardAtAnswer(heard: Heard, at: number): Heard {
  if (isSounding(heard)) return { ...nothing, from: at };
  return heard.to !== null && at - heard.to <= STALE_MS ? heard : nothing;
}

/** Up to when more is waited for of an utterance that has fallen silent; null while it sounds. */
export function completeAt({ to, text, isOver }: Heard): number | null {
  if (to === null) return null;
  if (isOver) return to;
  return to + (text === '' ? WORDS_WITHIN_MS : TURN_WITHIN_MS);
}

/** By when what was said had ended, if it has: music that goes on after its words is none of it. */
export function saidBy({ to, wordsAt }: Heard): number | null {
  return to === null || wordsAt === null ? to : Math.min(to, wordsAt);
}

/** Whether it was longer than what people say when they pick up. */
export function isLong({ from, to, text }: Heard): boolean {
  const lengthMs = (to ?? 0) - (from ?? 0);
  return lengthMs === 0 ? text.length > LONGEST_TEXT : lengthMs > LONGEST_MS;
}
