import { connect, course, type Course, type CourseStep, greet, greetCut, machine, press, they, we } from './course.ts';

const again = (from: number): CourseStep =>
  we(from, from + 2.8, 'Sorry, I want to be sure. May I connect you with Jane Doe?');
const askKey = (from: number): CourseStep => we(from, from + 3.4, 'Please press 1 to be connected, or 2 to decline.');
const german = (from: number): CourseStep =>
  we(
    from,
    from + 5.4,
    'Guten Tag, hier ist der Assistent von Acme. Jane Doe ist in der Leitung wegen einer Rechnung. Darf ich Sie verbinden?',
  );
const spanish = (from: number): CourseStep =>
  we(
    from,
    from + 5.2,
    'Hola, soy el asistente de Acme. Jane Doe está en la línea por una factura. ¿Le paso la llamada?',
  );
const french = (from: number): CourseStep =>
  we(
    from,
    from + 5.3,
    "Bonjour, ici l'assistant d'Acme. Jane Doe est en ligne au sujet d'une facture. Puis-je vous la passer ?",
  );
const dutch = (from: number): CourseStep =>
  we(
    from,
    from + 5.1,
    'Goedendag, met de assistent van Acme. Jane Doe is aan de lijn over een factuur. Mag ik u doorverbinden?',
  );

/** Courses by an author who knew the verdict of a fair listener, and not the rule. */
export const independent: readonly Course[] = [
  // Plain and idiomatic agreement.
  course(
    'says yes shortly after the question',
    'accepted',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.3, 6.7, 'Yes.'), connect()],
    { opinions: { 'Yes.': 'yes' } },
  ),
  course(
    'thinks for three seconds and says to go ahead',
    'accepted',
    [they(0.4, 1.1, 'Robert Miller.'), greet(1.5), they(9.5, 10.7, 'Uh, sure, go ahead.'), connect()],
    { opinions: { 'Uh, sure, go ahead.': 'yes' } },
  ),
  course(
    'breaks in before the question and says to put her through',
    'accepted',
    [they(0.2, 0.6, 'Hi.'), greetCut(1.1, 4.3), they(3.9, 5.1, 'Yeah, yeah, put her through.'), connect()],
    { opinions: { 'Yeah, yeah, put her through.': 'yes' } },
  ),
  course(
    'says yep into the last syllable of our question',
    'accepted',
    [they(0.3, 0.8, 'Miller?'), greet(1), they(5.8, 6.2, 'Yep.', 0.3), connect()],
    { opinions: { 'Yep.': 'yes' } },
  ),
  course(
    'says shoot',
    'accepted',
    [they(0.3, 0.9, "Bob's phone."), greet(1.2), they(6.6, 7, 'Shoot.'), connect(undefined, 'Shoot.')],
    { opinions: { 'Shoot.': 'yes' } },
  ),
  course(
    'agrees without enthusiasm',
    'accepted',
    [they(0.5, 1, 'Hello.'), greet(1.3), they(7.7, 8.7, 'Sure, whatever.'), connect()],
    { opinions: { 'Sure, whatever.': 'yes' } },
  ),
  course(
    'says no problem and means yes',
    'accepted',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.5, 7.7, 'No problem, put her on.'), connect()],
    { opinions: { 'No problem, put her on.': 'yes' } },
  ),
  course(
    'says why not',
    'accepted',
    [they(0.3, 0.9, 'Miller here.'), greet(1.2), they(7.4, 8.1, "I don't see why not."), connect()],
    { opinions: { "I don't see why not.": 'yes' } },
  ),
  course(
    'says yes twice in a row',
    'accepted',
    [they(0.2, 0.6, 'Hello?'), greet(0.9), they(6.1, 6.4, 'Yes.'), they(7.6, 8.3, 'Yes, please.'), connect()],
    { opinions: { 'Yes. Yes, please.': 'yes', 'Yes.': 'yes', 'Yes, please.': 'yes' } },
  ),
  course(
    'agrees for five minutes only',
    'accepted',
    [they(0.4, 0.9, 'Yes, hello?'), greet(1.2), they(6.9, 8.9, "Okay, but I've only got five minutes."), connect()],
    { opinions: { "Okay, but I've only got five minutes.": 'yes' } },
  ),

  // Unclear first, or asks back.
  course(
    'mumbles, and agrees clearly when asked again',
    ['asked again', 'accepted'],
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.5, 6.8, 'Mm.'),
      connect(),
      again(8.4),
      they(11.6, 12.4, 'Yeah, sure.'),
      connect(),
    ],
    { opinions: { 'Mm.': 'unclear', 'Yeah, sure.': 'yes', 'Mm. Yeah, sure.': 'yes' } },
  ),
  course(
    'asks what it is about and agrees after the answer',
    ['asked again', 'accepted'],
    [
      they(0.3, 0.8, 'Hello?'),
      greet(1.1),
      they(6.7, 8, 'Which invoice is that about?'),
      connect(),
      we(9.6, 13.4, 'She says it is invoice 4711 of March. May I connect you?'),
      they(13.9, 15.4, 'Ah, that one. Okay, patch her in.'),
      connect(),
    ],
    {
      opinions: {
        'Which invoice is that about?': 'unclear',
        'Ah, that one. Okay, patch her in.': 'yes',
        'Which invoice is that about? Ah, that one. Okay, patch her in.': 'yes',
      },
    },
  ),
  course(
    'agrees only under a condition that we cannot know',
    'asked again',
    [they(0.3, 0.8, 'Hello?'), greet(1.1), they(6.8, 8.9, "Only if it's about the March invoice."), connect()],
    { opinions: { "Only if it's about the March invoice.": 'unclear' } },
  ),
  course(
    'asks for a second and comes back with yes',
    'accepted',
    [
      they(0.2, 0.6, 'Hello?'),
      greet(0.9),
      they(6.3, 6.8, 'One sec.'),
      they(10.1, 10.9),
      they(17.2, 18.9, 'Okay, I am back, yes, put her through.'),
      connect(),
    ],
    {
      opinions: {
        'One sec.': 'unclear',
        'One sec. Okay, I am back, yes, put her through.': 'yes',
      },
    },
  ),
  course(
    'asks us to hang on, and agrees after being asked again',
    ['asked again', 'accepted'],
    [
      they(0.2, 0.7, 'Hi there.'),
      greet(1),
      they(6.4, 7.4, 'Yeah, hang on a second.'),
      connect(),
      again(14),
      they(17.1, 18, 'Yes, go for it.'),
      connect(),
    ],
    {
      opinions: {
        'Yeah, hang on a second.': 'unclear',
        'Yes, go for it.': 'yes',
        'Yeah, hang on a second. Yes, go for it.': 'yes',
      },
    },
  ),
  course(
    'never says anything clear, then says yes by voice, then presses the key',
    ['asked again', 'key asked', 'key asked', 'accepted'],
    [
      they(0.2, 0.6, 'Hm?'),
      greet(0.9),
      they(6.5, 7.1, 'Uh, what?'),
      connect(),
      again(8.8),
      they(12.2, 13.3, 'Sorry, I can barely hear you.'),
      connect(),
      askKey(15),
      they(18.9, 19.3, 'Yes.'),
      connect(),
      askKey(21),
      press(25.2, '1'),
      connect(25.9),
    ],
    {
      opinions: {
        'Uh, what?': 'unclear',
        'Sorry, I can barely hear you.': 'unclear',
        'Yes.': 'yes',
      },
    },
  ),
  course('never says a word', ['asked again', 'key asked'], [greet(1), connect(9), again(9.6), connect(17)]),

  // Refusals.
  course(
    'is in the middle of something',
    'refused',
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.6, 8.6, "I'm kind of in the middle of something right now."),
      connect(),
    ],
    { opinions: { "I'm kind of in the middle of something right now.": 'no' } },
  ),
  course(
    'wants a message to be taken',
    'refused',
    [they(0.3, 1, 'Miller speaking.'), greet(1.3), they(7, 8.4, 'Could you just take a message?'), connect()],
    { opinions: { 'Could you just take a message?': 'no' } },
  ),
  course(
    'promises to call her back',
    'refused',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.4, 8.2, "Yeah, tell her I'll call her back, okay?"), connect()],
    { opinions: { "Yeah, tell her I'll call her back, okay?": 'no' } },
  ),
  course(
    'breaks in with no thanks',
    'refused',
    [they(0.3, 0.7, 'Yes?'), greetCut(1, 3.6), they(3.2, 5, 'No thanks, I am not interested.'), connect()],
    { opinions: { 'No thanks, I am not interested.': 'no' } },
  ),

  // Changes of mind.
  course(
    'says yes and takes it back in the same breath',
    'refused',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.3, 9, 'Yes, sure. Oh wait, no, not now, sorry.'), connect()],
    { opinions: { 'Yes, sure. Oh wait, no, not now, sorry.': 'no' } },
  ),
  course(
    'says no and then agrees after all',
    'accepted',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.3, 9.2, 'No. Well, actually, all right, put her through.'), connect()],
    { opinions: { 'No. Well, actually, all right, put her through.': 'yes' } },
  ),
  course(
    'takes the yes back while the tool is being called',
    'refused',
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.2, 6.5, 'Yes.'),
      they(7.2, 8.3, 'Actually no, not today.', 0.8),
      connect(7.6, 'Yes.'),
    ],
    { opinions: { 'Yes.': 'yes', 'Yes. Actually no, not today.': 'no' } },
  ),
  course(
    'declines, then recognises the name and wants her',
    ['refused', 'accepted'],
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.3, 7.2, 'No, not now.'),
      connect(),
      we(8.6, 10.6, 'All right, I will tell her. Goodbye.'),
      they(10.8, 13.6, 'Wait, did you say Jane Doe? Yes, please put her through.'),
      connect(),
    ],
    {
      opinions: {
        'No, not now.': 'no',
        'Wait, did you say Jane Doe? Yes, please put her through.': 'yes',
        'No, not now. Wait, did you say Jane Doe? Yes, please put her through.': 'yes',
      },
    },
  ),

  // A yes to something else; other people and sounds in the room.
  course(
    'says yeah only to show that they listen',
    'asked again',
    [they(0.3, 0.8, 'Hello?'), greet(1.1), they(3, 3.3, 'Yeah.'), connect(7.4, 'Yeah.')],
    { opinions: { 'Yeah.': 'yes' } },
  ),
  course(
    'says yes to the name and asks who we are',
    'asked again',
    [they(0.2, 0.6, 'Hello?'), greet(0.9), they(6.4, 8, 'Yes, this is Robert, who is this?'), connect()],
    { opinions: { 'Yes, this is Robert, who is this?': 'unclear' } },
  ),
  course(
    'says yes to a colleague in the room',
    'asked again',
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.9, 9.1, 'Yes, just put it over there on the table, thanks.'),
      connect(undefined, 'Yes'),
    ],
    { opinions: { 'Yes, just put it over there on the table, thanks.': 'unclear' } },
  ),
  course(
    'a child answers and says yes, mommy is in the bathroom',
    'asked again',
    [they(0.4, 0.9, 'Hi!'), greet(1.2), they(6.8, 9, 'Yes! But mommy is in the bathroom.'), connect()],
    { opinions: { 'Yes! But mommy is in the bathroom.': 'unclear' } },
  ),
  course(
    'two people at a speakerphone disagree',
    'asked again',
    [
      they(0.2, 1.2, 'Hello, conference room.'),
      greet(1.5),
      they(6.8, 7.5, 'Sure, put her on.'),
      they(7.8, 9.2, "No, don't, we have to finish this first."),
      connect(),
    ],
    {
      opinions: { "Sure, put her on. No, don't, we have to finish this first.": 'unclear', 'Sure, put her on.': 'yes' },
    },
  ),
  course(
    'nobody answers us but the television talks on and says yes',
    'asked again',
    [
      they(0.2, 0.6, 'Hello?'),
      they(0.9, 3.8, 'and the next contestant is from Ohio, a big hand for Linda'),
      greet(1),
      they(4, 7.2, 'Linda, are you ready to play? Yes!'),
      they(7.4, 10.1, 'Then let us have a look at the board'),
      connect(),
    ],
    {
      opinions: {
        'Linda, are you ready to play? Yes!': 'unclear',
        'Linda, are you ready to play? Yes! Then let us have a look at the board': 'unclear',
        'Then let us have a look at the board': 'unclear',
      },
    },
  ),
  course(
    'agrees from a noisy car',
    'accepted',
    [
      they(0.2, 0.9, 'Yeah, hello?'),
      greet(1.2),
      they(1.8, 2.3),
      they(4.1, 4.5),
      they(6.9, 8.3, 'Yeah, sure, connect her.', 0.9),
      they(8.6, 9),
      connect(),
    ],
    { opinions: { 'Yeah, sure, connect her.': 'yes' } },
  ),
  course('only our own voice comes back', 'asked again', [
    they(0.2, 0.6, 'Hello?'),
    greet(0.9),
    they(1.2, 6.2, 'Jane Doe is on the line about an invoice. May I connect you?'),
    connect(),
  ]),
  course(
    'our voice comes back, and then the person agrees',
    'accepted',
    [
      they(0.2, 0.6, 'Hello?'),
      greet(0.9),
      they(5, 6.2, 'May I connect you?'),
      they(7.1, 8, 'Yes, please do.'),
      connect(),
    ],
    { opinions: { 'Yes, please do.': 'yes', 'May I connect you? Yes, please do.': 'yes' } },
  ),

  // Transcripts: late, or cut.
  course(
    'the words of how they picked up arrive after our question',
    'asked again',
    [they(0.3, 0.9, 'Yes, hello?', 6.2), greet(1.2), connect(7.8, 'Yes')],
    { opinions: { 'Yes, hello?': 'unclear' } },
  ),
  course(
    'says no, and the words come only after the tool was called',
    'refused',
    [they(0.2, 0.6, 'Hello?'), greet(0.9), they(6.3, 7.2, 'No, not right now.', 1), connect(7.5)],
    { opinions: { 'No, not right now.': 'no' } },
  ),
  course(
    'the transcript of a yes is cut in two and comes late',
    'accepted',
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.4, 6.9, 'Yes, go', 1),
      they(7.1, 8, 'ahead and connect her.', 1),
      connect(),
    ],
    { opinions: { 'Yes, go ahead and connect her.': 'yes', 'Yes, go': 'unclear' } },
  ),
  course(
    'a polite no is cut in two after the yes',
    'refused',
    [
      they(0.2, 0.7, 'Hello?'),
      greet(1),
      they(6.4, 6.9, 'Yes, well,'),
      they(7.4, 9, "I can't talk to her today.", 0.8),
      connect(),
    ],
    { opinions: { "Yes, well, I can't talk to her today.": 'no', 'Yes, well,': 'unclear' } },
  ),

  // Recordings.
  course(
    'a personal voicemail greeting talks over us',
    'refused',
    [
      they(0.4, 3.6, "Hi, this is Robert, I can't come to the phone right now."),
      greet(1.2),
      they(3.9, 8.1, "Yes, it's annoying, I know, but leave a message after the beep and I'll call you back."),
      they(8.5, 9.3),
      connect(),
    ],
    { opinions: { "Yes, it's annoying, I know, but leave a message after the beep and I'll call you back.": 'no' } },
  ),
  course(
    'the carrier says that the person is not available',
    'refused',
    [
      greet(0.8),
      they(1.5, 5.2, 'The person you are trying to reach is not available.'),
      they(5.6, 8.9, 'At the tone, please record your message.'),
      connect(),
    ],
    { opinions: { 'At the tone, please record your message.': 'no' } },
  ),
  course('the mailbox is full', 'refused', [
    they(0.6, 5.4, 'The mailbox is full and cannot accept any messages at this time.'),
    greet(1.5),
    they(5.9, 6.6, 'Goodbye.'),
    connect(),
  ]),
  course('there is only a beep, and a machine is detected', 'refused', [
    they(0.9, 1.8),
    machine(2.6),
    greet(3),
    connect(9.2),
  ]),
  course('a voicemail offers keys', 'refused', [
    they(0.5, 4.2, 'You have reached the mailbox of five five five, zero one four seven.'),
    greet(1.1),
    they(4.6, 9.8, 'To leave a callback number, press 1. To send a fax, press 2. Or just wait for the tone.'),
    connect(undefined, 'press 1'),
  ]),
  course(
    'a joke voicemail pretends to listen',
    ['asked again', 'refused'],
    [
      they(0.4, 0.9, 'Hello?'),
      greetCut(1.2, 3.3),
      they(2.9, 3.3, 'Yeah?'),
      connect(),
      again(5),
      they(6.4, 11.2, "Ha, got you, I'm not here. Leave me a message after the tone."),
      connect(),
    ],
    { opinions: { 'Yeah?': 'unclear', "Ha, got you, I'm not here. Leave me a message after the tone.": 'no' } },
  ),
  course('a company menu answers', 'refused', [
    they(0.5, 3.1, 'Thank you for calling Miller and Sons.'),
    greet(1),
    they(
      3.4,
      8.8,
      'For sales, press 1. For support, say yes or press 2. For all other questions, please stay on the line.',
    ),
    connect(),
  ]),
  course(
    'a queue plays music and a recording, and then an agent agrees',
    ['refused', 'accepted'],
    [
      they(0.3, 4.9),
      greet(1),
      they(5, 10.2, 'Your call is important to us. Yes, we will be with you shortly. Please hold the line.'),
      connect(),
      they(12, 30),
      they(31, 32.9, 'Thanks for holding, this is Maria.'),
      greet(33.6),
      they(39.2, 40.3, 'Oh, yes, put her through.'),
      connect(),
    ],
    {
      opinions: {
        'Your call is important to us. Yes, we will be with you shortly. Please hold the line.': 'no',
        'Oh, yes, put her through.': 'yes',
      },
    },
  ),
  course(
    'an announcement about recording comes first, and then the person agrees',
    'accepted',
    [
      they(0.3, 3.4, 'This call may be recorded for quality purposes.'),
      they(4.6, 5.6, 'Hi, Robert here.'),
      greet(6.2),
      they(12.1, 13.1, 'Yeah, okay, go ahead.'),
      connect(),
    ],
    { opinions: { 'Yeah, okay, go ahead.': 'yes' } },
  ),
  course(
    'a screening service asks for our name',
    'refused',
    [
      they(
        0.5,
        5.5,
        'Hi, the person you are calling is using a screening service and will get a copy of this conversation.',
      ),
      greet(6),
      they(11.6, 14.3, 'Go ahead and say your name and why you are calling.'),
      connect(undefined, 'Go ahead'),
    ],
    { opinions: { 'Go ahead and say your name and why you are calling.': 'unclear' } },
  ),

  // Keys.
  course('presses 1 without a word', 'accepted', [they(0.2, 0.7, 'Hello?'), greet(1), press(7.8, '1'), connect(8.6)]),
  course(
    'says yeah, and then presses 2',
    'refused',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.4, 6.9, 'Yeah, hm.'), press(8.1, '2'), connect(8.7)],
    { opinions: { 'Yeah, hm.': 'yes' } },
  ),
  course('presses 1 before we have said anything, then 5', 'asked again', [
    press(0.6, '1'),
    greet(1.4),
    press(7.6, '5'),
    connect(8.5),
  ]),

  // Other languages.
  course(
    'agrees in German after a short doubt',
    'accepted',
    [they(0.2, 0.8, 'Müller, guten Tag.'), german(1.2), they(7.3, 9, 'Äh, ja, doch, stellen Sie durch.'), connect()],
    { language: 'German', opinions: { 'Äh, ja, doch, stellen Sie durch.': 'yes' } },
  ),
  course(
    'declines in Spanish because they are driving',
    'refused',
    [they(0.2, 0.7, '¿Bueno?'), spanish(1), they(6.7, 8.6, 'Ahorita no puedo, estoy manejando.'), connect()],
    { language: 'Spanish', opinions: { 'Ahorita no puedo, estoy manejando.': 'no' } },
  ),
  course(
    'asks in French who it is, and then agrees',
    ['asked again', 'accepted'],
    [
      they(0.2, 0.7, 'Allô ?'),
      french(1),
      they(6.9, 8.3, "Oui, c'est de la part de qui ?"),
      connect(),
      we(9.8, 13, 'De la part de Jane Doe, pour une facture. Puis-je vous la passer ?'),
      they(13.5, 14.8, 'Ah oui, allez-y.'),
      connect(),
    ],
    {
      language: 'French',
      opinions: {
        "Oui, c'est de la part de qui ?": 'unclear',
        'Ah oui, allez-y.': 'yes',
        "Oui, c'est de la part de qui ? Ah oui, allez-y.": 'yes',
      },
    },
  ),
  course(
    'agrees in Dutch',
    'accepted',
    [they(0.2, 0.9, 'Met Jan de Vries.'), dutch(1.2), they(6.8, 8, 'Ja hoor, verbind maar door.'), connect()],
    { language: 'Dutch', opinions: { 'Ja hoor, verbind maar door.': 'yes' } },
  ),
  course(
    'declines in Dutch',
    'refused',
    [they(0.2, 0.8, 'Hallo?'), dutch(1.1), they(6.7, 8.3, 'Nou, dat komt nu even niet uit.'), connect()],
    { language: 'Dutch', opinions: { 'Nou, dat komt nu even niet uit.': 'no' } },
  ),

  // The second opinion is wrong, late or off.
  course(
    'talks about the invoice, and the second opinion takes it for agreement',
    'asked again',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.6, 8.4, 'Yes, I sent that invoice last week.'), connect()],
    { opinions: { 'Yes, I sent that invoice last week.': 'yes' } },
  ),
  course(
    'says fire away, and the second opinion comes too late',
    'asked again',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.5, 7.1, 'Fire away.'), connect()],
    { opinions: { 'Fire away.': ['yes', 5] } },
  ),
  course(
    'says yes, please, and there is no second opinion',
    'accepted',
    [they(0.3, 0.8, 'Hello?'), greet(1.1), they(6.6, 7.3, 'Yes, please.'), connect()],
    { opinions: 'off' },
  ),
  course(
    'declines clearly, and the second opinion takes it for agreement',
    'refused',
    [they(0.2, 0.7, 'Hello?'), greet(1), they(6.6, 7.8, 'No, please not now.'), connect()],
    { opinions: { 'No, please not now.': 'yes' } },
  ),
];
