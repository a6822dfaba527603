import { seededRandom } from '../../src/faults/seeded-random.js';
import { dbfsToAmplitude, samplesIn } from '../../src/tones.js';

/** Half of the width, Hz, of what is left out around each mark. */
const notchHz = 75;

/**
 * A sound like speech: harmonics of a gliding pitch, formed by resonances that change with each syllable, and pauses. It
 * has nothing within 75 Hz of the marks, and the wanted level while it sounds. The same seed makes the same sound.
 */
export function speechLike(
  ms: number,
  sampleRate: number,
  marks: readonly number[],
  seed = 1,
  levelDbfs = -20,
): Int16Array {
  const random = seededRandom(seed);
  const samples = new Float64Array(samplesIn(ms, sampleRate));
  let [start, sounding] = [0, 0];
  let phase = 0;
  while (start < samples.length) {
    const length = samplesIn(150 + 150 * random(), sampleRate);
    const [pitch, glide] = [95 + 110 * random(), 0.4 * (random() - 0.5)];
    const formants = [300 + 500 * random(), 900 + 1300 * random(), 2300 + 900 * random()];
    const last = Math.min(samples.length, start + length);
    for (let i = start; i < last; i += 1) {
      const part = (i - start) / length;
      const hz = pitch * (1 + glide * part);
      phase += (2 * Math.PI * hz) / sampleRate;
      const envelope = Math.min(1, part * 8, (1 - part) * 6);
      for (let k = 1; k * hz < 3400; k += 1) {
        if (marks.some((mark) => Math.abs(mark - k * hz) < notchHz)) continue;
        const strength = formants.reduce(
          (sum, formant, f) => sum + 1 / (1 + ((k * hz - formant) / 70) ** 2) / (f + 1),
          0.01,
        );
        samples[i] = (samples[i] ?? 0) + envelope * strength * Math.sin(k * phase);
      }
    }
    sounding += last - start;
    start = last + (random() < 0.15 ? samplesIn(200 + 500 * random(), sampleRate) : 0);
  }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sounding);
  const gain = (dbfsToAmplitude(levelDbfs) * 32_767) / Math.sqrt(2 * power);
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))));
}
