import { seededRandom } from '../seeded-random.js';

/** How the mouth stands: center and width of its resonances, Hz. */
export type Formants = readonly (readonly [hz: number, width: number])[];

/** The state of the voice at one moment. */
export interface Articulation {
  /** Pitch, Hz. */
  readonly pitch: number;
  /** How loud the vocal cords are, 0 to 1. */
  readonly voiced: number;
  /** How loud breath is that passes the whole mouth, 0 to 1. */
  readonly breath: number;
  /** How loud breath is that hisses at the teeth, 0 to 1. */
  readonly hiss: number;
  readonly formants: Formants;
}

/** How often the articulation is looked at. */
const stepMs = 4;

/** Part of a period in which the vocal cords are open. */
const openPart = 0.6;

/**
 * A voice by source and filter: pulses of vocal cords and noise of breath through a chain of resonances, which move with
 * the articulation. Deterministic by seed. The level is about that of the articulation, 1 being full scale.
 */
export function renderVoice(
  ms: number,
  sampleRate: number,
  seed: number,
  at: (ms: number) => Articulation,
): Float64Array {
  const random = seededRandom(seed);
  const noise = (): number => 2 * random() - 1;
  const samples = new Float64Array(Math.round((ms * sampleRate) / 1000));
  const step = Math.round((stepMs * sampleRate) / 1000);
  const chain: Resonance[] = [];
  const teeth = new Resonance();
  let [phase, flow, jitter] = [0, 0, 0];
  for (let start = 0; start < samples.length; start += step) {
    const now = at((start * 1000) / sampleRate);
    for (const [i, [hz, width]] of now.formants.entries()) (chain[i] ??= new Resonance()).tune(hz, width, sampleRate);
    teeth.tune(4500, 1800, sampleRate);
    for (let i = start; i < Math.min(start + step, samples.length); i += 1) {
      phase += (now.pitch * (1 + jitter)) / sampleRate;
      if (phase >= 1) [phase, jitter] = [phase - 1, 0.015 * noise()];
      const next = cordFlow(phase);
      let sound =
        8 * now.voiced * (next - flow) * (sampleRate / 48_000) * (120 / now.pitch) + 0.1 * now.breath * noise();
      flow = next;
      for (const resonance of chain) sound = resonance.next(sound);
      samples[i] = sound + teeth.next(0.5 * now.hiss * noise());
    }
  }
  return samples;
}

/** Air through the vocal cords (Rosenberg), at a part of the period. */
function cordFlow(phase: number): number {
  if (phase >= openPart) return 0;
  const part = phase / openPart;
  return part * part * (1 - part) * 6.75;
}

/** Two poles with gain 1 at 0 Hz, or for noise, near enough. */
class Resonance {
  #b = 0;
  #c = 0;
  #y1 = 0;
  #y2 = 0;

  tune(hz: number, width: number, sampleRate: number): void {
    const radius = Math.exp((-Math.PI * width) / sampleRate);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos((2 * Math.PI * hz) / sampleRate);
  }

  next(x: number): number {
    const y = (1 - this.#b - this.#c) * x + this.#b * this.#y1 + this.#c * this.#y2;
    [this.#y2, this.#y1] = [this.#y1, y];
    return y;
  }
}
