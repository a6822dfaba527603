import { findFaintTones } from '../../src/tones/find-faint-tones.js';
import { EAR_SAMPLE_RATE } from '../../src/index.js';
import { joinPcm, mixPcm, samplesIn, silencePcm, speechLike, toneBurst } from '../../src/tones.js';
import { seededRandom } from '../../src/seeded-random.js';
import { cut, type Heard } from './through-opus.js';

const rate = 48_000;

/** The mark of the party that must not be heard, and two more that nobody has; Hz. */
const mark = 1000;
const marks: readonly number[] = [mark, 1400, 1700];

/** A phrase of two breaths, about 8 s, of a person whose own mark is another one. */
const phrase = 'I would like to know where the parcel is that my brother in Hampshire sent to me before the holidays';
const speakerMark = 600;

/** Silence before and after each leak. */
const aroundMs = 700;

export type Beside = 'silence' | 'tone' | 'music' | 'voice';

/** What other parties may sound like in a track, at -20 dBFS. */
export function besides(beside: Beside, ms: number): Int16Array {
  const pieces: Int16Array[] = [];
  const chords = [
    [262, 330, 392, 523],
    [294, 349, 440, 587],
    [392, 494, 587, 784],
  ];
  if (beside === 'silence') return silencePcm(ms, rate);
  const piece = (i: number): Int16Array => {
    if (beside === 'voice') return speechLike(phrase, rate, { seed: i, mark: speakerMark });
    if (beside === 'music') return toneBurst(chords[i % 3] ?? [], 330, rate, { levelDbfs: -26 });
    const pauseMs = [300, 250, 700][i % 3] ?? 0;
    return joinPcm(toneBurst([600], [300, 1000, 450, 2000][i % 4] ?? 0, rate), silencePcm(pauseMs, rate));
  };
  for (let at = 0, i = 0; at < samplesIn(ms, rate); i += 1) at += pieces[pieces.push(piece(i)) - 1]?.length ?? 0;
  return joinPcm(...pieces).subarray(0, samplesIn(ms, rate));
}

export interface LeakCase {
  readonly beside: Beside;
  readonly levelDbfs: number;
  readonly ms: number;
}

/** The leak so many times, each with silence around it, beside what else sounds. */
export function leakTrack({ beside, levelDbfs, ms }: LeakCase, times: number): Int16Array {
  const leak = joinPcm(
    silencePcm(aroundMs, rate),
    toneBurst([mark], ms, rate, { levelDbfs }),
    silencePcm(aroundMs, rate),
  );
  const leaks = joinPcm(...Array.from({ length: times }, () => leak));
  return mixPcm(besides(beside, (leaks.length * 1000) / rate), leaks);
}

/** In how many of so many alignments the leak was found: each phase holds one of the leaks, and begins at a moment of its own. */
export function countFound({ ms }: LeakCase, heard: Heard, times: number, alignments: number): number {
  const random = seededRandom(1);
  const everyMs = ms + 2 * aroundMs;
  return Array.from({ length: alignments }, (_, i) => {
    // What a busy machine holds up for less than 0.28 s is still in its phase.
    const from = (i % times) * everyMs + aroundMs * 0.6 * random();
    const phase = cut(heard, from, (i % times) * everyMs + aroundMs * (1.4 + 0.6 * random()) + ms);
    return findFaintTones(phase, EAR_SAMPLE_RATE, [mark]);
  }).filter((found) => found.length > 0).length;
}

/** In how many of so many phases without any leak, of 0.2 to 3 s, one of the marks was found. */
export function countFalseAlarms(heard: readonly Heard[], ms: number, phases: number): number {
  const random = seededRandom(2);
  return Array.from({ length: phases }, (_, i) => {
    const from = (ms - 3000) * random();
    const [one] = heard.slice(i % heard.length);
    if (one === undefined) throw new Error('there is no recording');
    return findFaintTones(cut(one, from, from + 200 + 2800 * random()), EAR_SAMPLE_RATE, marks);
  }).filter((found) => found.length > 0).length;
}
