import { list, type OptionCheck, required, rule, shape, type ShapeFields, string, text } from '@org/support';
import type { BriefingLanguage, BriefingSentenceName } from '../language/briefing-language.js';
import type { ConsentPhrases } from '../language/consent-phrases.js';
import { englishBriefing } from '../language/english.js';

export const sentenceNames = Object.keys(englishBriefing.sentences) as BriefingSentenceName[];

export function forEachSentence(check: OptionCheck): ShapeFields<Record<BriefingSentenceName, unknown>> {
  return Object.fromEntries(sentenceNames.map((name) => [name, check])) as Record<BriefingSentenceName, OptionCheck>;
}

const patterns = list(rule('a regular expression, as a string', isPattern));
const phrases = required(patterns);

const consent: ShapeFields<ConsentPhrases> = {
  yes: phrases,
  no: phrases,
  connect: phrases,
  filler: phrases,
  questions: required(shape({ connect: phrases, more: phrases, presence: phrases })),
};

function isPattern(phrase: unknown): boolean {
  if (typeof phrase !== 'string' || phrase === '') return false;
  try {
    return new RegExp(phrase, 'u').flags === 'u';
  } catch {
    return false;
  }
}

const fields: ShapeFields<BriefingLanguage> = {
  name: required(text),
  caller: required(text),
  assistant: required(text),
  truncationMarker: required(string),
  cardNumber: required(string),
  consent: shape(consent),
  voicemail: patterns,
  screening: patterns,
  queue: patterns,
  menu: patterns,
  moment: patterns,
  sentences: required(shape(forEachSentence(required(string)))),
};

export const language: OptionCheck = shape(fields, 'a language, such as a translated copy of `englishBriefing`');
