import { describe, expect, it } from 'vitest';
import { decide, startOfBriefing, type BriefingEvent, type BriefingStep } from '../src/decide.ts';

const accept: BriefingEvent = { type: 'accept-called' };
const decline: BriefingEvent = { type: 'decline-called', reason: 'busy' };
const voicemail: BriefingEvent = { type: 'voicemail-called' };
const answered: BriefingEvent = { type: 'answered' };
const agentSpoke: BriefingEvent = { type: 'agent-spoke' };
const speaking: BriefingEvent = { type: 'human-speaking' };
const words: BriefingEvent = { type: 'human-words', refusal: false };
const key = (digit: string): BriefingEvent => ({ type: 'key', digit });

function after(...events: BriefingEvent[]): BriefingStep {
  return events.reduce<BriefingStep>(({ state }, event) => decide(state, event), { state: startOfBriefing });
}

const decisionAfter = (...events: BriefingEvent[]): string | undefined => after(...events).state.decision?.type;

describe('an accept by voice', () => {
  it('counts after words that began when the agent had spoken', () => {
    expect(after(answered, agentSpoke, speaking, words, accept)).toEqual({
      state: expect.objectContaining({ decision: { type: 'accepted', by: 'voice' } }),
    });
  });

  it('is refused, and the model told what is missing, while nobody was heard', () => {
    const { state, refusal } = after(answered, agentSpoke, accept);
    expect(state.decision).toBeUndefined();
    expect(refusal).toMatch(/nobody has spoken or pressed a key/);
  });

  it('is refused after words that were over before the agent had spoken', () => {
    expect(decisionAfter(answered, speaking, words, agentSpoke, accept)).toBeUndefined();
  });

  it('is refused after words that began before the agent had spoken, however long they went on', () => {
    expect(decisionAfter(answered, speaking, agentSpoke, words, words, words, accept)).toBeUndefined();
  });

  it('is refused after several sentences, the first of which was spoken over the agent', () => {
    expect(decisionAfter(answered, speaking, agentSpoke, words, speaking, words, accept)).toBeUndefined();
  });

  it('counts after noise over the agent', () => {
    expect(decisionAfter(answered, speaking, agentSpoke, speaking, words, accept)).toBe('accepted');
  });

  it('counts after words over a later utterance, once one was heard out', () => {
    expect(decisionAfter(answered, agentSpoke, speaking, agentSpoke, words, accept)).toBe('accepted');
  });

  it('is refused after noise without words', () => {
    expect(decisionAfter(answered, agentSpoke, speaking, accept)).toBeUndefined();
  });

  it('counts again once the human has spoken anew', () => {
    expect(decisionAfter(answered, speaking, words, agentSpoke, accept, speaking, words, accept)).toBe('accepted');
  });

  it('is refused before the answer, whatever was heard on the line', () => {
    expect(after(agentSpoke, speaking, words, accept).refusal).toMatch(/answered/);
  });

  it('does not take what the agent did before the answer for its first utterance', () => {
    expect(decisionAfter(agentSpoke, answered, speaking, words, accept)).toBeUndefined();
  });

  it('needs a second transcript where the recognizer does not tell when speech starts', () => {
    expect(decisionAfter(answered, agentSpoke, words, accept)).toBeUndefined();
    expect(decisionAfter(answered, agentSpoke, words, words, accept)).toBe('accepted');
  });
});

describe('a refusal', () => {
  const no: BriefingEvent = { type: 'human-words', refusal: true };
  const greeted = [answered, agentSpoke, speaking];

  it('keeps the model from accepting, however often it tries', () => {
    const step = after(...greeted, no, accept, accept);
    expect(step.state.decision).toBeUndefined();
    expect(step.refusal).toMatch(/sounds like a no/);
  });

  it('holds for the whole turn', () => {
    expect(decisionAfter(...greeted, no, speaking, words, accept)).toBeUndefined();
  });

  it('holds until the person says something else to the agent', () => {
    expect(decisionAfter(...greeted, no, agentSpoke, accept)).toBeUndefined();
    expect(decisionAfter(...greeted, no, agentSpoke, speaking, words, accept)).toBe('accepted');
  });

  it('does not keep the model from declining, nor the person from pressing 1', () => {
    expect(decisionAfter(...greeted, no, decline)).toBe('declined');
    expect(decisionAfter(...greeted, no, key('1'))).toBe('accepted');
  });
});

describe('a machine', () => {
  it('that was detected cannot accept by voice', () => {
    const step = after(answered, agentSpoke, speaking, words, { type: 'machine' }, accept);
    expect(step.state.decision).toBeUndefined();
    expect(step.refusal).toMatch(/machine/);
  });
});

describe('after a model failed', () => {
  it('nothing that a model calls has an effect, but keys', () => {
    const fallenBack = [answered, agentSpoke, speaking, words, { type: 'fell-back' } as const];
    for (const call of [accept, decline, voicemail]) expect(decisionAfter(...fallenBack, call)).toBeUndefined();
    expect(decisionAfter(...fallenBack, key('1'))).toBe('accepted');
  });
});

describe('keys', () => {
  it('are those that were chosen', () => {
    const start = { ...startOfBriefing, keys: { accept: '5', decline: '#' }, answered: true };
    expect(decide(start, key('1')).state.decision).toBeUndefined();
    expect(decide(start, key('5')).state.decision).toEqual({ type: 'accepted', by: 'key' });
    expect(decide(start, key('#')).state.decision).toEqual({ type: 'declined', by: 'key', reason: 'pressed #' });
  });

  it('do nothing where there are none', () => {
    expect(decide({ ...startOfBriefing, keys: null, answered: true }, key('1')).state.decision).toBeUndefined();
  });

  it('1 accepts and 2 declines, also before anything was said', () => {
    expect(after(answered, key('1')).state.decision).toEqual({ type: 'accepted', by: 'key' });
    expect(after(answered, key('2')).state.decision).toEqual({ type: 'declined', by: 'key', reason: 'pressed 2' });
  });

  it('that were pressed in the moment of the answer count as soon as it is known, the first one that decides', () => {
    expect(after(key('1')).state.decision).toBeUndefined();
    expect(after(key('5'), key('2'), key('1'), answered).state.decision).toMatchObject({ type: 'declined', by: 'key' });
    expect(decisionAfter(key('5'), answered, accept)).toBe('accepted');
  });

  it('other than these show that a human is there', () => {
    expect(decisionAfter(answered, key('5'))).toBeUndefined();
    expect(decisionAfter(answered, key('5'), accept)).toBe('accepted');
  });
});

describe('a decline and a voicemail', () => {
  it('carry what the human named', () => {
    const redirected: BriefingEvent = { type: 'decline-called', reason: 'not mine', redirectTo: 'billing' };
    expect(after(answered, words, redirected).state.decision).toEqual({
      type: 'declined',
      by: 'voice',
      reason: 'not mine',
      redirectTo: 'billing',
    });
  });

  it('count after words over the agent, as a machine or a hurried person speaks at once', () => {
    expect(decisionAfter(answered, speaking, words, decline)).toBe('declined');
    expect(decisionAfter(speaking, words, answered, voicemail)).toBe('voicemail');
  });

  it('are refused while no words were understood, so that a transcript cannot cause them', () => {
    for (const call of [decline, voicemail]) {
      const { state, refusal } = after(answered, agentSpoke, speaking, call);
      expect(state.decision).toBeUndefined();
      expect(refusal).toMatch(/No words/);
    }
  });
});

describe('the first decision', () => {
  const heard = [answered, agentSpoke, speaking, words];
  const endings: [BriefingEvent, string][] = [
    [accept, 'accepted'],
    [decline, 'declined'],
    [voicemail, 'voicemail'],
    [key('2'), 'declined'],
    [{ type: 'silence-limit', limit: 'silence' }, 'silent'],
    [{ type: 'total-limit' }, 'timed-out'],
    [{ type: 'human-left', how: 'hung-up' }, 'left'],
    [{ type: 'broken', cause: 'x' }, 'failed'],
    [{ type: 'canceled' }, 'canceled'],
  ];

  it.each(endings)('of %o is %s, and nothing changes it', (ending, type) => {
    const decided = after(...heard, ending);
    expect(decided.state.decision?.type).toBe(type);
    for (const [later] of endings) expect(decide(decided.state, later).state).toBe(decided.state);
  });

  it('makes every later tool call answer that it is over', () => {
    for (const call of [accept, decline, voicemail]) {
      expect(after(...heard, accept, call).refusal).toMatch(/already/);
    }
  });
});
