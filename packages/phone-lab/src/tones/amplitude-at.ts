const hannWindows = new Map<number, Float64Array>();

/** A Hann window of the length, scaled so that its mean is 1. */
function hannWindow(length: number): Float64Array {
  const known = hannWindows.get(length);
  if (known) return known;
  const window = Float64Array.from({ length }, (_, i) => 1 - Math.cos((2 * Math.PI * (i + 0.5)) / length));
  hannWindows.set(length, window);
  return window;
}

/** Samples under a Hann window, ready for {@link amplitudeAt}; 1 is full scale. */
export function windowed(pcm: Int16Array): Float64Array {
  const window = hannWindow(pcm.length);
  return Float64Array.from(pcm, (sample, i) => (sample / 32_768) * (window[i] ?? 0));
}

/** Amplitude (1 is full scale) of one frequency in windowed samples, by Goertzel's recurrence; any frequency, not only whole bins. */
export function amplitudeAt(samples: Float64Array, sampleRate: number, frequency: number): number {
  const omega = (2 * Math.PI * frequency) / sampleRate;
  const coefficient = 2 * Math.cos(omega);
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const next = (samples[i] ?? 0) + coefficient * last - beforeLast;
    beforeLast = last;
    last = next;
  }
  const power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
  return (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
}
