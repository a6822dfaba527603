import { describe, expect, it } from 'vitest';
import type { AttemptPortEvent } from '../../src/machine/attempt/attempt-event.js';
import { getCallerState } from '../../src/machine/state/party-state.js';
import {
  accepted,
  answered,
  begin,
  busy,
  decided,
  list,
  next,
  of,
  opened,
  play,
  ringAll,
} from '../support/machine/play.js';

describe('several targets', () => {
  it('in a list are called one after the other, the caller staying on hold', () => {
    const first = [...begin(list('ada', 'bea')), ...of('1', opened, busy)];
    expect(play(...first, decided(next)).asked).toEqual(['clear-limit', '2:open(bea)', '2:set-attempt-limit(opening)']);
    expect(play(...first, decided(next), ...of('2', opened, busy), decided(next)).asked).toContain('restore-caller');
  });

  it('in parallel: the first to answer gets the caller, and the others stop ringing in the same step', () => {
    const ringing = [...begin(ringAll('answer', 'ada', 'bea', 'cleo')), ...of('1', opened), ...of('2', opened)];
    expect(play(...ringing, ...of('2', answered)).asked).toEqual([
      '2:brief',
      '2:set-attempt-limit(briefing)',
      '1:close(answered-elsewhere)',
      '1:set-attempt-limit(closing)',
      '3:close(answered-elsewhere)',
      '3:set-attempt-limit(closing)',
    ]);
    expect(play(...ringing, ...of('2', answered), ...of('1', answered)).asked).toEqual([]);
  });

  it('in parallel: the first to accept gets the caller, and a voicemail that answered does not', () => {
    const ringing = [...begin(ringAll('accept', 'ada', 'bea')), ...of('1', opened, answered), ...of('2', opened)];
    expect(play(...ringing, ...of('1', { type: 'voicemail' })).asked).toEqual([
      '1:clear-attempt-limit',
      '1:close()',
      '1:set-attempt-limit(closing)',
    ]);
    const both = [...ringing, ...of('2', answered)];
    expect(play(...both, ...of('2', accepted)).asked).toContain('1:close(answered-elsewhere)');
    expect(play(...both, ...of('2', accepted), ...of('1', accepted)).asked).toEqual([]);
  });

  it('in stages: the first rings on when the next joins in', () => {
    const stages = {
      winner: 'answer' as const,
      stages: [{ targets: ['ada'], nextAfterMs: 15_000 }, { targets: ['bea'] }],
    };
    expect(play(...begin(stages)).asked).toContain('await-next-stage(15000)');
    const joined = play(...begin(stages), ...of('1', opened), { type: 'next-stage-due' });
    expect(joined.asked).toEqual(['2:open(bea)', '2:set-attempt-limit(opening)']);
    expect(joined.state).toMatchObject({ attempts: { 1: { phase: 'dialing' }, 2: { phase: 'opening' } } });
    expect(play(...begin(stages), ...of('1', opened, answered)).asked).toContain('forget-next-stage');
  });

  it('never calls a target twice, and not more than allowed', () => {
    const again = [...begin(list('ada', 'ada')), ...of('1', opened, busy), decided(next)];
    expect(play(...again).state.phase).toBe('releasing');
    const limited = [...begin(list('ada', 'bea'), { maxAttempts: 1 }), ...of('1', opened, busy), decided(next)];
    expect(play(...limited).state.phase).toBe('releasing');
  });

  it('lets the words of a human agent outweigh a phone that was not answered', () => {
    const said = of('1', opened, answered, { type: 'declined', reason: 'no', redirectTo: 'billing' });
    const { state } = play(...begin(ringAll('accept', 'ada', 'bea')), ...said, ...of('2', opened, busy));
    expect(state).toMatchObject({ phase: 'deciding', ending: { status: 'declined', redirectTo: 'billing' } });
  });
});

describe('the policy', () => {
  const declined = of('1', opened, answered, { type: 'declined', reason: 'no', redirectTo: 'billing' });

  it('redirects to the department that was named, the caller staying on hold', () => {
    const redirected = [...begin(list('ada')), ...declined, decided({ type: 'redirect' })];
    expect(play(...redirected).asked).toEqual(['set-limit(redirecting)', 'resolve(billing)']);
    expect(play(...redirected, { type: 'resolved', plan: list('bea') }).asked).toContain('2:open(bea)');
  });

  it('ends a circle of redirects: a called target is not called again', () => {
    const { state } = play(...begin(list('ada')), ...declined, decided({ type: 'redirect' }), {
      type: 'resolved',
      plan: list('ada'),
    });
    expect(state).toMatchObject({ phase: 'releasing', over: { status: 'declined' }, disposition: 'returned' });
  });

  it('continues to the next action when one cannot be done, with a warning', () => {
    const vain = [
      ...begin(list('ada')),
      ...declined,
      decided({ type: 'redirect' }, { type: 'cold-transfer', to: '+1' }, { type: 'hang-up' }),
      { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } } as const,
    ];
    expect(play(...vain).asked).toEqual(['add-warning', 'set-limit(cold-transferring)', 'cold-transfer(+1)']);
    const refused = play(...vain, { type: 'cold-transfer-failed', cause: '603' });
    expect(refused.asked).toEqual([
      'add-warning',
      'clear-total',
      'stop-hold',
      'hang-up-caller',
      'set-limit(hanging-up)',
    ]);
  });

  it('cold-transfers the caller, who leaves before the success is reported', () => {
    const sent = [...begin(list('ada')), ...of('1', opened, busy), decided({ type: 'cold-transfer', to: '+1' })];
    const { asked, state } = play(...sent, { type: 'caller-left' }, { type: 'cold-transferred' });
    expect(asked).toContain('settle(busy, cold-transferred)');
    expect(getCallerState(state)).toBe('inactive');
    const hungUp = play(...sent, { type: 'caller-left' }, { type: 'cold-transfer-failed', cause: 'gone' });
    expect(hungUp.asked).toContain('settle(caller-left, left)');
  });

  it('leaves a message in the voicemail that answered', () => {
    const box = [...begin(list('ada')), ...of('1', opened, answered, { type: 'voicemail' })];
    expect(play(...box).asked).toEqual(['1:clear-attempt-limit', 'set-limit(deciding)', 'decide']);
    expect(play(...box, decided({ type: 'voicemail-message' })).asked).toContain('1:close(voicemail-message)');
    expect(play(...box, decided({ type: 'return' })).asked).toContain('1:close()');
  });

  it('is asked when the merge fails, and may continue to the next target', () => {
    const failed = of('1', opened, answered, accepted, { type: 'merge-failed', cause: 'no audio' });
    expect(play(...begin(list('ada', 'bea')), ...failed, decided(next)).asked).toContain('2:open(bea)');
  });
});

describe('a caller ID that the network rejects before the phone rings', () => {
  const refused: AttemptPortEvent = {
    type: 'dial-ended',
    ending: { kind: 'ending', status: 'trunk-rejected', sipStatusCode: 403 },
    callerIdRefused: true,
  };

  it('leads to one more attempt of its own, as from the trunk, without asking the policy', () => {
    const { asked, state } = play(...begin(list('ada', 'bea')), ...of('1', opened, refused));
    expect(asked).toEqual([
      '1:close()',
      '1:set-attempt-limit(closing)',
      'add-warning',
      '2:open(ada as trunk)',
      '2:set-attempt-limit(opening)',
    ]);
    expect(state).toMatchObject({ phase: 'attempting', attempts: { 2: { target: 'ada', callerId: 'trunk' } } });
  });

  it('is retried once, not after ringing, and within the attempts that are allowed', () => {
    const again = [...begin(list('ada')), ...of('1', opened, refused), ...of('2', opened, refused)];
    expect(play(...again).state.phase).toBe('deciding');
    const rung = [...begin(list('ada')), ...of('1', opened, { type: 'ringing' }, refused)];
    expect(play(...rung).state.phase).toBe('deciding');
    const spent = [...begin(list('ada'), { maxAttempts: 1 }), ...of('1', opened, refused)];
    expect(play(...spent).state.phase).toBe('deciding');
  });
});
