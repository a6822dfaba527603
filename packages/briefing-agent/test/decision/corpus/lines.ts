import { connect, course, type Course, greet, greetCut, press, they, we } from './course.ts';

/** Lines that are hard to understand, models that quote, and opinions that come late or not at all. */
export const lines: readonly Course[] = [
  course('an echo of ours', 'asked again', [greet(), they(0.2, 5.2, 'May I connect you?'), connect()]),
  course('an echo of which only the request is understood', 'asked again', [
    greet(),
    they(0.2, 5.2, 'connect you'),
    connect(),
  ]),
  course(
    'an echo, and a yes after it, whose person presses the key',
    ['asked again', 'key asked'],
    [
      greet(),
      they(0.2, 5.2, 'This is the assistant of Acme.'),
      they(5.9, 6.2, 'Yes.'),
      connect(),
      we(7.4, 9, 'May I connect you?'),
      they(7.6, 9.2, 'May I connect you?'),
      they(9.9, 10.2, 'Yes.'),
      connect(),
      press(14, '1'),
    ],
  ),
  course(
    'an echo that dies away, and a yes after it',
    ['asked again', 'accepted'],
    [
      greet(),
      they(0.2, 5.2, 'This is the assistant of Acme.'),
      they(5.9, 6.2, 'Yes.'),
      connect(),
      we(7.4, 9, 'May I connect you?'),
      they(9.4, 9.7, 'Yes.'),
      connect(),
    ],
  ),

  course('a noisy car, noise before us, and yes', 'accepted', [
    they(0, 0.8),
    greet(2),
    they(7.4, 7.8, 'Yes.'),
    connect(),
  ]),
  course(
    'a noisy car that is never quiet',
    ['asked again', 'key asked'],
    [they(0, 8, 'Yes.'), greet(1), connect(), we(9.5, 11, 'May I connect you?'), they(9.6, 12.5, 'Yes.'), connect()],
  ),
  course('a noisy car with a horn over us, and yes', 'accepted', [
    greet(),
    they(2.5, 2.9),
    they(5.5, 5.9, 'Yeah.'),
    connect(),
  ]),
  course('a noisy car, yes, and a horn while the model connects', 'accepted', [
    greet(),
    they(5.3, 5.6, 'Yes.'),
    they(6.3, 6.6),
    connect(6.7),
  ]),
  course('a noisy car, with half of the words', 'asked again', [greet(), they(5.3, 6.8, 'the highway to'), connect()]),
  course('a noisy car, with half of a no', 'refused', [greet(), they(5.3, 6.8, 'not now I am'), connect()], {
    opinions: { 'not now I am': 'no' },
  }),

  course('a speakerphone: two say yes', 'accepted', [greet(), they(5.3, 6.4, 'Yes. Yes, sure.'), connect()]),
  course(
    'a speakerphone: one says no, the other put her through',
    'accepted',
    [greet(), they(5.3, 5.7, 'No.'), they(5.9, 7.2, 'Oh come on, put her through.'), connect()],
    { opinions: { 'No. Oh come on, put her through.': 'yes' } },
  ),
  course('a speakerphone: one says yes, the other no', 'asked again', [greet(), they(5.3, 6.4, 'Yes. No.'), connect()]),
  course('a speakerphone: they talk about it', 'asked again', [
    greet(),
    they(5.3, 8.4, 'Should we take it? I do not know, you decide.'),
    connect(),
  ]),
  course('a speakerphone: they talk over us, then one says yes', 'accepted', [
    greet(),
    they(2, 3.1, 'Who is that?'),
    they(5.4, 6, 'Sure, yes.'),
    connect(),
  ]),

  course('a model that quotes them', 'accepted', [
    greet(),
    they(5.3, 6.4, 'Yes, put her through!'),
    connect(7.5, 'yes put her through'),
  ]),
  course('a model that quotes a part of it', 'accepted', [
    greet(),
    they(5.3, 6.4, 'Yes, put her through!'),
    connect(7.5, '"Put her through."'),
  ]),
  course(
    'a model that quotes what nobody said',
    'refused',
    [greet(), they(5.3, 6.4, 'Who is it?'), connect(7.5, 'Yes, connect me')],
    {
      opinions: { 'Who is it?': 'yes' },
    },
  ),
  course('a model that quotes the caller', 'refused', [
    greet(),
    they(5.3, 5.7, 'Yes.'),
    connect(7, 'They said yes, please connect'),
  ]),
  course('a model that connects before anybody spoke', 'asked again', [greet(), connect(5.5)]),
  course('a model that connects while we speak', 'asked again', [greet(), connect(2)]),
  course(
    'a model that connects before the final is there',
    ['asked again', 'accepted'],
    [greet(), they(5.3, 5.7, 'Yes.', 2.5), connect(6), connect(9)],
  ),
  course('a model that connects by words that are not final yet, after an answer to a question', 'accepted', [
    greet(),
    they(5.3, 6, 'Who is it?'),
    we(7, 8.6, 'Jane Doe. May I connect you?'),
    they(9, 9.4, 'Yes.', 0.8),
    connect(9.7),
  ]),
  course('a model that quotes words that are not final yet', 'accepted', [
    greet(),
    they(5.3, 5.8, 'Yes.', 0.8),
    connect(6.1, 'Yes'),
  ]),
  course(
    'a model that connects twice in one turn',
    ['accepted', 'accepted'],
    [greet(), they(5.3, 5.7, 'Yes.'), connect(6.6), connect(6.7)],
  ),

  course(
    'an opinion that is late for words of no table',
    'asked again',
    [greet(), they(5.3, 6.3, 'Do it.'), connect()],
    { opinions: { 'Do it.': ['yes', 4] } },
  ),
  course('an opinion that comes 0.7 s after the call', 'accepted', [greet(), they(5.3, 6.3, 'Do it.'), connect(6.8)], {
    opinions: { 'Do it.': ['yes', 0.8] },
  }),
  course('an opinion that never comes for a plain yes', 'accepted', [greet(), they(5.3, 5.7, 'Yes.'), connect()], {
    opinions: { 'Yes.': null },
  }),
  course('an opinion that never comes for other words', 'asked again', [greet(), they(5.3, 5.7, 'Do it.'), connect()], {
    opinions: { 'Do it.': null },
  }),
  course('no second opinion, and a plain yes', 'accepted', [greet(), they(5.3, 5.7, 'Yes.'), connect()], {
    opinions: 'off',
  }),
  course(
    'no second opinion, and other words twice',
    ['asked again', 'key asked'],
    [
      greet(),
      they(5.3, 5.9, 'Do it.'),
      connect(),
      we(7.3, 9, 'May I connect you?'),
      they(9.4, 10, 'Do it.'),
      connect(),
    ],
    { opinions: 'off' },
  ),
  course(
    'an opinion that is late, for which the model calls again',
    ['asked again', 'accepted'],
    [greet(), they(5.3, 6.3, 'Do it.'), connect(7), connect(12)],
    { opinions: { 'Do it.': ['yes', 4] } },
  ),
  course('a yes that came before we spoke', 'asked again', [
    they(0.2, 1.2, 'Yes, put them through.'),
    greetCut(1.8, 2.2),
    connect(2.5),
  ]),
  course('a late final of an earlier speech, over which we began to speak', 'refused', [
    greet(),
    they(5.3, 5.6, 'No.', 1),
    we(6.4, 7.4, 'All right then.'),
    connect(7),
  ]),
  course(
    'a yes over our first half second, at which the model connects twice',
    ['asked again', 'accepted'],
    [
      greetCut(0, 0.8),
      they(0.5, 0.8, 'Yes.'),
      connect(1.8),
      we(2.1, 4, 'Jane Doe is calling. May I connect you?'),
      they(4.3, 4.6, 'Yes.'),
      connect(),
    ],
  ),
];
