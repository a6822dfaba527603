import {
  connect,
  course,
  type Course,
  type CourseOpinion,
  type CourseVerdict,
  greet,
  greetCut,
  they,
  we,
} from './course.ts';

/** Words of a recognizer without punctuation, in answer to the agent's question. */
const hears = (words: string, verdict: CourseVerdict, opinion: CourseOpinion = 'unclear'): Course =>
  course(`is understood as "${words}"`, verdict, [greet(), they(5.4, 6.6, words, 0.6), connect()], {
    opinions: { [words]: opinion },
  });

const asks = (question: string, words: string, verdict: CourseVerdict, opinion: CourseOpinion): Course =>
  course(
    `is asked "${question}" and says "${words}"`,
    verdict,
    [we(0, 4, `Jane Doe of Acme is on the line. ${question}`), they(4.4, 5.2, words), connect()],
    {
      opinions: { [words]: opinion },
    },
  );

/** Courses that were written after the rules. */
export const later: readonly Course[] = [
  hears('yes', 'accepted', 'yes'),
  hears('ok sure i can take it', 'accepted', 'yes'),
  hears('no just put him through', 'accepted', 'yes'),
  hears("that's fine", 'accepted', 'yes'),
  hears('you can put her through', 'accepted', 'yes'),
  hears('no problem at all', 'accepted', 'yes'),
  hears('i guess so', 'accepted', 'yes'),
  hears('yes i will take the call', 'accepted', 'yes'),
  hears('hook her up', 'accepted', 'yes'),
  hears('yes this is ann', 'asked again'),
  hears("i'm sorry who did you say", 'asked again'),
  hears('sure but give me a minute', 'asked again'),
  hears("alright what's her number", 'asked again'),
  hears('yeah i know her', 'asked again'),
  hears('speaking', 'asked again'),
  hears('ok bye', 'refused', 'no'),
  hears('daddy is not home', 'refused', 'no'),
  hears('can she call back at five', 'refused', 'no'),
  hears('we do not buy anything', 'refused', 'no'),
  hears('yes no maybe', 'asked again'),
  hears('thank you', 'asked again'),
  asks('Would you mind taking the call?', 'No, not at all.', 'accepted', 'yes'),
  asks('Would you mind taking the call?', 'Yes, I would.', 'refused', 'no'),
  asks('Is now a good time?', 'Yes.', 'accepted', 'yes'),
  asks('Is now a good time?', 'No.', 'refused', 'no'),
  asks('Do you know her?', 'Yes.', 'asked again', 'unclear'),
  asks('Shall I put her through, or is it a bad time?', 'No.', 'refused', 'no'),
  course('is told who we are, and says "go ahead"', 'asked again', [
    we(0, 2.4, 'Hello, this is the assistant of Acme.'),
    they(2.8, 3.4, 'Go ahead.'),
    connect(),
  ]),
  course('is told who we are, and says yes', 'asked again', [
    we(0, 2.4, 'Hello, this is the assistant of Acme.'),
    they(2.8, 3.2, 'Yes.'),
    connect(),
  ]),
  course(
    'is told that a caller waits, and says yes',
    'accepted',
    [we(0, 3, 'Jane Doe is on the line for you.'), they(3.4, 3.8, 'Yes, please.'), connect()],
    {
      opinions: { 'Yes, please.': 'yes' },
    },
  ),
  course('begins to speak together with us, and says yes later', 'accepted', [
    they(0.1, 1.6, 'Hello, this is Ann.'),
    greet(0),
    they(5.4, 5.8, 'Sure.'),
    connect(),
  ]),
  course('says "go on" over the headline', 'asked again', [greetCut(0, 2), they(1.6, 2, 'Go on.'), connect()]),
  course(
    'is a television that runs in the background',
    ['asked again', 'key asked'],
    [
      they(0, 30, 'and now the weather'),
      greet(1),
      connect(31.2),
      we(32, 34, 'May I connect you?'),
      they(31.5, 36, 'sunny in the north'),
      connect(),
    ],
  ),

  course('is a song that goes on over us', 'asked again', [greet(), they(1.2, 6, 'Just connect me.'), connect()]),
  course('transfers us to a menu that talks on over us', 'asked again', [
    greet(),
    they(5.3, 6.2, 'I will transfer you.'),
    we(7, 12, 'Hello, this is the assistant of Acme. May I connect you?'),
    they(7.5, 13, 'Welcome to the support line.'),
    they(13.6, 14, 'OK.'),
    connect(),
  ]),
  course('is a menu that speaks into each of our sentences', 'asked again', [
    we(0, 0.7, 'Hello,'),
    they(0.4, 1.6, 'For sales, say sales.'),
    we(2.3, 2.8, 'May I'),
    they(2.6, 3.6, 'Just connect me.'),
    connect(),
  ]),
  course('says yes before we spoke, with a final that comes when they speak again', 'asked again', [
    they(0.05, 0.3, 'Yes, put them through.', 1.55),
    we(0.8, 2.5, 'Hello, this is the assistant of'),
    they(1.5, 2.3),
    connect(2),
  ]),
  course('coughs, and wants the call right after, with a quick final', 'accepted', [
    we(0, 2.4, 'Hello, this is the assistant of Acme. Jane'),
    they(0.3, 0.5),
    they(1.65, 2, 'Put her through.', 0.15),
    connect(),
  ]),
];
