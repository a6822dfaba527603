import { describe, expect, it } from 'vitest';
import { englishBriefing, frenchBriefing, germanBriefing, spanishBriefing } from '../../src/index.ts';
import { type RecordingKind, recordingReader } from '../../src/language/recording-reader.ts';
import type { TimedOpeningEvent } from '../../src/opening/opening-event.ts';
import { initialOpening, type OpeningState } from '../../src/opening/opening-state.ts';
import { transition } from '../../src/opening/transition.ts';
import { type Act, play, type PlaySettings, they, type Utterance } from '../support/play-opening.ts';

type Course = readonly [
  title: string,
  line: readonly Utterance[],
  acts: readonly (readonly [Act, number])[],
  settings?: PlaySettings,
];

const BUSY = 'All of our agents are busy. Please hold the line.';
const SCREENING = 'Hi, if you record your name and reason for calling, I will see if this person is available.';
const MENU = 'For sales, press 1. For support, press 2.';
const ANN = 'Support, this is Ann.';

const courses: readonly Course[] = [
  ['a queue', [they(0.3, 5, BUSY)], [['behind queue', 5.62]]],
  ['a queue, its announcements and music, then a person', [they(0.3, 5, BUSY), they(6, 19), they(20, 23, 'You are number three in line.'), they(24, 39), they(40, 41.5, ANN)], [['behind queue', 5.62], ['headline', 42.12]]],
  ['a queue whose music is followed by a person without a pause', [they(0.3, 5, BUSY), they(6, 19, ANN)], [['behind queue', 5.62], ['headline', 19.62]]],
  ['a queue whose announcement pauses', [they(0.3, 3, BUSY), they(4, 6, 'Thank you for calling Acme.'), they(7, 9, 'Your call is important to us.')], [['behind queue', 3.62]]],
  ['a queue that advertises for long', [they(0.3, 3, BUSY), they(8, 16, 'Acme has won the award for the best service of the year again, and we are very proud of all the people who made it so.')], [['behind queue', 3.62]]],
  ['a queue with a person at its end who asks at length', [they(0.3, 3, BUSY), they(9, 14, 'Good morning, you are speaking with Ann Miller of the support of Acme, how can I help you today?'), they(17, 17.5, 'Hello?')], [['behind queue', 3.62], ['areYouThere', 14.62], ['headline', 18.12]]],
  ['a queue behind a short welcome', [they(0.3, 1.2, 'Welcome to Acme.'), they(2.2, 5, BUSY), they(12, 13, ANN)], [['headline', 1.82], ['behind queue', 5.62], ['headline', 13.62]]],
  ['a queue whose own words were taken for a person', [they(0.3, 3, BUSY), they(9, 10, 'Still here.'), they(30, 31, ANN)], [['behind queue', 3.62], ['headline', 10.62], ['behind queue', 23.62], ['headline', 31.62]]],
  ['a queue that ends in a voicemail box', [they(0.3, 3, BUSY), they(9, 13, 'Nobody is available. Please leave a message after the tone.')], [['behind queue', 3.62], ['areYouThere', 13.62], ['voicemail', 18.82]]],
  ['a receptionist who puts us through', [they(0.3, 1.5, 'Acme, one moment, please hold.'), they(9, 10, 'Miller.')], [['behind queue', 2.12], ['headline', 10.62]]],
  ['a call screening, then a person', [they(0.3, 6, SCREENING), they(10.5, 12, 'Thanks. Please stay on the line.'), they(20, 21, 'Hello, Ann here.')], [['behind screening', 6.62], ['screening', 6.62], ['headline', 21.62]]],
  ['a call screening that no person follows', [they(0.3, 6, SCREENING)], [['behind screening', 6.62], ['screening', 6.62], ['given up', 39.62]]],
  ['a call screening that asks again', [they(0.3, 6, SCREENING), they(12, 18, SCREENING)], [['behind screening', 6.62], ['screening', 6.62], ['given up', 39.62]]],
  ['a call screening, then a voicemail box', [they(0.3, 6, SCREENING), they(12, 18, 'They are not available. Please leave a message after the tone.')], [['behind screening', 6.62], ['screening', 6.62], ['areYouThere', 18.62], ['voicemail', 23.82]]],
  ['a call screening that ends in a queue', [they(0.3, 6, SCREENING), they(12, 14, 'Thank you, please wait.')], [['behind screening', 6.62], ['screening', 6.62], ['given up', 39.62]]],
  ['a menu with keys for it, then a person', [they(0.3, 6, MENU), they(9, 9.6, 'Hello?')], [['behind menu', 6.62], ['send-dtmf', 6.62], ['headline', 10.22]], { hasKeys: true }],
  ['a menu that leads to a queue', [they(0.3, 6, MENU), they(9, 12, BUSY), they(30, 31, ANN)], [['behind menu', 6.62], ['send-dtmf', 6.62], ['behind queue', 12.62], ['headline', 31.62]], { hasKeys: true }],
  ['a menu that repeats itself', [they(0.3, 6, MENU), they(9, 15, MENU)], [['behind menu', 6.62], ['send-dtmf', 6.62]], { hasKeys: true }],
  ['a menu without keys for it', [they(0.3, 6, MENU)], [['areYouThere', 6.62]]],
  ['music for half a minute, then a person', [they(0.3, 30), they(33, 34.5, 'Support, this is Ann.')], [['behind queue', 15.4], ['headline', 35.12]]],
  ['music and nothing else', [they(0.3, 50)], [['behind queue', 15.4]]],
  ['a person who says "hello" twice after music', [they(0.3, 3, BUSY), they(10, 20), they(20.8, 21.2, 'Hello?'), they(22.5, 23, 'Hello?')], [['behind queue', 3.62], ['headline', 21.82]]],
]; // prettier-ignore

describe('the opening acts at the right time on', () => {
  it.each(courses.map((course) => [course[0], course] as const))('%s', (_, [, line, acts, settings]) => {
    // A listener who does not answer the headline is another course.
    const [last, lastAt] = acts.at(-1) ?? ['areYouThere', 60];
    const { said } = play(line, { forS: last === 'headline' ? lastAt + 5 : 60, ...settings });
    expect(said.map(([what, at]) => [what, Math.round(at * 100) / 100])).toEqual(acts);
  });
});

describe('the opening on a thousand random lines of recordings, music and pauses', () => {
  it('is silent until a person speaks, and then says who is calling', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const { line, endsAt } = recordings(seed);
      const course = JSON.stringify(line);
      const { said: alone } = play(line, { forS: endsAt });
      expect(
        alone.map(([what]) => what).filter((what) => what === 'headline' || what === 'areYouThere'),
        course,
      ).toEqual([]);
      const comesAt = endsAt + 3;
      const { said } = play([...line, they(comesAt, comesAt + 1.2, ANN)], { forS: comesAt + 5 });
      const [what, at] = said.at(-1) ?? ['voicemail', 0];
      expect([what, Math.round((at - comesAt) * 100)], course).toEqual(['headline', 182]);
    }
  });
});

/** A queue of up to ten announcements and pieces of music, with pauses up to a minute. */
function recordings(seed: number): { line: readonly Utterance[]; endsAt: number } {
  let state = seed + 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  random();
  const announcements = [BUSY, 'You are number two in line.', 'Your call is important to us.', MENU + BUSY];
  const line = [they(0.3, 4, BUSY)];
  for (let count = Math.floor(random() * 10); count > 0; count -= 1) {
    const from = (line.at(-1)?.to ?? 0) + 1.5 + random() * 60 * random();
    const isMusic = random() < 0.5;
    const to = from + 1 + random() * 20;
    line.push(they(from, to, isMusic ? '' : announcements[Math.floor(random() * announcements.length)], random()));
  }
  return { line, endsAt: line.at(-1)?.to ?? 0 };
}

describe('the recording reader', () => {
  const sayings: Readonly<Record<string, readonly [RecordingKind | null, string][]>> = {
    English: [
      ['screening', SCREENING],
      ['screening', 'Please state your name after the tone, and we will try to connect you.'],
      [
        'screening',
        'The person you are calling is using a call screening service. Say your name and why you are calling.',
      ],
      ['screening', 'Who may I say is calling?'],
      ['queue', BUSY],
      ['queue', 'All agents are currently unavailable. Please hold.'],
      ['queue', 'The next available agent will be with you shortly.'],
      ['queue', 'Thank you. Please stay on the line.'],
      ['queue', 'This call may be recorded for quality purposes.'],
      ['voicemail', 'Please stay on the line or leave a message after the tone.'],
      ['voicemail', 'I cannot take your call. Please leave your name and number.'],
      ['menu', MENU],
      ['menu', 'Press one for support, or stay on the line.'],
      [null, 'Acme support, this is Ann speaking, how can I help?'],
      [null, 'Thank you for holding, this is Ann.'],
      [null, 'Who is calling, please?'],
      [null, 'Hello?'],
      [null, 'Yes, put her through.'],
      [null, 'One moment.'],
    ],
    German: [
      ['screening', 'Bitte nennen Sie Ihren Namen und den Grund Ihres Anrufs.'],
      ['screening', 'Wen darf ich melden?'],
      ['queue', 'Alle Mitarbeiter sind im Gespräch. Bitte haben Sie etwas Geduld.'],
      ['queue', 'Sie werden gleich verbunden.'],
      ['queue', 'Bitte bleiben Sie in der Leitung.'],
      ['voicemail', 'Bitte hinterlassen Sie eine Nachricht nach dem Signalton.'],
      ['menu', 'Für den Vertrieb drücken Sie bitte die 1.'],
      [null, 'Firma Acme, Müller am Apparat, was kann ich für Sie tun?'],
      [null, 'Ja, bitte?'],
    ],
    Spanish: [
      ['screening', 'Diga su nombre y el motivo de su llamada.'],
      ['screening', '¿De parte de quién?'],
      ['queue', 'Todos nuestros agentes están ocupados. Espere, por favor.'],
      ['queue', 'Su llamada es muy importante para nosotros.'],
      ['voicemail', 'Deje un mensaje después de la señal.'],
      ['menu', 'Para ventas, pulse 1.'],
      [null, 'Acme, soy Ana, ¿en qué puedo ayudarle?'],
      [null, '¿Sí, dígame?'],
    ],
    French: [
      ['screening', 'Dites votre nom et la raison de votre appel.'],
      ['screening', 'Qui dois-je annoncer ?'],
      ['queue', 'Tous nos conseillers sont occupés. Veuillez patienter.'],
      ['queue', 'Vous allez être mis en relation.'],
      ['voicemail', 'Laissez un message après le bip.'],
      ['menu', 'Pour le service commercial, tapez 1.'],
      [null, 'Acme, Anne à votre service, que puis-je faire pour vous ?'],
      [null, 'Allô ?'],
    ],
  };
  const cases = [englishBriefing, germanBriefing, spanishBriefing, frenchBriefing].flatMap((language) =>
    (sayings[language.name] ?? []).map(([kind, text]) => [language.name, text, kind, language] as const),
  );

  it.each(cases)('reads in %s: "%s" is %s', (_, text, kind, language) => {
    expect(recordingReader(language, { hasKeys: true })(text)).toBe(kind);
  });

  it('reads a menu only with keys for it, and otherwise its other phrases', () => {
    const read = recordingReader(englishBriefing, { hasKeys: false });
    expect([read(MENU), read('Press one for support, or stay on the line.')]).toEqual([null, 'queue']);
  });

  it('reads nothing in a language without phrases', () => {
    expect(recordingReader({}, { hasKeys: true })(BUSY)).toBeNull();
  });
});

const rules = {
  speakAfterMs: 800,
  screeningMs: 30_000,
  recordingIn: recordingReader(englishBriefing, { hasKeys: true }),
  startsEarly: false,
};

const effectsOf = (state: OpeningState): readonly string[] =>
  transition(state, { type: 'wait-behind', by: 'queue', at: 1 }).effects.map(({ type }) => type);

it('the opening does not count a person soon after music as part of the announcement before it, also when a VAD took both for one', () => {
  let { state } = transition(initialOpening(rules), { type: 'wait-behind', by: 'queue', at: 0 });
  const events: readonly TimedOpeningEvent[] = [
    { type: 'line-speaking', now: true, at: 9_100 },
    { type: 'line-words', text: 'You are number three in line.', at: 11_600 },
    { type: 'line-speaking', now: false, at: 14_500 },
    { type: 'turn-ended', at: 14_750 },
    { type: 'line-speaking', now: true, at: 15_700 },
    { type: 'line-speaking', now: false, at: 16_900 },
    { type: 'line-words', text: ANN, at: 17_000 },
  ];
  for (const event of events) ({ state } = transition(state, event));
  const { effects } = transition(state, { type: 'turn-ended', at: 17_010 });
  expect(effects).toContainEqual({ type: 'say', what: 'headline' });
});

describe('a wait that begins outside of the opening', () => {
  it('begins in any phase, once', () => {
    const ringing = initialOpening(rules);
    const begun = transition(ringing, { type: 'begin', at: 0 }).state;
    const over = transition(ringing, { type: 'stop', at: 0 }).state;
    for (const state of [ringing, begun, over]) expect(effectsOf(state)).toContain('wait-behind');
    const waiting = transition(ringing, { type: 'wait-behind', by: 'queue', at: 0 }).state;
    expect(effectsOf(waiting)).toEqual(['set-timer']);
  });

  it('lets a person speak immediately when no words of the recording were understood', () => {
    const { state } = transition(initialOpening(rules), { type: 'wait-behind', by: 'menu', at: 0 });
    const heard = transition(state, { type: 'line-words', text: 'Hello?', at: 500 }).state;
    const { effects } = transition(heard, { type: 'turn-ended', at: 510 });
    expect(effects.map(({ type }) => type)).toEqual(['wait-over', 'set-timer', 'set-turn-taker', 'say']);
  });

  it('ends when another part of the briefing takes the line', () => {
    const { state } = transition(initialOpening(rules), { type: 'wait-behind', by: 'menu', at: 0 });
    const { effects } = transition(state, { type: 'stop', at: 1 });
    expect(effects).toContainEqual({ type: 'wait-over', isPerson: false });
  });
});
