/** Answers of people who are asked whether to connect a caller. */
export interface Phrases {
  readonly language: string;
  /** Answers that are read as yes. */
  readonly yes: readonly string[];
  /** Answers that are read as no. */
  readonly no: readonly string[];
  /** Answers that mean no, or are unclear, and are left to the second opinion. */
  readonly neither: readonly string[];
}

export const englishBriefing: Phrases = {
  language: 'English',
  yes: [
    'Yes.', 'Yes, please.', 'Yeah, sure.', 'Yep, go ahead.', 'Sure thing.', 'Of course.', 'Okay, put him through.', 'All right, connect me.',
    'Alright then.', 'Fine, I’ll take it.', "No, just put him through.", "Yes, I'm not busy.", 'Mm-hmm.', 'Uh-huh.', 'No problem.',
    'Sounds good, put her on.', 'Oh, well, okay.', 'Absolutely, let me talk to her.', "Happy to talk to them.", 'Patch them through, please.',
  ], // prettier-ignore
  no: ['No.', 'Nope.', 'No, thank you.', 'Nah, not now.', 'Absolutely not.', 'Sorry, no, I can’t.', 'Um, not right now, sorry.', 'No way.', "I'd rather not.", 'Not today, thanks.'], // prettier-ignore
  neither: [
    "I'm in a meeting.", 'Who is it?', "Don't put him through.", 'Put him through to Bob.', 'Yes, but later.', "I can't take it, try Ann.",
    'One moment.', 'Press 1 to accept.', 'Yeah, no.', 'Put him through?',
  ], // prettier-ignore
};

export const germanBriefing: Phrases = {
  language: 'German',
  yes: [
    'Ja.', 'Ja, bitte.', 'Ja, gerne.', 'Klar.', 'Na klar, stellen Sie durch.', 'Natürlich.', 'Okay, verbinden Sie mich.', 'Alles klar.',
    'In Ordnung.', 'Na gut, dann verbinden Sie ihn.', 'Nein, stellen Sie ruhig durch.', 'Ja, Sie können mich verbinden.', 'Mhm.', 'Passt.',
    'Kein Problem.', 'Einverstanden, geben Sie sie mir.', 'Ähm, ja, gut.', 'Selbstverständlich.', 'Ich nehme ihn.', 'Stellen Sie sie bitte durch.',
  ], // prettier-ignore
  no: ['Nein.', 'Nee.', 'Nein, danke.', 'Nein, jetzt nicht.', 'Auf keinen Fall.', 'Leider nein.', 'Ähm, gerade nicht, tut mir leid.', 'Das geht gerade nicht.', 'Lieber nicht.', 'Heute nicht, danke.'], // prettier-ignore
  neither: [
    'Ich bin in einer Besprechung.', 'Wer ist denn dran?', 'Stellen Sie ihn nicht durch.', 'Verbinden Sie ihn mit dem Vertrieb.', 'Ja, aber später.', 'Ich bin nicht zuständig.',
    'Einen Moment.', 'Drücken Sie die Eins.', 'Ja, nein.', 'Durchstellen?',
  ], // prettier-ignore
};

export const spanishBriefing: Phrases = {
  language: 'Spanish',
  yes: [
    'Sí.', 'Sí, por favor.', 'Claro que sí.', 'Por supuesto.', 'Sí, pásemelo.', 'Vale, pásamela.', 'De acuerdo.', 'Está bien.',
    'Adelante.', 'Bueno, póngamela.', 'No, pásemela.', 'Sí, lo atiendo.', 'Ajá.', 'Perfecto.',
    'No hay problema.', 'Con mucho gusto.', 'Eh, sí, claro.', 'Desde luego, me lo puede pasar.', 'Muy bien, gracias.', 'Dale, conécteme.',
  ], // prettier-ignore
  no: ['No.', 'No, gracias.', 'Ahora no.', 'Ahora mismo no puedo.', 'De ninguna manera.', 'Lo siento, no.', 'Eh, mejor no.', 'Claro que no.', 'No puedo, lo siento.', 'Hoy no, gracias.'], // prettier-ignore
  neither: [
    'Estoy en una reunión.', '¿Quién es?', 'No me lo pase.', 'Páselo con ventas.', 'Sí, pero más tarde.', 'No es mi departamento.',
    'Un momento.', 'Pulse uno para aceptar.', 'Sí, no.', '¿Pásemela?',
  ], // prettier-ignore
};

export const frenchBriefing: Phrases = {
  language: 'French',
  yes: [
    'Oui.', 'Oui, merci.', 'Oui, bien sûr.', "D'accord.", "D’accord, passez-la-moi.", 'Ouais, vas-y.', 'Allez-y.', 'Ça marche.',
    'Volontiers.', 'Très bien, passez-le-moi.', 'Non, passez-le-moi.', 'Oui, je suis disponible.', 'Mmh.', 'Pas de problème.',
    'Avec plaisir.', 'Bon, je le prends.', 'Euh, oui, bon.', 'Tout à fait.', 'Vous pouvez me la passer.', 'Mettez-moi en relation, s’il vous plaît.',
  ], // prettier-ignore
  no: ['Non.', 'Nan.', 'Non, merci.', 'Pas maintenant.', 'Certainement pas.', 'Désolé, non.', 'Euh, pas tout de suite.', 'Je ne peux pas.', 'Hors de question.', "Pas aujourd'hui, merci."], // prettier-ignore
  neither: [
    'Je suis en réunion.', "C'est qui ?", 'Ne me le passez pas.', 'Passez-le à Marie.', 'Oui, mais plus tard.', "Ce n'est pas moi qui m'en occupe.",
    'Un instant.', 'Tapez un pour accepter.', 'Oui, non.', 'Passez-la-moi ?',
  ], // prettier-ignore
};
