/** Samples in units of 16 bit, of any array kind. */
export type Samples = ArrayLike<number>;

/** RMS in dB relative to a full-scale sine. */
export function levelDb(samples: Samples, from = 0, to = samples.length): number {
  let energy = 0;
  for (let i = from; i < to; i += 1) energy += ((samples[i] ?? 0) / 32_768) ** 2;
  return 10 * Math.log10((2 * energy) / (to - from) + 1e-12);
}

/** Level of one frequency in dB relative to a full-scale sine; Hann window, so that neighbors do not leak in. */
export function toneDb(samples: Samples, frequency: number, sampleRate: number, from = 0, to = samples.length): number {
  // Both angles grow by turning a pointer on, which costs a tenth of a sine and a cosine each.
  const [tone, hann] = [(2 * Math.PI * frequency) / sampleRate, (2 * Math.PI) / (to - from)];
  const [toneCos, toneSin, hannCos, hannSin] = [Math.cos(tone), Math.sin(tone), Math.cos(hann), Math.sin(hann)];
  let [re, im, x, y, u, v] = [0, 0, 1, 0, 1, 0];
  for (let i = from; i < to; i += 1) {
    const sample = ((samples[i] ?? 0) / 32_768) * (1 - u);
    re += sample * x;
    im += sample * y;
    const [nextX, nextU] = [x * toneCos - y * toneSin, u * hannCos - v * hannSin];
    y = y * toneCos + x * toneSin;
    v = v * hannCos + u * hannSin;
    x = nextX;
    u = nextU;
  }
  return 20 * Math.log10((2 * Math.hypot(re, im)) / (to - from) + 1e-6);
}

/** Frequency of a lone tone by its upward zero crossings. */
export function frequencyOf(samples: Samples, sampleRate: number): number {
  let [first, last, count] = [0, 0, -1];
  for (let i = 1; i < samples.length; i += 1) {
    const [a, b] = [samples[i - 1] ?? 0, samples[i] ?? 0];
    if (a < 0 && b >= 0) {
      last = i - b / (b - a);
      if (count < 0) first = last;
      count += 1;
    }
  }
  return (count * sampleRate) / (last - first);
}

/** Quietest window of so many samples. */
export function quietestDb(samples: Samples, window: number, hop: number): number {
  let quietest = Infinity;
  for (let at = 0; at + window <= samples.length; at += hop) {
    quietest = Math.min(quietest, levelDb(samples, at, at + window));
  }
  return quietest;
}

/** The greatest second difference: small for a smooth wave of low frequencies, great at a step. */
export function sharpestBend(samples: Samples): number {
  let sharpest = 0;
  for (let i = 1; i < samples.length - 1; i += 1) {
    sharpest = Math.max(sharpest, Math.abs((samples[i + 1] ?? 0) - 2 * (samples[i] ?? 0) + (samples[i - 1] ?? 0)));
  }
  return sharpest;
}
