/** The sound of one instrument of the built-in clip. */
export interface Instrument {
  /** Loudness in the mix. */
  readonly gain: number;
  /** Amplitudes of the fundamental and its overtones. */
  readonly partials: readonly number[];
  readonly attackMs: number;
  /** Milliseconds in which a held note falls to 1/e; `Infinity` for a sustained one. */
  readonly decayMs: number;
  /** Milliseconds of the fade after the note. */
  readonly releaseMs: number;
  /** Relative detuning of a second oscillator against the first; 0 for one oscillator only. */
  readonly detune: number;
}

export const padInstrument: Instrument = {
  gain: 0.1,
  partials: [1, 0.35, 0.15],
  attackMs: 350,
  decayMs: Infinity,
  releaseMs: 500,
  detune: 0.0012,
};

/** Overtones carry the bass: a telephone cuts its fundamental off. */
export const bassInstrument: Instrument = {
  gain: 0.14,
  partials: [1, 0.7, 0.4, 0.2, 0.1],
  attackMs: 25,
  decayMs: 1400,
  releaseMs: 250,
  detune: 0,
};

export const keysInstrument: Instrument = {
  gain: 0.11,
  partials: [1, 0.25, 0.08],
  attackMs: 14,
  decayMs: 500,
  releaseMs: 350,
  detune: 0,
};

export const melodyInstrument: Instrument = {
  gain: 0.2,
  partials: [1, 0.15],
  attackMs: 25,
  decayMs: 1800,
  releaseMs: 300,
  detune: 0.0006,
};
