import { describe, expect, it } from 'vitest';
import type { BriefingEvent } from '../../src/decision/briefing-event.ts';
import { type BriefingState, type DecisionRules, initialBriefing } from '../../src/decision/briefing-state.ts';
import { refusalText } from '../../src/decision/refusal.ts';
import type { BriefingEffect } from '../../src/decision/step.ts';
import { transition } from '../../src/decision/transition.ts';
import { englishBriefing } from '../../src/index.ts';
import { ConsentReader } from '../../src/language/consent-reader.ts';

const rules: DecisionRules = {
  keys: { accept: '1', decline: '2' },
  reader: new ConsentReader(englishBriefing.consent),
  hasOpinion: false,
  hasWords: true,
};

const accept: BriefingEvent = { type: 'accept-called' };
const decline: BriefingEvent = { type: 'decline-called', reason: 'busy' };
const voicemail: BriefingEvent = { type: 'voicemail-called' };
const answered: BriefingEvent = { type: 'answered' };
const key = (digit: string): BriefingEvent => ({ type: 'key', digit });
const words = (text: string): BriefingEvent => ({ type: 'line-words', text });
const speaks = (now: boolean): BriefingEvent => ({ type: 'line-speaking', now });
/** The agent asks for a second without interruption. */
const weAsk: readonly BriefingEvent[] = [
  { type: 'agent-speaking', now: true },
  { type: 'agent-speaking', now: false },
  { type: 'agent-asked', question: 'connect' },
];
const theySay = (text: string): readonly BriefingEvent[] => [speaks(true), speaks(false), words(text)];

interface After {
  readonly state: BriefingState;
  readonly effects: readonly BriefingEffect[];
}

/** Plays events at intervals of a second. */
function play(events: readonly BriefingEvent[], by: Partial<DecisionRules> = {}): After {
  return events.reduce<After>((before, event, index) => transition(before.state, { ...event, at: index * 1000 }), {
    state: initialBriefing({ ...rules, ...by }),
    effects: [],
  });
}

const decisionOf = ({ state }: After): unknown => (state.phase === 'decided' ? state.decision : undefined);
const decisionAfter = (...events: BriefingEvent[]): unknown => decisionOf(play(events));

/** Returns the refusal in reply to the last event. */
function refusalAfter(...events: BriefingEvent[]): string {
  const reply = play(events).effects.find((effect) => effect.type === 'reply');
  return reply?.refusal === undefined ? '' : refusalText(reply.refusal);
}

const byVoice = { type: 'accepted', via: 'voice' };

describe('an accept by voice', () => {
  it('counts after a yes to the question, and the model gets no refusal', () => {
    const after = play([answered, ...weAsk, ...theySay('Yes.'), accept]);
    expect(after.effects).toEqual([
      { type: 'decided', decision: byVoice },
      { type: 'reply', to: 'accept' },
    ]);
  });

  it('is refused before the answer, whatever was heard on the line', () => {
    expect(refusalAfter(...weAsk, ...theySay('Yes.'), accept)).toMatch(/has not been answered/);
  });

  it('does not count speech of the agent before the answer as heard', () => {
    expect(refusalAfter(...weAsk, answered, ...theySay('Yes.'), accept)).toMatch(/may be a recording/);
  });

  it('needs a second transcript when the recognizer does not report when speech starts', () => {
    const heard = [answered, ...weAsk, words('Hello.')];
    expect(decisionAfter(...heard, accept)).toBeUndefined();
    expect(decisionAfter(...heard, ...weAsk, words('Yes.'), accept)).toEqual(byVoice);
  });

  it('asks for the key when the words are not transcribed', () => {
    const after = play([answered, ...weAsk, speaks(true), speaks(false), words(''), accept], { hasWords: false });
    expect(after.effects).toEqual([expect.objectContaining({ refusal: expect.objectContaining({ kind: 'key' }) })]);
  });

  it('does not ask for a key when there are none', () => {
    const unclear = [...theySay('Hm.'), accept, ...weAsk];
    const after = play([answered, ...weAsk, ...unclear, ...unclear.slice(0, 4)], { keys: null });
    expect(after.effects).toEqual([expect.objectContaining({ refusal: expect.objectContaining({ kind: 'unclear' }) })]);
  });
});

describe('the refusal for the model', () => {
  it('quotes the last words of the line, on one line', () => {
    const told = refusalAfter(answered, ...weAsk, ...theySay('Who\nis it?'), accept);
    expect(told).toMatch(/no clear yes.*"Who is it\?".*ask whether to connect/);
  });

  it('asks for the key that accepts after one repetition', () => {
    const once = [...theySay('Hm?'), accept, ...weAsk];
    expect(refusalAfter(answered, ...weAsk, ...once, ...once.slice(0, 4))).toMatch(/do not ask for one again.*press 1/);
  });

  it('asks to decline after a no', () => {
    expect(refusalAfter(answered, ...weAsk, ...theySay('No.'), accept)).toMatch(/said no.*decline_transfer/);
  });
});

describe('a wait for a second opinion', () => {
  const asked = [answered, ...weAsk, ...theySay('Yes.'), accept];
  const waiting = (...more: BriefingEvent[]): After => play([...asked, ...more], { hasOpinion: true });

  it('begins with the tool call, and takes 0.8 s', () => {
    expect(waiting()).toMatchObject({ state: { phase: 'weighing' }, effects: [{ type: 'set-timer', forMs: 800 }] });
  });

  it('sends only the words, when they are final', () => {
    const { effects } = play(asked.slice(0, -1), { hasOpinion: true });
    expect(effects).toEqual([{ type: 'ask-opinion', request: 1, words: 'Yes.', question: 'connect' }]);
  });

  it.each<[string, BriefingEvent]>([
    ['a key', key('2')],
    ['a decline of the model', decline],
    ['the end of the line', { type: 'human-disconnected', how: 'hung-up' }],
    ['a failure of the models', { type: 'models-failed' }],
    ['a machine', { type: 'voicemail-detected' }],
  ])('is ended by %s, and the model has its reply', (_, end) => {
    const { state, effects } = waiting(end);
    expect(state.phase).not.toBe('weighing');
    expect(effects).toContainEqual(expect.objectContaining({ type: 'reply', to: 'accept' }));
  });

  it('ignores the opinion on other words', () => {
    const { state } = waiting({ type: 'opinion', request: 7, opinion: 'yes' });
    expect(state.phase).toBe('weighing');
  });
});

describe('a briefing after a model failed', () => {
  it('ignores tool calls, and decides by keys', () => {
    const fallenBack = [answered, ...weAsk, ...theySay('Yes.'), { type: 'models-failed' } as const];
    for (const call of [accept, decline, voicemail]) expect(decisionAfter(...fallenBack, call)).toBeUndefined();
    expect(decisionAfter(...fallenBack, key('1'))).toEqual({ type: 'accepted', via: 'key' });
  });
});

describe('the keys', () => {
  it('are those of the options', () => {
    const chosen = { keys: { accept: '5', decline: '#' } };
    expect(decisionOf(play([answered, key('1')], chosen))).toBeUndefined();
    expect(decisionOf(play([answered, key('5')], chosen))).toEqual({ type: 'accepted', via: 'key' });
    expect(decisionOf(play([answered, key('#')], chosen))).toEqual({
      type: 'declined',
      via: 'key',
      reason: 'pressed #',
    });
  });

  it('have no effect when they are null', () => {
    expect(decisionOf(play([answered, key('1')], { keys: null }))).toBeUndefined();
  });

  it('are by default 1 to accept and 2 to decline, also before any words', () => {
    expect(decisionAfter(answered, key('1'))).toEqual({ type: 'accepted', via: 'key' });
    expect(decisionAfter(answered, key('2'))).toEqual({ type: 'declined', via: 'key', reason: 'pressed 2' });
  });

  it('pressed at the moment of the answer count once it is known, the first one that decides', () => {
    expect(decisionAfter(key('1'))).toBeUndefined();
    expect(decisionAfter(key('5'), key('2'), key('1'), answered)).toMatchObject({ type: 'declined', via: 'key' });
  });

  it('have no effect when they are others', () => {
    expect(decisionAfter(answered, ...weAsk, key('5'), accept)).toBeUndefined();
  });
});

describe('a decline and a voicemail', () => {
  it('contain the person and department named', () => {
    const redirected: BriefingEvent = { type: 'decline-called', reason: 'not mine', redirectTo: 'billing' };
    expect(decisionAfter(answered, words('Try billing.'), redirected)).toEqual({
      type: 'declined',
      via: 'voice',
      reason: 'not mine',
      redirectTo: 'billing',
    });
  });

  it('count after words over the agent, as a voicemail or a hurried person speaks immediately', () => {
    expect(decisionAfter(answered, ...theySay('Not now.'), decline)).toMatchObject({ type: 'declined' });
    expect(decisionAfter(...theySay('Leave a message.'), answered, voicemail)).toMatchObject({ type: 'voicemail' });
  });

  it('are refused before any words were understood, so that the conversation cannot cause them', () => {
    for (const call of [decline, voicemail]) {
      expect(refusalAfter(answered, ...weAsk, speaks(true), call)).toMatch(/No words/);
    }
  });
});

describe('the first decision', () => {
  const heard = [answered, ...weAsk, ...theySay('Yes.')];
  const endings: [BriefingEvent, string][] = [
    [accept, 'accepted'],
    [decline, 'declined'],
    [voicemail, 'voicemail'],
    [key('2'), 'declined'],
    [{ type: 'silence-limit', limit: 'silence' }, 'no-speech'],
    [{ type: 'total-limit' }, 'timed-out'],
    [{ type: 'human-disconnected', how: 'hung-up' }, 'disconnected'],
    [{ type: 'broken', cause: 'x' }, 'failed'],
    [{ type: 'canceled' }, 'canceled'],
  ];

  it.each(endings)('after %o is %s, and no event changes it', (ending, type) => {
    const after = play([...heard, ending]);
    expect(decisionOf(after)).toMatchObject({ type });
    for (const [later] of endings) {
      expect(transition(after.state, { ...later, at: 99_000 }).state).toBe(after.state);
    }
  });

  it('refuses every later tool call', () => {
    for (const call of [accept, decline, voicemail]) {
      expect(refusalAfter(...heard, accept, call)).toMatch(/already/);
    }
  });
});
