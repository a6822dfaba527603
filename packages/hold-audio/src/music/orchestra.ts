import { BARS, BEATS_PER_BAR, type Note, bass, keys, melody, pad } from './score.js';
import { type Voice, bassVoice, keysVoice, melodyVoice, padVoice } from './instruments.js';

export interface PlayedNote {
  readonly note: Note;
  readonly voice: Voice;
}

const play = (notes: readonly Note[], voice: Voice): PlayedNote[] => notes.map((note) => ({ note, voice }));

const all: readonly PlayedNote[] = [
  ...play(pad, padVoice),
  ...play(bass, bassVoice),
  ...play(keys, keysVoice),
  ...play(melody, melodyVoice),
];

/** The notes that begin in a bar. */
export const notesOfBar = (bar: number): PlayedNote[] =>
  all.filter(({ note }) => Math.floor(note.beat / BEATS_PER_BAR) === bar);

/** The notes that are still heard after the last bar, which is in the first one again. */
export const notesRingingOver: readonly PlayedNote[] = all.filter(
  ({ note }) => note.beat + note.beats === BARS * BEATS_PER_BAR,
);
