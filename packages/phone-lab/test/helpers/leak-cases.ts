import { findFaintTones } from '../../src/tones/find-faint-tones.js';
import { EAR_SAMPLE_RATE } from '../../src/index.js';
import { joinPcm, mixPcm, samplesIn, silencePcm, toneBurst } from '../../src/tones.js';
import { seededRandom } from '../../src/faults/seeded-random.js';
import { speechLike } from './speech-like.js';
import { cut, type Heard } from './through-opus.js';

const rate = 48_000;

/** The mark of the party that must not be heard, and two more that nobody has; Hz. */
const mark = 1000;
const marks: readonly number[] = [mark, 1400, 1700];

/** Silence before and after each leak, long enough for the time that the sound is on its way. */
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
  if (beside === 'voice') return speechLike(ms, rate, marks, 7);
  for (let at = 0, i = 0; at < ms; i += 1) {
    const piece =
      beside === 'music'
        ? toneBurst(chords[i % 3] ?? [], 330, rate, { levelDbfs: -26 })
        : joinPcm(
            toneBurst([600], [300, 1000, 450, 2000][i % 4] ?? 0, rate),
            silencePcm([300, 250, 700][i % 3] ?? 0, rate),
          );
    pieces.push(piece);
    at += (piece.length * 1000) / rate;
  }
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
    // What is sent is heard 50 to 250 ms later, on a busy machine 600 ms.
    const from = (i % times) * everyMs + aroundMs * 0.9 * random();
    const phase = cut(heard, from, (i % times) * everyMs + aroundMs + ms + 600 + 90 * random());
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
