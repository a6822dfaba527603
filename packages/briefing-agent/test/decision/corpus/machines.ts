import { connect, course, type Course, greet, greetCut, machine, they, we } from './course.ts';

/** Recordings that answer instead of a person, with a model that always connects. */
export const machines: readonly Course[] = [
  course('a mailbox that talks over us', 'asked again', [
    they(0.3, 9, 'You have reached Ann Miller. Please leave a message.'),
    greet(2),
    connect(),
  ]),
  course('a mailbox that falls silent before its beep', 'asked again', [
    they(0.3, 4, 'Hi, this is Ann. I cannot take your call. Leave a message.'),
    we(5, 7, 'Hello, this is the assistant of Acme.'),
    connect(8),
  ]),
  course('a mailbox with a pause after the name', 'asked again', [
    they(0.3, 1.6, "Hi, this is Ann's phone."),
    greetCut(2.4, 3.9),
    they(3.4, 6, "I'm not here right now. Please leave a message."),
    connect(),
  ]),
  course('a mailbox that asks for yes, in a sentence', 'asked again', [
    greetCut(0.5, 2.4),
    they(1.9, 6, 'To be connected to the operator, say yes, or leave a message.'),
    connect(),
  ]),
  course(
    'a joke mailbox that says "hello?" and "yes?"',
    ['asked again', 'key asked'],
    [
      they(0.3, 0.7, 'Hello?'),
      greetCut(1.4, 3),
      they(2.6, 3, 'Yes?'),
      connect(),
      we(4.4, 6, 'May I connect you?'),
      they(6.4, 9, 'Just kidding, this is a machine. Leave a message.'),
      connect(),
    ],
  ),
  course('a joke mailbox that says "yes" before our question', 'asked again', [
    they(0.3, 0.7, 'Hello?'),
    greetCut(1.4, 3),
    they(2.6, 3, 'Yes.'),
    connect(),
  ]),
  course(
    'a mailbox of a provider in four sentences',
    ['asked again', 'key asked'],
    [
      they(0.2, 1.5, 'Welcome to the mailbox.'),
      greetCut(2.3, 3.9),
      they(3.4, 5, 'The person is not available.'),
      connect(),
      we(6.7, 8.6, 'May I connect you?'),
      they(8.1, 11, 'Please speak after the tone.'),
      connect(),
    ],
  ),
  course('a mailbox that is full', 'asked again', [
    greetCut(0, 1.6),
    they(1.1, 4, 'The mailbox is full. Goodbye.'),
    connect(),
  ]),
  course('a mailbox that was detected', 'refused', [greet(), they(5.3, 5.7, 'Yes.'), machine(6), connect()]),
  course('a beep', 'asked again', [greet(2), they(0.5, 1.4), connect(8)]),
  course('a number that is not in service', 'asked again', [
    they(0.4, 4, 'The number you have dialed is not in service.'),
    greet(4.5),
    connect(10),
  ]),
  course('a fax', 'asked again', [they(0.2, 12), greet(3), connect(9)]),

  course('a menu', 'asked again', [they(0.2, 6, 'For sales, press 1. For support, press 2.'), greet(7), connect(12.5)]),
  course('a menu that says "press 1 to accept" over us', 'asked again', [
    greetCut(0, 1.8),
    they(1.3, 4, 'Press 1 to accept the call.'),
    connect(),
  ]),
  course('a menu by voice: "say yes to continue"', 'asked again', [
    greetCut(0, 1.8),
    they(1.3, 3, 'Say yes to continue.'),
    connect(),
  ]),
  course(
    'a menu that repeats itself',
    ['asked again', 'key asked'],
    [
      greetCut(0, 1.8),
      they(1.3, 3, 'For sales, press 1.'),
      connect(),
      we(4.5, 6.4, 'May I connect you?'),
      they(5.9, 8, 'For sales, press 1.'),
      connect(),
    ],
  ),
  course('a menu that confirms: "OK."', 'asked again', [greetCut(0, 2), they(1.7, 2, 'OK.'), connect()]),
  course('a menu that says "okay, please hold"', 'asked again', [
    greet(),
    they(5.4, 7, 'Okay, please hold while I connect you.'),
    connect(),
  ]),
  course('a menu that says "you will be put through"', 'asked again', [
    greet(),
    they(5.4, 7, 'You will now be put through.'),
    connect(),
  ]),

  course('a queue with music', 'asked again', [
    they(0.2, 3, 'All our agents are busy.'),
    they(3.2, 30),
    greet(5),
    connect(31),
  ]),
  course('a queue with music that the recognizer hears as words', 'asked again', [
    they(0.2, 3, 'All our agents are busy.'),
    they(3.4, 12, 'yeah yeah yeah'),
    greet(5),
    connect(),
  ]),
  course(
    'a queue with announcements after our question',
    ['asked again', 'key asked'],
    [
      greet(),
      they(5.6, 9, 'Your call is important to us.'),
      connect(),
      we(10.6, 12, 'May I connect you?'),
      they(13, 16, 'You are number three in line.'),
      connect(),
    ],
  ),
  course('a queue whose announcement begins with yes', 'asked again', [
    greet(),
    they(5.6, 9, 'Yes, we are still here for you, please hold the line.'),
    connect(),
  ]),
  course('a queue that ends with a person who wants the call', 'accepted', [
    they(0.2, 8, 'All our agents are busy.'),
    they(20, 21.5, 'Support, this is Ann.'),
    greet(22.2),
    they(27.5, 28.3, 'Sure, put her through.'),
    connect(),
  ]),
  course('a queue that ends with a person who asks who it is', 'asked again', [
    they(0.2, 8, 'All our agents are busy.'),
    they(20, 21.5, 'Support, this is Ann.'),
    greetCut(22.2, 24),
    they(23.6, 24.3, 'Who is this?'),
    connect(),
  ]),

  course('a call screening', 'asked again', [
    they(0.2, 4, 'Hi, if you record your name and reason for calling, I will see if this person is available.'),
    greet(5),
    connect(10.6),
  ]),
  course('a call screening after our question', 'asked again', [
    greet(),
    they(5.6, 8, 'Thank you. Please stay on the line.'),
    connect(),
  ]),
  course('a call screening that answers in yes', 'asked again', [
    they(0.2, 2, 'Who is calling please?'),
    we(2.8, 4, 'The assistant of Acme.'),
    they(4.6, 7, 'Okay, I will ask whether they are available.'),
    connect(),
  ]),
  course('a call screening, then a person who wants the call', 'accepted', [
    they(0.2, 2, 'Who is calling please?'),
    we(2.8, 4, 'The assistant of Acme.'),
    they(4.6, 7, 'One moment.'),
    they(12, 13, 'Hello, Ann here.'),
    greet(13.9),
    they(19.2, 19.6, 'Yes.'),
    connect(),
  ]),
  course('a call screening, then a person who declines', 'refused', [
    they(0.2, 2, 'Who is calling please?'),
    we(2.8, 4, 'The assistant of Acme.'),
    they(12, 13, 'Hello, Ann here.'),
    greet(13.9),
    they(19.2, 19.6, 'No.'),
    connect(),
  ]),
];
