import { seededRandom } from '../seeded-random.js';
import type { SpeechPart } from './speech-plan.js';
import { renderVoice, type Articulation, type Formants } from './vocal-tract.js';

/** The first two resonances of each vowel lie between the mark bands, which are taken out. */
const vowels: Readonly<Record<string, Formants>> = {
  a: formants(680, 1330, 2500),
  e: formants(520, 1800, 2500),
  i: formants(370, 2000, 2700),
  o: formants(680, 1110, 2450),
  u: formants(350, 1120, 2300),
  y: formants(350, 1800, 2600),
};
const neutral: Formants = formants(500, 1500, 2500);
const nasal: Formants = formants(280, 1100, 2300);

function formants(f1: number, f2: number, f3: number): Formants {
  return [
    [f1, 70],
    [f2, 90],
    [f3, 130],
    [3600, 250],
  ];
}

const silent: Omit<Articulation, 'pitch' | 'formants'> = { voiced: 0, breath: 0, hiss: 0 };

/** Speaks a plan with a voice of its own, which the seed makes; 1 is full scale, the level is not that of the result. */
export function speakPlan(parts: readonly SpeechPart[], sampleRate: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const basePitch = 105 + 38 * random();
  const fallFrom = 1.2 + 1.4 * random();
  const starts: number[] = [];
  let ms = 0;
  for (const part of parts) {
    starts.push(ms);
    ms += part.ms;
  }
  let [index, phraseAt] = [0, 0];
  return renderVoice(ms, sampleRate, seed + 1, (now) => {
    while (index + 1 < parts.length && now >= (starts[index + 1] ?? Infinity)) index += 1;
    const [part, since] = [parts[index], now - (starts[index] ?? 0)];
    if (part?.kind === 'pause' && part.breath) phraseAt = now;
    // The pitch falls at the beginning of a phrase, as in a lone word, then glides up and down.
    const glide = 1 + 0.15 * Math.sin((now - phraseAt) / 280 + fallFrom) + 0.05 * Math.sin((now - phraseAt) / 97);
    const pitch = basePitch * glide;
    if (part?.kind !== 'syllable') return { ...silent, pitch, ...pauseAt(part, since), formants: neutral };
    const before = parts[index - 1];
    const from = part.onset === 'hum' ? nasal : before?.kind === 'syllable' ? vowelOf(before) : neutral;
    return { pitch, ...syllableAt(part, since), formants: between(from, vowelOf(part), since / 90) };
  });
}

type Syllable = Extract<SpeechPart, { readonly kind: 'syllable' }>;

function vowelOf({ vowel }: Syllable): Formants {
  return vowels[vowel] ?? neutral;
}

function pauseAt(part: SpeechPart | undefined, since: number): Partial<Articulation> {
  if (part?.kind !== 'pause' || !part.breath) return {};
  const [from, to] = [part.ms * 0.45, part.ms * 0.85];
  return since < from || since > to ? {} : { breath: 0.012 * Math.sin((Math.PI * (since - from)) / (to - from)) };
}

function syllableAt({ ms, onset, stress }: Syllable, since: number): Omit<Articulation, 'pitch' | 'formants'> {
  const onsetMs = onset === 'none' ? 0 : 40;
  const vowelMs = ms - onsetMs;
  const into = since - onsetMs;
  if (into < 0) {
    if (onset === 'hiss') return { ...silent, hiss: 0.5 * Math.sin((Math.PI * (since + 5)) / (onsetMs + 30)) };
    if (onset === 'hum') return { ...silent, voiced: 0.4 * Math.min(1, since / 20) };
    // The lips are closed, then open.
    return since < 20 ? silent : { ...silent, breath: 0.5, hiss: 0.25 };
  }
  const attack = Math.min(1, (into + 4) / 50);
  const decay = Math.min(1, (vowelMs - into) / 60);
  const voiced = stress * attack * (0.25 + 0.75 * Math.max(0, decay));
  return { voiced, breath: 0.06 * voiced, hiss: 0 };
}

/** Moves from one position of the mouth to another one. */
function between(from: Formants, to: Formants, part: number): Formants {
  const share = Math.min(1, part);
  return to.map(([hz, width], i) => [(from[i]?.[0] ?? hz) * (1 - share) + hz * share, width]);
}
