import { connect, course, type Course, type CourseOpinion, type CourseVerdict, they, we } from './course.ts';

const questions: Readonly<Record<string, string>> = {
  German: 'Guten Tag, hier ist die Assistentin von Acme. Frau Doe ist in der Leitung. Darf ich Sie verbinden?',
  Spanish: 'Hola, soy la asistente de Acme. La señora Doe está en la línea. ¿Le paso la llamada?',
  French: "Bonjour, ici l'assistante d'Acme. Madame Doe est en ligne. Puis-je vous la passer ?",
  Dutch: 'Goedendag, met de assistent van Acme. Mevrouw Doe is aan de lijn. Mag ik u doorverbinden?',
};

const answered = (
  language: string,
  words: string,
  verdict: CourseVerdict,
  opinion: CourseOpinion = 'unclear',
): Course =>
  course(`${language}: "${words}"`, verdict, [we(0, 5, questions[language] ?? ''), they(5.4, 6.6, words), connect()], {
    language,
    opinions: { [words]: opinion },
  });

/** The same in other languages, one of them without a table. */
export const languages: readonly Course[] = [
  answered('German', 'Ja.', 'accepted'),
  answered('German', 'Ja, gerne, stellen Sie durch.', 'accepted'),
  answered('German', 'Klar, immer her damit.', 'accepted', 'yes'),
  answered('German', 'Nein.', 'refused', 'no'),
  answered('German', 'Nein, danke.', 'refused', 'no'),
  answered('German', 'Wer ist denn da?', 'asked again'),
  answered('German', 'Ich bin in einer Besprechung.', 'refused', 'no'),
  answered('German', 'Nee, verbinden Sie ruhig.', 'accepted'),
  answered('German', 'Einen Moment bitte.', 'asked again'),
  answered('Spanish', 'Sí.', 'accepted'),
  answered('Spanish', 'Sí, pásemela.', 'accepted'),
  answered('Spanish', 'Claro, adelante.', 'accepted'),
  answered('Spanish', 'No.', 'refused', 'no'),
  answered('Spanish', 'Ahora no.', 'refused', 'no'),
  answered('Spanish', '¿Quién es?', 'asked again'),
  answered('Spanish', 'Estoy en una reunión.', 'refused', 'no'),
  answered('French', 'Oui.', 'accepted'),
  answered('French', "D'accord, passez-la-moi.", 'accepted'),
  answered('French', 'Bien sûr, allez-y.', 'accepted'),
  answered('French', 'Non merci.', 'refused', 'no'),
  answered('French', "C'est qui ?", 'asked again'),
  answered('French', 'Pas maintenant.', 'refused', 'no'),
  answered('French', 'Je suis en réunion.', 'refused', 'no'),
  answered('Dutch', 'Ja, prima.', 'accepted', 'yes'),
  answered('Dutch', 'Ja.', 'asked again'),
  answered('Dutch', 'Nee.', 'refused', 'no'),
];
