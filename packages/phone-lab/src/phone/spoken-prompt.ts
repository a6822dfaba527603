import { PhoneLabError } from '../phone-lab-error.js';
import { joinPcm, silencePcm, toneBurst } from '../tones/tone-generator.js';
import { toneWord, type Vocabulary } from '../tones/tone-words.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';

/** The prompt of a voicemail or menu: words of the phone's vocabulary, or mono samples. */
export type SpokenPrompt = readonly string[] | { readonly pcm: Int16Array; readonly sampleRate: number };

/** Something like speech, for prompts whose words do not matter: three bursts of 440 Hz, 1.2 s in all. */
export function plainPrompt(): SpokenPrompt {
  const word = toneBurst([440], 300, LINE_VOICE_RATE);
  const gap = silencePcm(100, LINE_VOICE_RATE);
  return { pcm: joinPcm(word, gap, word, gap, word, gap), sampleRate: LINE_VOICE_RATE };
}

/** Says a prompt as one piece, which `quiet()` ends; resolves when all was said. */
export type Speak = (prompt: SpokenPrompt) => Promise<void>;

/** The samples of each word as a speaker says it. Throws `misuse` for a word that is not in the vocabulary. */
export function spokenWords(
  { vocabulary, voice }: { readonly vocabulary: Vocabulary; readonly voice: number | undefined },
  words: readonly string[],
): Int16Array[] {
  return words.map((word) => {
    const frequency = vocabulary[word];
    if (frequency !== undefined) return toneWord(frequency, LINE_VOICE_RATE, voice === undefined ? {} : { voice });
    const known = Object.keys(vocabulary).join(', ') || 'none';
    throw new PhoneLabError('misuse', `"${word}" is not in the vocabulary; known words: ${known}`);
  });
}
