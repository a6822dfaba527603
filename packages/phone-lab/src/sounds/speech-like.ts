import { partySound, type PartySound } from './party-sound.js';
import { speakPlan } from './speak-plan.js';
import { speechPlan } from './speech-plan.js';

export interface SpeechLikeOptions extends PartySound {
  /** The seed of the voice: another one has another pitch and tempo. Default 1. */
  readonly seed?: number | undefined;
}

/**
 * Speech-like sound for the words: about 0.2 s for each syllable, vowels as they are written, short breaks between words,
 * and 0.75 s or more with a breath after a sentence. A VAD takes it for speech; no recognizer makes words of it. The same words
 * and options give the same samples.
 */
export function speechLike(words: string, sampleRate: number, options: SpeechLikeOptions = {}): Int16Array {
  const { seed = 1, ...sound } = options;
  return partySound(speakPlan(speechPlan(words, seed), sampleRate, seed), sampleRate, sound);
}
