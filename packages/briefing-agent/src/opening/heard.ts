import { type Heard, nothing } from './opening-state.js';

/** The longest utterance of a person who picks up, as a VAD reports it, which adds some 0.4 s. In milliseconds. */
const LONGEST_MS = 3_400;
/** The same in characters, for utterances without known times. */
const LONGEST_TEXT = 60;
/** How long to wait for words after a sound, in milliseconds. */
const WORDS_TIMEOUT_MS = 1_000;
/** How long to wait for the end of a turn after its words, in milliseconds: turn detectors have 1 s, see `GatedAgent`. */
const TURN_END_TIMEOUT_MS = 1_500;
/** The age at which a sound before the answer no longer counts, in milliseconds from its end. */
const STALE_MS = 1_500;

/** The length at which a sound without words counts as music: no person speaks for that long without a word. In milliseconds. */
const MUSIC_MS = 15_000;

export const isSounding = ({ from, to }: Heard): boolean => from !== null && to === null;

/** Returns when a continuing sound will count as music, unless words come; null for other sounds. */
export function musicAt(heard: Heard): number | null {
  return isSounding(heard) && heard.text === '' && heard.from !== null ? heard.from + MUSIC_MS : null;
}

/** Notes that the line begins or ends to speak. */
export function withLineSpeaking(heard: Heard, now: boolean, at: number): Heard {
  if (now) return { ...heard, from: heard.from ?? at, to: null, hasEnded: false };
  return isSounding(heard) ? { ...heard, to: at } : heard;
}

/** Adds final words. */
export function withHeardWords(heard: Heard, text: string, at: number): Heard {
  const words = { ...heard, text: `${heard.text} ${text}`.trim(), wordsAt: at };
  return heard.from === null ? { ...words, from: at, to: at } : words;
}

/** Returns the sounds that still count at the answer: ringing and announcements do not. */
export function heardAtAnswer(heard: Heard, at: number): Heard {
  if (isSounding(heard)) return { ...nothing, from: at };
  return heard.to !== null && at - heard.to <= STALE_MS ? heard : nothing;
}

/** Returns when an utterance that has fallen silent counts as complete; null while it sounds. */
export function completeAt({ to, text, hasEnded }: Heard): number | null {
  if (to === null) return null;
  if (hasEnded) return to;
  return to + (text === '' ? WORDS_TIMEOUT_MS : TURN_END_TIMEOUT_MS);
}

/** Returns when the words had ended; null while they continue. Music after the words is not part of them. */
export function wordsEndAt({ to, wordsAt }: Heard): number | null {
  return to === null || wordsAt === null ? to : Math.min(to, wordsAt);
}

/** Returns whether an utterance was longer than what people say when they pick up. */
export function isLong({ from, to, text }: Heard): boolean {
  const lengthMs = (to ?? 0) - (from ?? 0);
  return lengthMs === 0 ? text.length > LONGEST_TEXT : lengthMs > LONGEST_MS;
}
