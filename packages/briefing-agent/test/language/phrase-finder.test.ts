import { describe, expect, it } from 'vitest';
import { englishBriefing, frenchBriefing, germanBriefing, spanishBriefing } from '../../src/index.ts';
import { phraseFinder } from '../../src/language/phrase-finder.ts';

const languages = [englishBriefing, germanBriefing, spanishBriefing, frenchBriefing];

describe('the phrases of a voicemail greeting', () => {
  it.each([
    [englishBriefing, 'Hi, this is Ann. Please leave a message after the tone.', 'Acme support, Ann speaking, how can I help?'],
    [englishBriefing, "You've reached the voice mail of 555 0142.", 'Hello? Hello, who is this?'],
    [englishBriefing, "I can't come to the phone right now.", 'Yes, this is Ann, I can take the call.'],
    [germanBriefing, 'Bitte hinterlassen Sie eine Nachricht nach dem Signalton.', 'Miller, Kundendienst, guten Tag, was kann ich für Sie tun?'],
    [germanBriefing, 'Der Teilnehmer ist vorübergehend nicht erreichbar.', 'Ja, hallo?'],
    [spanishBriefing, 'Deje un mensaje después de oír la señal.', 'Buenos días, le atiende Ana, ¿en qué puedo ayudarle?'],
    [spanishBriefing, 'El buzón de voz está lleno.', '¿Diga?'],
    [frenchBriefing, "Laissez-moi un message après le bip.", 'Service client, Anne à l’appareil, bonjour.'],
    [frenchBriefing, 'Votre correspondant n’est pas disponible.', 'Allô, oui ?'],
  ])('are found in $name, and not in the words of a person', (language, greeting, person) => {
    const isVoicemail = phraseFinder(language.voicemail);
    expect([greeting, person].map(isVoicemail)).toEqual([true, false]);
  });
}); // prettier-ignore

describe('the phrases that ask for a moment', () => {
  it.each([
    [
      englishBriefing,
      ['One moment, please.', 'Hold on a sec.', 'Give me two minutes.', 'Wait, let me look.'],
      'Put her through.',
    ],
    [
      germanBriefing,
      ['Einen Moment bitte.', 'Warten Sie kurz.', 'Bleiben Sie dran.', 'Sekunde.'],
      'Ja, stellen Sie durch.',
    ],
    [spanishBriefing, ['Un momento, por favor.', 'Espere, espere.', 'No cuelgue.'], 'Sí, páseme la llamada.'],
    [frenchBriefing, ['Un instant.', 'Ne quittez pas.', 'Patientez une minute.'], 'Oui, passez-le-moi.'],
  ])('are found in $name, and not in other words', (language, moments, other) => {
    const asksToWait = phraseFinder(language.moment);
    expect(moments.filter((words) => !asksToWait(words))).toEqual([]);
    expect(asksToWait(other)).toBe(false);
  });
});

it('a phrase finder finds nothing without phrases, nor a voicemail in the sentences of the agent', () => {
  expect(phraseFinder(undefined)('Please leave a message.')).toBe(false);
  expect(languages.map(({ sentences, voicemail }) => phraseFinder(voicemail)(sentences.areYouThere))).not.toContain(
    true,
  );
});
