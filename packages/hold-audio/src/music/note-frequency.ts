/** Frequency in Hz of a MIDI note number, equal temperament, A4 = 440 Hz. */
export const noteFrequency = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);
