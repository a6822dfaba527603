import { describe, expect, it } from 'vitest';
import { getCallerState, getHumanAgentState } from '../../src/machine/state/party-state.js';
import type { TransferEvent } from '../../src/machine/state/event.js';
import {
  accepted,
  answered,
  begin,
  busy,
  closed,
  decided,
  list,
  merged,
  next,
  of,
  opened,
  play,
} from '../support/machine/play.js';

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

  it('returns the caller before anything is cleaned up, and settles then', () => {
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
      disposition: 'left',
    });
  });

  it.each<[string, TransferEvent[], string]>([
    ['the caller leaves', [{ type: 'caller-left' }], 'caller-left'],
    ['the caller cancels', [{ type: 'caller-canceled' }], 'canceled'],
    ['the program cancels', [{ type: 'aborted', cause: 'enough' }], 'canceled'],
    ['the whole takes too long', [{ type: 'limit-reached', limit: 'total' }], 'time-up'],
    ['they decline', of('1', { type: 'declined', reason: 'no' }), 'declined'],
    ['the human agent says nothing', of('1', { type: 'no-speech' }), 'time-up'],
    ['the briefing takes too long', of('1', { type: 'attempt-limit-reached', limit: 'briefing' }), 'time-up'],
    ['the briefing breaks', of('1', { type: 'briefing-failed', cause: 'x' }), 'failed'],
    ['the merge fails', of('1', accepted, { type: 'merge-failed', cause: 'x' }), 'merge-failed'],
    ['the merge hangs', [...of('1', accepted), { type: 'limit-reached', limit: 'merging' }], 'merge-failed'],
    ['they hang up', of('1', { type: 'human-disconnected', how: 'hung-up' }), ''],
  ])('when %s, the human agent hears %3$j', (_claim, events, farewell) => {
    expect(play(...begin(list('ada')), ...of('1', opened, answered), ...events).asked).toContain(
      `1:close(${farewell})`,
    );
  });

  it('merges after an accept in the briefing, and never without one', () => {
    expect(play(...begin(list('ada')), ...of('1', opened, accepted)).asked).toEqual([]);
    expect(play(...begin(list('ada')), ...of('1', opened, answered, accepted, accepted)).asked).toEqual([]);
  });

  it('returns a caller who could not be hung up on', () => {
    const connected = [...begin(list('ada')), ...of('1', opened, answered, accepted, merged)];
    const { state, asked } = play(...connected, ...of('1', { type: 'human-disconnected', how: 'hung-up' }), {
      type: 'caller-failed',
      while: 'hanging-up',
      cause: 'the API is down',
    });
    expect(asked).toEqual(['add-warning', 'restore-caller', 'set-limit(releasing)']);
    expect(state).toMatchObject({ over: { by: 'human', caller: 'returned' } });
  });

  it.each([
    ['hung-up', {}, 'hang-up-caller'],
    ['hung-up', { onHumanHangUp: 'return' }, 'restore-caller'],
    ['lost', {}, 'restore-caller'],
    ['lost', { onLineLost: 'hang-up' }, 'hang-up-caller'],
  ] as const)('connected and then %s, with %j: %s', (how, afterConnect, effect) => {
    const connected = [...begin(list('ada'), { afterConnect }), ...of('1', opened, answered, accepted, merged)];
    expect(play(...connected, ...of('1', { type: 'human-disconnected', how })).asked).toContain(effect);
  });

  it.each([
    [{}, '1:close()'],
    [{ onCallerHangUp: 'announce' }, '1:close(caller-left)'],
  ] as const)('connected and then left by the caller, with %j: %s', (afterConnect, effect) => {
    const connected = [...begin(list('ada'), { afterConnect }), ...of('1', opened, answered, accepted, merged)];
    expect(play(...connected, { type: 'caller-left' }).asked).toContain(effect);
  });

  it('has the states of both parties in the terms of the guide', () => {
    const line = [...begin(list('ada')), ...of('1', opened, answered)];
    const connected = [...line, ...of('1', accepted, merged)];
    const voicemail = [...line, ...of('1', { type: 'voicemail' }), decided({ type: 'return' })];
    expect(seen()).toBe('active/inactive');
    expect(seen(...begin(list('ada')))).toBe('escalated/inactive');
    expect(seen(...begin(list('ada'), { holdCallerOn: 'answer' }))).toBe('active/inactive');
    expect(seen(...line)).toBe('escalated/summarizing');
    expect(seen(...connected)).toBe('escalated/merged');
    expect(seen(...voicemail)).toBe('escalated/failed');
    expect(seen(...voicemail, { type: 'caller-restored' })).toBe('active/failed');
    expect(seen(...line, { type: 'caller-left' })).toBe('inactive/failed');
    expect(seen(...connected, { type: 'caller-left' }, ...of('1', closed))).toBe('inactive/merged');
  });
});

describe('whom to call', () => {
  it('is known before the caller is put on hold', () => {
    const nobody: readonly TransferEvent[] = [
      { type: 'start', setup: { holdCallerOn: 'dial', maxAttempts: 1 } },
      { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } },
      decided({ type: 'return' }),
    ];
    expect(seen(...nobody)).toBe('active/failed');
    const { state, asked } = play(...nobody, { type: 'caller-restored' });
    expect(asked).toEqual(['clear-limit', 'settle(closed, returned)', 'finish']);
    expect(state.phase).toBe('ended');
  });
});

describe('the hold', () => {
  it('begins with the answer if so wished', () => {
    const ringing = [...begin(list('ada'), { holdCallerOn: 'answer' }), ...of('1', opened)];
    expect(play(...begin(list('ada'), { holdCallerOn: 'answer' })).asked).not.toContain('hold-caller');
    expect(play(...ringing, ...of('1', answered)).asked).toEqual([
      '1:brief',
      '1:set-attempt-limit(briefing)',
      'hold-caller',
      'play-hold',
    ]);
    const over = [...ringing, ...of('1', busy), decided(next)];
    expect(play(...over).asked).not.toContain('stop-hold');
    expect(play(...over, { type: 'caller-restored' }).asked).toContain('settle(busy, returned)');
  });

  it('begins with the accept if so wished', () => {
    const line = [...begin(list('ada'), { holdCallerOn: 'accept' }), ...of('1', opened, answered)];
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
  return `${getCallerState(state)}/${getHumanAgentState(state)}`;
}
