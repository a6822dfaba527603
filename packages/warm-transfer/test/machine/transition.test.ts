import { describe, expect, it } from 'vitest';
import { callerStateOf, humanAgentStateOf } from '../../src/machine/party-state.js';
import type { PolicyAction } from '../../src/machine/policy-action.js';
import type { TransferEvent } from '../../src/machine/event.js';
import { accepted, answered, begin, busy, closed, list, merged, of, opened, play, ringAll } from './play.js';

const decided = (...actions: PolicyAction[]): TransferEvent => ({ type: 'decided', actions });
const next: PolicyAction = { type: 'next-target' };

describe('one target', () => {
  it('is called as soon as it is known, the caller on hold in the same step', () => {
    expect(play(...begin(list('ada'))).asked).toEqual([
      'clear-limit',
      'hold-caller',
      '1:open(ada)',
      '1:set-attempt-limit(opening)',
      'play-hold',
    ]);
    expect(play(...begin(list('ada')), ...of('1', opened)).asked).toEqual([
      '1:dial',
      '1:prepare',
      '1:set-attempt-limit(dialing)',
    ]);
    expect(play(...begin(list('ada')), ...of('1', opened, answered)).asked).toEqual([
      '1:brief',
      '1:set-attempt-limit(briefing)',
    ]);
    expect(play(...begin(list('ada')), ...of('1', opened, answered, accepted)).asked).toEqual([
      '1:clear-attempt-limit',
      '1:merge',
      'set-limit(merging)',
    ]);
    expect(play(...begin(list('ada')), ...of('1', opened, answered, accepted, merged)).asked).toEqual([
      '1:end-briefing',
      'stop-hold',
      'clear-limit',
      'clear-total',
      'settle(connected)',
    ]);
  });

  it('gives the caller back before anything is cleaned up, and settles then', () => {
    const back = [...begin(list('ada')), ...of('1', opened, busy), decided(next)];
    expect(play(...back).asked).toEqual(['clear-total', 'stop-hold', 'restore-caller', 'set-limit(releasing)']);
    expect(play(...back, { type: 'caller-restored' }).asked).toEqual(['clear-limit', 'settle(busy, returned)']);
    expect(play(...back, { type: 'caller-restored' }, ...of('1', closed)).asked).toEqual([
      '1:clear-attempt-limit',
      'finish',
    ]);
  });

  it('keeps the first cause and its SIP status, whatever comes after it', () => {
    const { state } = play(
      ...begin(list('ada')),
      ...of('1', opened, busy),
      decided({ type: 'return' }),
      { type: 'caller-left' },
      { type: 'aborted', cause: 'later' },
      ...of('1', closed),
    );
    expect(state).toEqual({
      phase: 'ended',
      over: { kind: 'ending', status: 'busy', sipStatusCode: 486 },
      fate: 'left',
    });
  });

  it.each<[string, TransferEvent[], string]>([
    ['the caller leaves', [{ type: 'caller-left' }], 'caller-left'],
    ['the caller cancels', [{ type: 'caller-canceled' }], 'canceled'],
    ['the program cancels', [{ type: 'aborted', cause: 'enough' }], 'canceled'],
    ['the whole takes too long', [{ type: 'limit-reached', limit: 'total' }], 'time-over'],
    ['they decline', of('1', { type: 'declined', reason: 'no' }), 'declined'],
    ['nobody speaks', of('1', { type: 'silent' }), 'time-over'],
    ['the briefing takes too long', of('1', { type: 'attempt-limit-reached', limit: 'briefing' }), 'time-over'],
    ['the briefing breaks', of('1', { type: 'briefing-failed', cause: 'x' }), 'failed'],
    ['the merge fails', of('1', accepted, { type: 'merge-failed', cause: 'x' }), 'merge-failed'],
    ['the merge hangs', [...of('1', accepted), { type: 'limit-reached', limit: 'merging' }], 'merge-failed'],
    ['they hang up', of('1', { type: 'human-left', how: 'hung-up' }), ''],
  ])('when %s, whoever is on the line hears %3$j', (_claim, events, farewell) => {
    expect(play(...begin(list('ada')), ...of('1', opened, answered), ...events).asked).toContain(
      `1:close(${farewell})`,
    );
  });

  it('merges after an accept in the briefing, and never without one', () => {
    expect(play(...begin(list('ada')), ...of('1', opened, accepted)).asked).toEqual([]);
    expect(play(...begin(list('ada')), ...of('1', opened, answered, accepted, accepted)).asked).toEqual([]);
  });

  it('takes back a caller who could not be hung up on', () => {
    const connected = [...begin(list('ada')), ...of('1', opened, answered, accepted, merged)];
    const { state, asked } = play(...connected, ...of('1', { type: 'human-left', how: 'hung-up' }), {
      type: 'caller-failed',
      cause: 'the API is down',
    });
    expect(asked).toEqual(['note', 'restore-caller', 'set-limit(releasing)']);
    expect(state).toMatchObject({ over: { by: 'human', caller: 'returned' } });
  });

  it.each([
    ['hung-up', {}, 'hang-up-caller'],
    ['hung-up', { humanHangsUp: 'return' }, 'restore-caller'],
    ['lost', {}, 'restore-caller'],
    ['lost', { lineLost: 'hang-up' }, 'hang-up-caller'],
  ] as const)('connected and then %s, with %j: %s', (how, supervision, effect) => {
    const connected = [...begin(list('ada'), { supervision }), ...of('1', opened, answered, accepted, merged)];
    expect(play(...connected, ...of('1', { type: 'human-left', how })).asked).toContain(effect);
  });

  it('tells both parties in the words of the guide', () => {
    const line = [...begin(list('ada')), ...of('1', opened, answered)];
    const connected = [...line, ...of('1', accepted, merged)];
    const voicemail = [...line, ...of('1', { type: 'voicemail' }), decided({ type: 'return' })];
    expect(seen()).toBe('active/inactive');
    expect(seen(...begin(list('ada')))).toBe('escalated/inactive');
    expect(seen(...begin(list('ada'), { holdFrom: 'answer' }))).toBe('active/inactive');
    expect(seen(...line)).toBe('escalated/summarizing');
    expect(seen(...connected)).toBe('escalated/merged');
    expect(seen(...voicemail)).toBe('escalated/failed');
    expect(seen(...voicemail, { type: 'caller-restored' })).toBe('active/failed');
    expect(seen(...line, { type: 'caller-left' })).toBe('inactive/failed');
    expect(seen(...connected, { type: 'caller-left' }, ...of('1', closed))).toBe('inactive/merged');
  });
});

describe('several targets', () => {
  it('in a list are called one after the other, the caller staying on hold', () => {
    const first = [...begin(list('ada', 'bea')), ...of('1', opened, busy)];
    expect(play(...first, decided(next)).asked).toEqual(['clear-limit', '2:open(bea)', '2:set-attempt-limit(opening)']);
    expect(play(...first, decided(next), ...of('2', opened, busy), decided(next)).asked).toContain('restore-caller');
  });

  it('at once: who answers first has the caller, and the others stop ringing in the same step', () => {
    const ringing = [...begin(ringAll('answer', 'ada', 'bea', 'cleo')), ...of('1', opened), ...of('2', opened)];
    expect(play(...ringing, ...of('2', answered)).asked).toEqual([
      '2:brief',
      '2:set-attempt-limit(briefing)',
      '1:close(taken)',
      '1:set-attempt-limit(closing)',
      '3:close(taken)',
      '3:set-attempt-limit(closing)',
    ]);
    expect(play(...ringing, ...of('2', answered), ...of('1', answered)).asked).toEqual([]);
  });

  it('at once: who accepts first has the caller, and a voicemail box that answered does not', () => {
    const ringing = [...begin(ringAll('accept', 'ada', 'bea')), ...of('1', opened, answered), ...of('2', opened)];
    expect(play(...ringing, ...of('1', { type: 'voicemail' })).asked).toEqual([
      '1:clear-attempt-limit',
      '1:close()',
      '1:set-attempt-limit(closing)',
    ]);
    const both = [...ringing, ...of('2', answered)];
    expect(play(...both, ...of('2', accepted)).asked).toContain('1:close(taken)');
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

  it('lets what a person said outweigh a phone that nobody took', () => {
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

  it('ends a circle of redirects: who has been called is not called again', () => {
    const { state } = play(...begin(list('ada')), ...declined, decided({ type: 'redirect' }), {
      type: 'resolved',
      plan: list('ada'),
    });
    expect(state).toMatchObject({ phase: 'releasing', over: { status: 'declined' }, fate: 'returned' });
  });

  it('goes on to the next action when one cannot be done, with a note', () => {
    const vain = [
      ...begin(list('ada')),
      ...declined,
      decided({ type: 'redirect' }, { type: 'cold-transfer', to: '+1' }, { type: 'hang-up' }),
      { type: 'unresolved', ending: { kind: 'ending', status: 'outside-hours' } } as const,
    ];
    expect(play(...vain).asked).toEqual(['note', 'set-limit(cold-transferring)', 'cold-transfer(+1)']);
    const refused = play(...vain, { type: 'cold-transfer-failed', cause: '603' });
    expect(refused.asked).toEqual(['note', 'clear-total', 'stop-hold', 'hang-up-caller', 'set-limit(hanging-up)']);
  });

  it('sends the caller on, who leaves before we are told', () => {
    const sent = [...begin(list('ada')), ...of('1', opened, busy), decided({ type: 'cold-transfer', to: '+1' })];
    const { asked, state } = play(...sent, { type: 'caller-left' }, { type: 'cold-transferred' });
    expect(asked).toContain('settle(busy, cold-transferred)');
    expect(callerStateOf(state)).toBe('inactive');
    const hungUp = play(...sent, { type: 'caller-left' }, { type: 'cold-transfer-failed', cause: 'gone' });
    expect(hungUp.asked).toContain('settle(caller-left, left)');
  });

  it('leaves a message in the voicemail box that answered', () => {
    const box = [...begin(list('ada')), ...of('1', opened, answered, { type: 'voicemail' })];
    expect(play(...box).asked).toEqual(['1:clear-attempt-limit', 'set-limit(deciding)', 'decide']);
    expect(play(...box, decided({ type: 'voicemail-message' })).asked).toContain('1:close(voicemail-message)');
    expect(play(...box, decided({ type: 'return' })).asked).toContain('1:close()');
  });

  it('is asked when the merge fails, and may go on to the next target', () => {
    const failed = of('1', opened, answered, accepted, { type: 'merge-failed', cause: 'no audio' });
    expect(play(...begin(list('ada', 'bea')), ...failed, decided(next)).asked).toContain('2:open(bea)');
  });
});

describe('whom to call', () => {
  it('is known before anybody is put on hold', () => {
    const { state, asked } = play(
      { type: 'start', setup: { holdFrom: 'dial', maxAttempts: 1 } },
      { type: 'unresolved', ending: { kind: 'ending', status: 'outside-hours' } },
      decided({ type: 'return' }),
    );
    expect(asked).toEqual(['clear-total', 'clear-limit', 'settle(outside-hours, returned)', 'finish']);
    expect(state.phase).toBe('ended');
  });
});

describe('the hold', () => {
  it('begins with the answer if so wished', () => {
    const ringing = [...begin(list('ada'), { holdFrom: 'answer' }), ...of('1', opened)];
    expect(play(...begin(list('ada'), { holdFrom: 'answer' })).asked).not.toContain('hold-caller');
    expect(play(...ringing, ...of('1', answered)).asked).toEqual([
      '1:brief',
      '1:set-attempt-limit(briefing)',
      'hold-caller',
      'play-hold',
    ]);
    expect(play(...ringing, ...of('1', busy), decided(next)).asked).toContain('settle(busy, returned)');
  });

  it('begins with the accept if so wished', () => {
    const line = [...begin(list('ada'), { holdFrom: 'accept' }), ...of('1', opened, answered)];
    expect(play(...line).asked).not.toContain('hold-caller');
    expect(play(...line, ...of('1', accepted)).asked).toEqual([
      '1:clear-attempt-limit',
      'hold-caller',
      'play-hold',
      '1:merge',
      'set-limit(merging)',
    ]);
  });
});

function seen(...events: TransferEvent[]): string {
  const { state } = play(...events);
  return `${callerStateOf(state)}/${humanAgentStateOf(state)}`;
}
