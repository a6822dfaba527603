import { describe, expect, it } from 'vitest';
import * as languages from '../../src/index.ts';
import { ConsentReader } from '../../src/language/consent-reader.ts';
import { englishBriefing, frenchBriefing, germanBriefing, type Phrases, spanishBriefing } from './phrases.ts';

const tables = {
  English: languages.englishBriefing,
  German: languages.germanBriefing,
  Spanish: languages.spanishBriefing,
  French: languages.frenchBriefing,
};
const readerOf = (language: string): ConsentReader =>
  new ConsentReader(tables[language as keyof typeof tables].consent);

describe.each<Phrases>([englishBriefing, germanBriefing, spanishBriefing, frenchBriefing])(
  'answers in $language',
  ({ language, yes, no, neither }) => {
    const reader = readerOf(language);

    it('are forty, all of them different', () => {
      expect(new Set([...yes, ...no, ...neither]).size).toBe(40);
    });

    it.each(yes)('read a yes in "%s"', (words) => {
      expect(reader.read(words)).toMatch(/^(?:yes|connect)$/);
    });

    it.each(no)('read a no in "%s"', (words) => {
      expect(reader.read(words)).toBe('no');
    });

    it.each(neither)('read neither in "%s"', (words) => {
      expect(reader.read(words)).toBe('neither');
    });
  },
);

describe('a question of the agent', () => {
  it.each([
    ['English', 'Jane Doe is on the line. May I connect you?', 'connect'],
    ['English', 'Will you take the call?', 'connect'],
    ['English', 'Would you like to speak with her now?', 'connect'],
    ['English', 'Do you want me to put her through?', 'connect'],
    ['English', 'Anything else, or shall I connect you?', 'more'],
    ['English', 'Do you have any questions before I connect you?', 'more'],
    ['English', 'Hello? Is somebody there?', 'presence'],
    ['English', 'Hello, is this Ann Miller?', 'presence'],
    ['English', 'Is this Ann Miller? May I connect you?', 'connect'],
    ['English', 'This is the assistant of Acme.', 'other'],
    ['English', 'Is now a good time?', 'question'],
    ['English', 'Would you mind taking the call?', 'more'],
    ['German', 'Darf ich Sie mit Frau Doe verbinden?', 'connect'],
    ['German', 'Nehmen Sie das Gespräch an?', 'connect'],
    ['German', 'Möchten Sie noch etwas wissen?', 'more'],
    ['German', 'Hallo? Ist da jemand?', 'presence'],
    ['Spanish', '¿Le paso la llamada?', 'connect'],
    ['Spanish', '¿Quiere que le pase a la señora Doe?', 'connect'],
    ['Spanish', '¿Algo más que quiera saber?', 'more'],
    ['Spanish', '¿Hay alguien ahí?', 'presence'],
    ['French', 'Puis-je vous la passer ?', 'connect'],
    ['French', "Voulez-vous prendre l'appel ?", 'connect'],
    ['French', 'Avez-vous des questions ?', 'more'],
    ['French', "Allô ? Il y a quelqu'un ?", 'presence'],
  ])('%s: "%s" is about %s', (language, text, question) => {
    expect(readerOf(language).questionIn(text)).toBe(question);
  });

  it.each(Object.values(tables))(
    '$name: the greeting and the keys ask to connect, and "hello?" whether they are there',
    ({ name, sentences }) => {
      const reader = readerOf(name);
      expect(reader.questionIn(sentences.greeting.replace('{keys}', sentences.keys))).toBe('connect');
      expect(reader.questionIn(sentences.areYouThere)).toBe('presence');
    },
  );
});

describe('a language of the user', () => {
  it('may have empty lists', () => {
    const questions = { connect: ['mag ik'], more: [], presence: [] };
    const reader = new ConsentReader({ yes: ['ja'], no: ['nee'], connect: [], filler: [], questions });
    expect([reader.read('Ja.'), reader.read('Nee.'), reader.questionIn('Mag ik?')]).toEqual(['yes', 'no', 'connect']);
  });
});

describe('a language without phrases', () => {
  it('reads every answer as neither', () => {
    const reader = new ConsentReader(undefined);
    expect([reader.read('yes'), reader.read('no'), reader.questionIn('May I connect you?')]).toEqual([
      'neither',
      'neither',
      'question',
    ]);
  });
});
