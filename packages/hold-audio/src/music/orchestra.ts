import { BARS, BEATS_PER_BAR, type Note, bass, keys, melody, pad } from './score.js';
import { type Instrument, bassInstrument, keysInstrument, melodyInstrument, padInstrument } from './instruments.js';

export interface PlayedNote {
  readonly note: Note;
  readonly instrument: Instrument;
}

const play = (notes: readonly Note[], instrument: Instrument): PlayedNote[] =>
  notes.map((note) => ({ note, instrument }));

const all: readonly PlayedNote[] = [
  ...play(pad, padInstrument),
  ...play(bass, bassInstrument),
  ...play(keys, keysInstrument),
  ...play(melody, melodyInstrument),
];

/** Returns the notes that begin in a bar. */
export const notesInBar = (bar: number): PlayedNote[] =>
  all.filter(({ note }) => Math.floor(note.beat / BEATS_PER_BAR) === bar);

/** The notes that ring over the last bar, into the first one. */
export const notesRingingOver: readonly PlayedNote[] = all.filter(
  ({ note }) => note.beat + note.beats === BARS * BEATS_PER_BAR,
);
