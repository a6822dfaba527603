import { PhoneLabError } from '../phone-lab-error.js';
import { validateLineOptions } from '../line/line-options.js';
import { espeakPath } from './espeak-ng.js';
import type { PhoneOptions, SpeechOptions } from './phone.js';

/** The band of telephony codecs, Hz. */
const [lowest, highest] = [100, 3400];

/** @throws PhoneLabError `invalid-option` for options that the phone cannot honor */
export function checkPhoneOptions(options: PhoneOptions): void {
  checkFrequency('voice', options.voice);
  for (const [word, frequency] of Object.entries(options.vocabulary ?? {}))
    checkFrequency(`vocabulary.${word}`, frequency);
  validateLineOptions(options.line ?? {});
  if (options.speech) checkSpeech(options.speech);
}

const kindsOfWords: readonly unknown[] = ['syllables', 'espeak-ng', 'auto'];

function checkSpeech({ words, seed, levelDbfs }: SpeechOptions): void {
  if (words !== undefined && !kindsOfWords.includes(words)) {
    throw new PhoneLabError(
      'invalid-option',
      `speech.words must be ${kindsOfWords.join(', ')}, not ${words as string}`,
    );
  }
  if (words === 'espeak-ng' && espeakPath() === undefined) {
    throw new PhoneLabError(
      'invalid-option',
      'speech.words is espeak-ng, and no espeak-ng is on the PATH; install it, or take auto or syllables',
    );
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new PhoneLabError('invalid-option', `speech.seed must be a whole number, not ${seed}`);
  }
  checkSpeechLevel('speech.levelDbfs', levelDbfs);
}

/** Rejects a level that no speech has. */
export function checkSpeechLevel(name: string, levelDbfs: number | undefined): void {
  if (levelDbfs === undefined || (levelDbfs >= -50 && levelDbfs <= -6)) return;
  throw new PhoneLabError('invalid-option', `${name} must be -50 to -6 dBFS, not ${levelDbfs}`);
}

function checkFrequency(name: string, frequency: number | undefined): void {
  if (frequency === undefined || (frequency >= lowest && frequency <= highest)) return;
  throw new PhoneLabError(
    'invalid-option',
    `${name} must be a frequency from ${lowest} to ${highest} Hz, not ${frequency}`,
  );
}
