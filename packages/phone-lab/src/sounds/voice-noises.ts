import { renderVoice, type Articulation, type Formants } from './vocal-tract.js';

const closedMouth: Formants = [
  [270, 60],
  [1050, 150],
  [2300, 200],
  [3500, 300],
];
const openMouth: Formants = [
  [650, 120],
  [1300, 150],
  [2500, 200],
  [3600, 300],
];

const silent: Omit<Articulation, 'pitch' | 'formants'> = { voiced: 0, breath: 0, hiss: 0 };

/** "Mm-hm": two hums with closed lips, the second one higher; 0.5 s. */
export function mmHmSound(sampleRate: number, seed: number): Float64Array {
  return renderVoice(500, sampleRate, seed, (ms) => {
    const part = ms / 500;
    const pitch = 110 + 30 * part;
    if (ms < 210) return { ...silent, voiced: hum(ms, 210), pitch, formants: closedMouth };
    if (ms < 270) return { ...silent, breath: 0.1, pitch, formants: closedMouth };
    return { ...silent, voiced: hum(ms - 270, 230), pitch: pitch * 1.15, formants: closedMouth };
  });
}

/** A cough: two bursts of breath, the second one longer, with little voice; 0.6 s. */
export function coughSound(sampleRate: number, seed: number): Float64Array {
  return renderVoice(600, sampleRate, seed, (ms) => {
    const [since, length] = ms < 220 ? [ms, 160] : [ms - 220, 380];
    const force = since > length ? 0 : Math.min(1, since / 8) * Math.exp((-4 * since) / length);
    return {
      voiced: 0.15 * force,
      breath: 3 * force,
      hiss: 0.6 * force,
      pitch: 130 - 60 * (since / length),
      formants: openMouth,
    };
  });
}

/** How loud a hum of this length is. */
function hum(since: number, ms: number): number {
  return Math.sin((Math.PI * since) / ms) ** 0.5;
}
