/** One note: its beginning and length in beats, its MIDI number, and its loudness from 0 to 1. */
export interface Note {
  readonly beat: number;
  readonly beats: number;
  readonly midi: number;
  readonly velocity: number;
}

export const BEATS_PER_MINUTE = 75;
export const BEATS_PER_BAR = 4;

interface Chord {
  readonly bar: number;
  readonly beats: number;
  readonly bass: number;
  readonly tones: readonly [number, number, number, number];
}

/** Twelve bars in C major. No chord tone lies above B4, so that the arpeggio an octave up stays below 1 kHz. */
const chords: readonly Chord[] = [
  { bar: 0, beats: 4, bass: 48, tones: [60, 64, 67, 71] },
  { bar: 1, beats: 4, bass: 57, tones: [60, 64, 67, 69] },
  { bar: 2, beats: 4, bass: 53, tones: [57, 60, 64, 67] },
  { bar: 3, beats: 4, bass: 55, tones: [59, 62, 64, 67] },
  { bar: 4, beats: 4, bass: 52, tones: [59, 62, 67, 71] },
  { bar: 5, beats: 4, bass: 57, tones: [60, 64, 67, 71] },
  { bar: 6, beats: 4, bass: 50, tones: [57, 60, 65, 69] },
  { bar: 7, beats: 2, bass: 55, tones: [60, 62, 67, 69] },
  { bar: 7.5, beats: 2, bass: 55, tones: [59, 62, 65, 67] },
  { bar: 8, beats: 4, bass: 53, tones: [57, 60, 64, 67] },
  { bar: 9, beats: 4, bass: 52, tones: [59, 62, 67, 71] },
  { bar: 10, beats: 4, bass: 50, tones: [57, 60, 65, 69] },
  { bar: 11, beats: 2, bass: 55, tones: [60, 62, 67, 69] },
  { bar: 11.5, beats: 2, bass: 55, tones: [59, 62, 65, 67] },
];

/** The tune, bar by bar: [beat in the bar, beats, MIDI number]. */
const tune: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [0, 1.5, 76],
    [1.5, 0.5, 79],
    [2, 2, 83],
  ],
  [
    [0, 3, 81],
    [3, 1, 79],
  ],
  [
    [0, 1, 81],
    [1, 1, 84],
    [2, 1, 83],
    [3, 1, 81],
  ],
  [
    [0, 3, 79],
    [3, 1, 76],
  ],
  [
    [0, 1.5, 79],
    [1.5, 0.5, 83],
    [2, 2, 86],
  ],
  [
    [0, 2, 84],
    [2, 1, 83],
    [3, 1, 79],
  ],
  [
    [0, 2, 81],
    [2, 1, 77],
    [3, 1, 81],
  ],
  [
    [0, 3, 79],
    [3, 1, 74],
  ],
  [
    [0, 1, 81],
    [1, 1, 79],
    [2, 2, 76],
  ],
  [
    [0, 1.5, 79],
    [1.5, 0.5, 76],
    [2, 2, 74],
  ],
  [
    [0, 1, 77],
    [1, 1, 76],
    [2, 1, 74],
    [3, 1, 72],
  ],
  [[0, 4, 74]],
];

/** Eighth notes of the arpeggio as indexes of chord tones; the two patterns alternate by bar. */
const arpeggios: readonly (readonly number[])[] = [
  [0, 2, 1, 3, 2, 1, 3, 2],
  [3, 1, 2, 0, 1, 2, 3, 1],
];

const startBeat = (chord: Chord): number => chord.bar * BEATS_PER_BAR;

export const BARS: number = tune.length;

/** Held chords under everything, so that no moment is silent. */
export const pad: readonly Note[] = chords.flatMap((chord) =>
  chord.tones.map((midi) => ({ beat: startBeat(chord), beats: chord.beats, midi, velocity: 1 })),
);

export const bass: readonly Note[] = chords.flatMap((chord) =>
  Array.from({ length: chord.beats / 2 }, (_, half) => ({
    beat: startBeat(chord) + 2 * half,
    beats: 2,
    midi: chord.bass,
    velocity: half === 0 ? 1 : 0.7,
  })),
);

export const keys: readonly Note[] = chords.flatMap((chord) => {
  const pattern = arpeggios[Math.floor(chord.bar) % arpeggios.length] ?? [];
  return Array.from({ length: chord.beats * 2 }, (_, eighth) => ({
    beat: startBeat(chord) + eighth / 2,
    beats: 0.5,
    midi: (chord.tones[pattern[eighth] ?? 0] ?? chord.tones[0]) + 12,
    velocity: eighth % 4 === 0 ? 1 : 0.75,
  }));
});

export const melody: readonly Note[] = tune.flatMap((notes, bar) =>
  notes.map(([beat, beats, midi]) => ({ beat: bar * BEATS_PER_BAR + beat, beats, midi, velocity: 1 })),
);
