/** Brings mono samples to another rate by linear interpolation: good for tones and speech well below half of the lower rate. */
export function resamplePcm(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm;
  return Int16Array.from({ length: Math.floor((pcm.length * to) / from) }, (_, i) => {
    const position = (i * from) / to;
    const before = Math.floor(position);
    const [a, b] = [pcm[before] ?? 0, pcm[before + 1] ?? pcm[before] ?? 0];
    return Math.round(a + (b - a) * (position - before));
  });
}
