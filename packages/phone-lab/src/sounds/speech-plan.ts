import { seededRandom } from '../seeded-random.js';

/** How a syllable begins. */
type Onset = 'none' | 'hiss' | 'burst' | 'hum';

/** One syllable, or what lies between two. */
export type SpeechPart =
  | {
      readonly kind: 'syllable';
      readonly ms: number;
      readonly onset: Onset;
      readonly vowel: string;
      readonly stress: number;
    }
  /** `breath` is heard, very softly, in a pause that is long enough. */
  | { readonly kind: 'pause'; readonly ms: number; readonly breath: boolean };

/** A syllable: its onset and its vowel. */
const syllable = /([^aeiouy]*(?:y(?=[aeiou]))?)([aeiouy]+)/g;

/** People breathe after so many words at the latest. */
const wordsOfOneBreath = 12;

/** The last syllable of a phrase is longer. */
const finalLengthening = 1.8;

const onsets: readonly (readonly [Onset, RegExp])[] = [
  ['hiss', /[cfhsvxz]/],
  ['burst', /[bdgkpqt]/],
  ['hum', /[jlmnrwy]/],
];

/**
 * How words are spoken: a syllable for each group of vowels, a short break between words and at a comma, and a pause with a
 * breath after a sentence. The same words and seed make the same plan.
 */
export function speechPlan(words: string, seed: number): SpeechPart[] {
  const random = seededRandom(seed);
  const parts: SpeechPart[] = [];
  const phrases = phrasesOf(words);
  for (const [i, phrase] of phrases.entries()) {
    if (i > 0) parts.push({ kind: 'pause', ms: 750 + 150 * random(), breath: true });
    for (const [at, word] of phrase.entries()) {
      if (at > 0)
        parts.push({ kind: 'pause', ms: phrase[at - 1]?.endsWith(',') ? 90 : 30 + 30 * random(), breath: false });
      const syllables = syllablesOf(word);
      for (const [which, { onset, vowel }] of syllables.entries()) {
        const isLast = at === phrase.length - 1 && which === syllables.length - 1;
        const ms = (200 + 50 * random()) * (isLast ? finalLengthening : 1);
        parts.push({ kind: 'syllable', ms, onset, vowel, stress: 0.8 + 0.2 * random() });
      }
    }
  }
  return parts;
}

function phrasesOf(words: string): string[][] {
  const sentences = words
    .split(/[.!?;:\n]+/)
    .map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));
  return sentences.flatMap((sentence) =>
    Array.from({ length: Math.ceil(sentence.length / wordsOfOneBreath) }, (_, i) =>
      sentence.slice(i * wordsOfOneBreath, (i + 1) * wordsOfOneBreath),
    ),
  );
}

/** A word without a vowel, such as a number or a name in letters, has one syllable for every two characters. */
function syllablesOf(word: string): { readonly onset: Onset; readonly vowel: string }[] {
  const letters = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');
  // An e at the end is mute, unless it is the only vowel.
  const spoken = /[aeiouy].*[^aeiouy]e$/.test(letters) ? letters.slice(0, -1) : letters;
  const found = [...spoken.matchAll(syllable)].map(([, before = '', vowels = '']) => ({
    onset: onsetOf(before),
    vowel: vowels.charAt(0),
  }));
  if (found.length > 0) return found;
  return Array.from({ length: Math.ceil(letters.length / 2) }, (_, i) => ({
    onset: 'burst',
    vowel: 'aeio'.charAt(i % 4),
  }));
}

function onsetOf(consonants: string): Onset {
  return onsets.find(([, letters]) => letters.test(consonants))?.[0] ?? 'none';
}
