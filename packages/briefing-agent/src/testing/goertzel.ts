/**
 * Returns the power of one frequency in a window of samples, as a share of a full-scale sine (1 = full scale).
 *
 * Windows of 20 ms separate frequencies that are 50 Hz or a multiple of it apart, without leakage.
 */
export function tonePower(samples: Int16Array, sampleRate: number, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const current = sample / 32_768 + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const energy = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  return energy / (samples.length / 2) ** 2;
}
