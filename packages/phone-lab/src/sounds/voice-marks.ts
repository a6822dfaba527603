/**
 * Marks of parties, Hz: tones that the lab takes out of its own voices, files and music, so that no party is heard as another.
 * At least 100 Hz apart, none a multiple of another, all inside what a telephone carries.
 */
export const VOICE_MARKS: readonly number[] = Object.freeze([
  440, 600, 760, 900, 1000, 1250, 1400, 1500, 1700, 1900, 2100,
]);

/** How far below a voice its mark sounds, dB: far enough to be no speech to a VAD, loud enough for an ear. */
export const MARK_BELOW_VOICE_DB = 18;
