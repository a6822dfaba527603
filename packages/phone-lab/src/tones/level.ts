/** Lowest level that is reported; silence has no logarithm. */
export const SILENCE_DBFS = -120;

/** Level of an amplitude where 1 is full scale. */
export function amplitudeToDbfs(amplitude: number): number {
  return Math.max(20 * Math.log10(Math.max(amplitude, 1e-9)), SILENCE_DBFS);
}

/** Amplitude, 1 being full scale, of a level. */
export function dbfsToAmplitude(dbfs: number): number {
  return 10 ** (dbfs / 20);
}

/** Level of samples such that a full-scale sine is 0 dBFS; -120 for silence and for no samples. */
export function levelDbfs(pcm: Int16Array): number {
  if (pcm.length === 0) return SILENCE_DBFS;
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return amplitudeToDbfs(Math.sqrt((2 * sum) / pcm.length) / 32_768);
}
