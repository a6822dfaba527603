import { amplitudeAt, windowed } from './amplitude-at.js';
import { detectTonesIn } from './detect-tones.js';
import { samplesIn } from './tone-generator.js';

/** The telephone band, Hz, and how finely it is searched. */
const [lowest, highest, stepHz] = [100, 3400, 10];

const windowMs = 100;

/** Share of a window's power that a tone makes up at least; noise has peaks too, but none of this size. */
const leastShare = 0.05;

/** Two peaks that are closer than this are one tone. */
const apartHz = 50;

/** A search looks at no more windows than this, spread over the samples. */
const windowLimit = 40;

/** The frequencies that sound, not knowing what to look for: those that fill the most windows, to 10 Hz. */
export function prominentTones(pcm: Int16Array, sampleRate: number, atMost: number): number[] {
  const size = samplesIn(windowMs, sampleRate);
  const windows = Math.floor(pcm.length / size);
  const every = Math.max(1, Math.ceil(windows / windowLimit));
  const counts = new Map<number, number>();
  for (let i = 0; i < windows; i += every) {
    for (const tone of tonesOf(pcm.subarray(i * size, (i + 1) * size), sampleRate)) {
      const known = [...counts.keys()].find((other) => Math.abs(other - tone) < apartHz) ?? tone;
      counts.set(known, (counts.get(known) ?? 0) + 1);
    }
  }
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  return byCount.slice(0, atMost).map(([frequency]) => frequency);
}

function tonesOf(pcm: Int16Array, sampleRate: number): number[] {
  const samples = windowed(pcm);
  const spectrum = Array.from({ length: (highest - lowest) / stepHz + 1 }, (_, i) => {
    const frequency = lowest + i * stepHz;
    return { frequency, amplitude: amplitudeAt(samples, sampleRate, frequency) };
  });
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const peaks = spectrum.filter(({ amplitude }, i) => {
    const beside = Math.max(spectrum[i - 1]?.amplitude ?? 0, spectrum[i + 1]?.amplitude ?? 0);
    // A Hann window of mean 1 shows three quarters of a tone's amplitude squared as its power.
    return 0.75 * amplitude ** 2 >= leastShare * power && amplitude >= beside;
  });
  const frequencies = peaks.map(({ frequency }) => frequency);
  return detectTonesIn(samples, sampleRate, frequencies).map(({ frequency }) => frequency);
}
