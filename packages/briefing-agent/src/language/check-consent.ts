import { BriefingError } from '../briefing-error.js';
import type { ConsentPhrases } from './consent-phrases.js';

/** Refuses phrases that cannot be read. @throws BriefingError `invalid-option` */
export function checkConsent(consent: ConsentPhrases | undefined): void {
  if (consent === undefined) return;
  const { questions, yes, no, connect, filler } = consent;
  const { connect: connectQuestions, more, presence } = questions ?? {};
  const lists = {
    yes,
    no,
    connect,
    filler,
    'questions.connect': connectQuestions,
    'questions.more': more,
    'questions.presence': presence,
  };
  for (const [name, phrases] of Object.entries(lists)) {
    if (!Array.isArray(phrases) || !phrases.every(isPattern)) {
      throw new BriefingError(
        'invalid-option',
        `language.consent.${name} must be a list of regular expressions as text`,
      );
    }
  }
}

function isPattern(phrase: unknown): boolean {
  if (typeof phrase !== 'string' || phrase === '') return false;
  try {
    return new RegExp(phrase, 'u').flags === 'u';
  } catch {
    return false;
  }
}
