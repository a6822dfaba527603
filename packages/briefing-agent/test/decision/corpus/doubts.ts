import { connect, course, type Course, greet, greetCut, they, we } from './course.ts';

const noOpinion = (words: string): { opinions: Readonly<Record<string, 'no'>> } => ({ opinions: { [words]: 'no' } });

/** One sentence after the greeting, and the verdict when the model connects. */
const says = (words: string, verdict: 'refused' | 'asked again', opinion: 'no' | 'unclear' = 'no'): Course =>
  course(`says "${words}"`, verdict, [greet(), they(5.3, 7, words), connect()], { opinions: { [words]: opinion } });

/** People who do not say yes: they ask back, decline, change their mind, or ask to wait. */
export const doubts: readonly Course[] = [
  says('Who is it?', 'asked again', 'unclear'),
  says('What does she want?', 'asked again', 'unclear'),
  says('Which invoice?', 'asked again', 'unclear'),
  says('Sorry, what?', 'asked again', 'unclear'),
  says('Is she angry?', 'asked again', 'unclear'),
  says('Yes, but who is it?', 'asked again', 'unclear'),
  says('Okay, and how long will it take?', 'asked again', 'unclear'),
  says('Are you a robot?', 'asked again', 'unclear'),
  says('Can you take a message?', 'asked again', 'unclear'),
  says('You want to put her through to me?', 'asked again', 'unclear'),
  course(
    'asks back three times of a model that connects at anything',
    ['asked again', 'key asked', 'key asked'],
    [
      greet(),
      they(5.3, 6, 'Who is it?'),
      connect(),
      we(7.6, 9.4, 'Jane Doe. May I connect you?'),
      they(9.7, 10.5, 'What about?'),
      connect(),
      we(12, 14, 'An invoice. Press 1 to be connected.'),
      they(14.3, 15, 'Which one?'),
      connect(),
    ],
  ),

  says('No.', 'refused'),
  says('No, thanks.', 'refused'),
  says('Absolutely not.', 'refused'),
  says('Not now.', 'refused'),
  says("I'm in a meeting.", 'refused'),
  says('I have to run, sorry.', 'refused'),
  says('Try billing instead.', 'refused'),
  says('Put her through to Bob.', 'refused'),
  says("Don't put her through.", 'refused'),
  says('Tell her I will call back.', 'refused'),
  says('This is the wrong number.', 'refused'),
  says('Nah, call me later.', 'refused'),
  says("I'd rather not.", 'refused'),
  says('Put her through tomorrow.', 'refused'),
  course(
    'declines, with an opinion that is late',
    'asked again',
    [greet(), they(5.3, 6.3, "I'm in a meeting."), connect()],
    {
      opinions: { "I'm in a meeting.": ['no', 5] },
    },
  ),
  course(
    'declines, without a second opinion',
    'asked again',
    [greet(), they(5.3, 6.3, "I'm in a meeting."), connect()],
    {
      opinions: 'off',
    },
  ),
  course('says a bare no without a second opinion', 'refused', [greet(), they(5.3, 5.7, 'Nope.'), connect()], {
    opinions: 'off',
  }),
  course('says no over the headline', 'refused', [greetCut(0, 2), they(1.5, 2, 'No no no.'), connect()]),
  course(
    'says no, and the model tries again and again',
    ['refused', 'refused', 'refused'],
    [greet(), they(5.3, 5.7, 'No.'), connect(6.5), connect(7), connect(7.5)],
  ),
  course(
    'says no, is asked again, and stays silent',
    ['refused', 'refused'],
    [greet(), they(5.3, 5.7, 'No.'), connect(6.8), we(7, 9, 'Are you sure? May I connect you?'), connect(12)],
  ),
  course(
    'says a yes that a second opinion takes for a joke',
    'asked again',
    [greet(), they(5.3, 6.2, 'Yeah, right, sure.'), connect()],
    {
      ...noOpinion('Yeah, right, sure.'),
    },
  ),

  course('changes their mind from no to yes in one turn', 'accepted', [
    greet(),
    they(5.3, 5.6, 'No.'),
    they(6.3, 7.3, 'Well, okay, put her through.'),
    connect(),
  ]),
  course(
    'changes their mind from no to yes in two turns',
    ['refused', 'accepted'],
    [
      greet(),
      they(5.3, 5.6, 'No.'),
      connect(),
      we(7, 9.5, 'She says it is urgent. May I connect you after all?'),
      they(9.8, 10.4, 'Oh, all right.'),
      connect(),
    ],
  ),
  course('changes their mind from yes to no in one turn', 'asked again', [
    greet(),
    they(5.3, 5.6, 'Yes.'),
    they(6.2, 7, 'Actually, no.'),
    connect(),
  ]),
  course(
    'changes their mind while the model connects',
    'refused',
    [greet(), they(5.3, 5.6, 'Yes.', 0.3), connect(6.1), they(6, 6.5, 'No, wait.', 0.3)],
    { opinions: { 'Yes. No, wait.': 'no' } },
  ),
  course(
    'takes their no back with "no, wait, yes"',
    'accepted',
    [greet(), they(5.3, 6.6, 'No, wait, yes, put her on.'), connect()],
    {
      opinions: { 'No, wait, yes, put her on.': 'yes' },
    },
  ),
  course(
    'says yes and means another day',
    'refused',
    [greet(), they(5.3, 6.8, 'Yes, but tomorrow.'), connect()],
    noOpinion('Yes, but tomorrow.'),
  ),
  course('says "yeah, no"', 'asked again', [greet(), they(5.3, 6, 'Yeah, no.'), connect()]),
  course('says "yes" to a colleague in the room, then no to us', 'refused', [
    greetCut(0, 2),
    they(1.5, 1.8, 'Yes.'),
    we(2.6, 4, 'May I connect you?'),
    they(4.3, 4.8, 'No.'),
    connect(),
  ]),

  says('One moment.', 'asked again', 'unclear'),
  says('Hold on a second.', 'asked again', 'unclear'),
  says('Let me finish this, wait.', 'asked again', 'unclear'),
  course(
    'puts us on hold, comes back, and says yes',
    ['asked again', 'accepted'],
    [
      greet(),
      they(5.3, 6, 'One moment.'),
      connect(),
      they(40, 40.6, "I'm back."),
      we(41.5, 43, 'May I connect you?'),
      they(43.3, 43.7, 'Yes.'),
      connect(),
    ],
  ),
  course(
    'puts us on hold, comes back, and wants the call',
    'accepted',
    [greet(), they(5.3, 6, 'One moment.'), they(38, 39.2, 'Okay, put her through.'), connect()],
    { opinions: { 'One moment. Okay, put her through.': 'yes' } },
  ),
  course('puts us on hold with music', 'asked again', [greet(), they(5.3, 6, 'One moment.'), they(8, 20), connect(21)]),
];
