import { describe, expect, it } from 'vitest';
import { type Act, play, type PlaySettings, they, type Utterance } from '../support/play-opening.ts';

type Expected = readonly (readonly [Act, number])[];

const GREETING = 'You have reached the voicemail of Ann Miller. Please leave a message after the tone.';

type Course = readonly [title: string, line: readonly Utterance[], said: Expected, settings?: PlaySettings];

const courses: readonly Course[] = [
  ['a line without a word', [], [['headline', 0.8]]],
  ['a line without a word, in a drop-in task', [], [['headline', 3]], { speakAfterMs: 3000 }],
  ['"Hello?"', [they(0.3, 0.8, 'Hello?')], [['headline', 1.42]]],
  ['a hello while it still rang', [they(-0.9, -0.2, 'Hello?')], [['headline', 0.42]]],
  ['an announcement while it rang', [they(-8, -4, 'Please hold while we connect you.')], [['headline', 0.8]]],
  ['a hello across the answer', [they(-0.3, 0.4, 'Hello?')], [['headline', 1.02]]],
  ['a company and a name', [they(0.5, 3.2, 'Acme support, this is Ann speaking, how can I help?')], [['headline', 3.82]]],
  ['a name with a final that is 1.4 s late', [they(0.5, 1.2, 'Miller.', 1.4)], [['headline', 2.62]]],
  ['a name whose final cuts us off', [they(0.5, 1.2, 'Miller.', 1.8)], [['headline', 2.7], ['headline', 3.02]]],
  ['a cough', [they(0.2, 0.4)], [['headline', 1.9]]],
  ['two utterances with a breath between', [they(0.3, 1, 'Acme.'), they(1.2, 2, 'Ann Miller.')], [['headline', 2.62]]],
  ['a turn that a detector holds open for 1 s', [they(0.3, 1, 'Yes, um.')], [['headline', 2.02]], { turnAfter: 1 }],
  ['words alone, without a VAD', [they(0.1, 0.3, 'Hello?', 0.3)], [['headline', 0.82]], { sttReportsSpeechStart: false }],
  ['a long greeting of a person, who is there', [they(0.3, 5.3, 'Good morning, thank you for calling Acme Insurance, claims department, Ann Miller speaking.'), they(8, 8.4, 'Yes?')], [['areYouThere', 5.92], ['headline', 9.02]]],
  ['a long greeting, and silence after it', [they(0.3, 5.3, 'Welcome to Acme. Our office hours are nine to five.')], [['areYouThere', 5.92]]],
  ['a voicemail greeting, then silence', [they(0.3, 5.3, GREETING)], [['areYouThere', 5.92], ['voicemail', 11.12]]],
  ['a short voicemail greeting with its beep', [they(0.3, 2.4, 'This is Ann, leave a message.'), they(3.2, 3.7)], [['areYouThere', 3.02], ['voicemail', 9.2]]],
  ['a voicemail greeting that was not understood', [they(0.3, 5.3), they(7.2, 7.5)], [['areYouThere', 6.8]]],
  ['a voicemail greeting in two parts', [they(0.3, 4.3, 'Hi, this is Ann Miller at Acme, I am sorry that I missed you.'), they(5.5, 8, 'Please leave a message after the beep.')], [['areYouThere', 4.92], ['voicemail', 12.62]]],
  ['a voicemail greeting that pauses after the name', [they(0.3, 1.2, 'Hi, this is Ann Miller.'), they(2.9, 6, 'I am not here. Please leave a message.')], [['headline', 1.82], ['areYouThere', 6.62], ['voicemail', 11.82]]],
  ['a person who breaks in with a yes', [they(0.3, 1.2, 'Ann Miller.'), they(2.9, 4, 'Yes, put her through.')], [['headline', 1.82]]],
  ['a greeting with voicemail words, by a person', [they(0.3, 3, 'Voicemail support, Ann speaking.'), they(5.5, 6.5, "Yes, I'm here.")], [['areYouThere', 3.62], ['headline', 7.12]]],
]; // prettier-ignore

describe('the opening says at the right time to', () => {
  it.each(courses.map((course) => [course[0], course] as const))('%s', (_, [, line, said, settings]) => {
    expect(rounded(play(line, settings).said)).toEqual(said);
  });
});

const onQuietLines: readonly Course[] = [
  ['"Hello?"', [they(0.3, 0.8, 'Hello?')], [['headline', 1.1]]],
  ['a name with a late final, whose turn a detector holds open', [they(0.5, 1.2, 'Miller.', 1.6)], [['headline', 1.5], ['headline', 3.82]], { turnAfter: 2.6 }],
  ['"Hello?" whose words come after 1 s', [they(0.3, 0.8, 'Hello?', 1)], [['headline', 1.1]]],
  ['a company and a name', [they(0.5, 3.2, 'Acme support, this is Ann speaking, how can I help?')], [['headline', 3.5]]],
  ['a breath after the company', [they(0.3, 1, 'Acme.'), they(1.2, 2, 'Ann Miller.')], [['headline', 2.3]]],
  ['a pause after the company', [they(0.3, 1, 'Acme.'), they(1.4, 2, 'Ann Miller.')], [['headline', 1.3], ['retracted', 1.54], ['headline', 2.62]]],
  ['a person who says hello again', [they(0.3, 0.8, 'Hello?'), they(1.6, 2, 'Hello?')], [['headline', 1.1], ['retracted', 1.7], ['headline', 2.62]]],
  ['a person who answers at the end of a short introduction', [they(0.3, 0.8, 'Hello?'), they(3, 4, 'Yes, put her through.')], [['headline', 1.1]]],
  ['a click', [they(0.2, 0.25)], [['headline', 1.75]]],
  ['a click, then "Hello?"', [they(0.2, 0.25), they(0.9, 1.4, 'Hello?')], [['headline', 1.7]]],
  ['a cough, and nothing more', [they(0.2, 0.5)], [['headline', 0.8]]],
  ['a hello while it still rang', [they(-0.9, -0.2, 'Hello?')], [['headline', 0.1]]],
  ['a long greeting of a person', [they(0.3, 5.3, 'Good morning, thank you for calling Acme Insurance, claims department, Ann Miller speaking.'), they(8, 8.4, 'Yes?')], [['areYouThere', 5.92], ['headline', 9.02]]],
  ['a voicemail greeting that pauses for 0.4 s', [they(0.3, 0.8, 'Hello.'), they(1.2, 4, 'You have reached the voicemail of Ann Miller.')], [['headline', 1.1], ['retracted', 1.34], ['areYouThere', 4.62], ['voicemail', 9.82]]],
  ['a voicemail greeting that pauses for 0.8 s', [they(0.3, 0.8, 'Hello.'), they(1.6, 4, 'You have reached the voicemail of Ann Miller.')], [['headline', 1.1], ['retracted', 1.7], ['areYouThere', 4.62], ['voicemail', 9.82]]],
  ['a voicemail greeting that pauses for 1.2 s', [they(0.3, 1.2, 'Hi, this is Ann Miller.'), they(2.4, 6, 'I am not here. Please leave a message.')], [['headline', 1.5], ['retracted', 2.5], ['areYouThere', 6.62], ['voicemail', 11.82]]],
  ['a voicemail greeting of 2 s, with its beep', [they(0.3, 2.4, 'This is Ann, leave a message.'), they(3.6, 4.1)], [['headline', 2.7], ['retracted', 3], ['areYouThere', 3.02], ['voicemail', 9.6]]],
  ['a voicemail greeting of 2 s with a final that is 1.8 s late', [they(0.3, 2.4, 'This is Ann, leave a message.', 1.8), they(4.5, 5)], [['headline', 2.7], ['areYouThere', 4.2], ['voicemail', 10.5]]],
  ['a queue of 2 s', [they(0.3, 2.3, 'All agents are busy, please hold.')], [['headline', 2.6], ['retracted', 2.9], ['behind queue', 2.92]]],
]; // prettier-ignore

describe('the opening on a quiet line says at the right time to', () => {
  it.each(onQuietLines.map((course) => [course[0], course] as const))('%s', (_, [, line, said, settings]) => {
    expect(rounded(play(line, { isQuiet: true, ...settings }).said)).toEqual(said);
  });
});

const told = courses.filter(([, , said]) => said.at(-1)?.[0] === 'headline');

it.each(told.map((course) => [course[0], course] as const))(
  'the model answers what is said after the headline: %s',
  (_, [, line, , settings]) => {
    expect(play([...line, they(50, 51, 'Yes, put her through.')], settings).turns).toBe('model');
  },
);

describe('the opening on a thousand random lines', () => {
  const lines = Array.from({ length: 1000 }, (_, seed) => randomLine(seed));

  it('never tells a voicemail who is calling, and never waits forever', () => {
    for (const line of lines) {
      const [first] = line;
      const { said } = play([{ ...(first ?? they(0.3, 4)), text: GREETING }]);
      expect(said.map(([what]) => what)).toEqual(['areYouThere', 'voicemail']);
    }
  });

  it('says no more than the beginning of an introduction to a voicemail that pauses', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const line = pausingVoicemail(seed);
      const { said, headlineS } = play(line, { isQuiet: true });
      expect(headlineS, JSON.stringify({ line, said })).toBeLessThanOrEqual(1.3);
    }
  });

  it('tells a person who is calling or detects a voicemail, and says the headline twice only after a question', () => {
    for (const line of lines) {
      const said = play(line)
        .said.map(([what]) => what)
        .join();
      const isPerson = line.some(({ text }) => text === HELLO);
      expect(`${said} to ${JSON.stringify(line)}`).toMatch(isPerson ? /^(?:areYouThere,)*(?:headline|voicemail)/ : /./);
      expect(said).not.toContain('headline,headline');
    }
  });
});

const HELLO = 'Hello, Ann Miller.';

/** Up to five utterances with pauses of 1.5 to 5 s, as a person, a recording or a noise, with final transcripts that are not too late. */
function randomLine(seed: number): Utterance[] {
  let state = seed + 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  random();
  let at = random() * 0.6;
  return Array.from({ length: Math.floor(random() * 6) }, () => {
    const kind = random();
    const length = kind < 0.4 ? 1 + random() : kind < 0.7 ? 4 + 4 * random() : 0.3 + random();
    const from = at;
    at += length + 1.5 + random() * 3.5;
    return they(from, from + length, kind < 0.4 ? HELLO : kind < 0.7 ? GREETING : '', 0.2 + random() * 0.8);
  });
}

/** A voicemail greeting in up to four parts, with pauses of up to 1.2 s between them and final transcripts up to 0.8 s late. */
function pausingVoicemail(seed: number): Utterance[] {
  let state = seed + 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  random();
  const texts = ['Hello.', 'This is Ann Miller of Acme.', 'I am out today.'].slice(0, Math.floor(random() * 4));
  let at = random() * 0.6;
  return [...texts, 'Please leave a message after the tone.'].map((text) => {
    const from = at;
    const to = from + 0.4 + random() * 1.5;
    at = to + 0.1 + random() * 1.1;
    return they(from, to, text, 0.2 + random() * 0.6);
  });
}

const rounded = (said: Expected): Expected => said.map(([what, at]) => [what, Math.round(at * 100) / 100]);
