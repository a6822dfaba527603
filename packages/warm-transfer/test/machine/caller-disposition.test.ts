import { describe, expect, it } from 'vitest';
import type { TransferEvent } from '../../src/machine/state/event.js';
import { getCallerState } from '../../src/machine/state/party-state.js';
import { accepted, answered, begin, busy, decided, list, merged, of, opened, play } from '../support/machine/play.js';

const connect = [...begin(list('ada')), ...of('1', opened, answered, accepted, merged)];
const sendOn: readonly TransferEvent[] = [
  ...begin(list('ada')),
  ...of('1', opened, busy),
  { type: 'decided', actions: [{ type: 'cold-transfer', to: '+1' }] },
];
const gone: TransferEvent = { type: 'agent-disconnected', cause: 'the room was closed' };

describe('a call that is over', () => {
  it('is reported as soon as the caller is returned to the AI, whatever is still to be closed', () => {
    const lost = [...connect, ...of('1', { type: 'human-disconnected', how: 'lost' })];
    expect(play(...lost).asked).not.toContain('call-over');
    const { state, asked } = play(...lost, { type: 'caller-restored' });
    expect(asked).toContain('call-over');
    expect(state.phase).toBe('releasing');
  });

  it('is reported immediately when the caller has left', () => {
    expect(play(...connect, { type: 'caller-left' }).asked).toContain('call-over');
  });

  it.each<TransferEvent>([{ type: 'caller-hung-up' }, { type: 'caller-left' }])(
    'by hanging up leaves the AI as it was, for a caller who comes back ($type)',
    (event) => {
      const hungUp = [...connect, ...of('1', { type: 'human-disconnected', how: 'hung-up' })];
      expect(play(...hungUp).asked).toContain('hang-up-caller');
      expect(play(...hungUp, event).asked).toEqual(['unhold-caller', 'clear-limit', 'call-over']);
    },
  );
});

const callerFailed = (doing: 'holding' | 'restoring' | 'ending'): TransferEvent => ({
  type: 'caller-failed',
  while: doing,
  cause: 'the session is closed',
});

describe('a caller whom the AI cannot take back', () => {
  const cannot = callerFailed('restoring');
  const lost = [...connect, ...of('1', { type: 'human-disconnected', how: 'lost' }), cannot];
  const declined = [...begin(list('ada')), ...of('1', opened, busy), decided({ type: 'return' }), cannot];

  it('is not said to be back: their call is ended, within a limit, and the reason is kept', () => {
    expect(play(...lost).asked).toEqual(['add-warning', 'set-limit(cold-transferring)', 'end-caller']);
    expect(play(...declined).asked).toEqual(['add-warning', 'set-limit(cold-transferring)', 'end-caller']);
  });

  it.each([
    ['hung-up', ['unhold-caller', 'clear-limit', 'call-over']],
    ['left', ['unhold-caller', 'clear-limit', 'call-over']],
    ['cold-transferred', ['clear-limit', 'call-over']],
  ] as const)('has the disposition %s when their call has ended so', (disposition, asked) => {
    const ended = play(...lost, { type: 'caller-ended', disposition });
    expect(ended.asked).toEqual(asked);
    expect(ended.state).toMatchObject({ disposition, over: { by: 'line', caller: disposition } });
    expect(play(...declined, { type: 'caller-ended', disposition }).asked).toContain(`settle(busy, ${disposition})`);
  });

  it('is stranded when that fails or lasts too long, and gone when they leave meanwhile', () => {
    const late: TransferEvent = { type: 'limit-reached', limit: 'cold-transferring' };
    expect(play(...declined, callerFailed('ending')).asked).toContain('settle(busy, stranded)');
    expect(play(...declined, late).asked).toContain('settle(busy, stranded)');
    expect(play(...declined, { type: 'caller-left' }, late).asked).toContain('settle(busy, left)');
    expect(getCallerState(play(...declined, callerFailed('ending')).state)).toBe('escalated');
  });

  it('is not taken for one by a hold that fails late, or by the failure of what was given up', () => {
    const returning = declined.slice(0, -1);
    expect(play(...returning, callerFailed('holding')).asked).toEqual(['add-warning']);
    expect(play(...returning, callerFailed('holding'), { type: 'caller-restored' }).asked).toContain(
      'settle(busy, returned)',
    );
    expect(play(...declined, callerFailed('restoring')).asked).toEqual(['add-warning']);
  });

  it('is not left alone either when no caller was put on hold, or nothing had begun', () => {
    const early: readonly TransferEvent[] = [...begin(list('ada'), { holdCallerOn: 'accept' }), ...of('1', opened)];
    const abort: TransferEvent = { type: 'aborted', cause: 'the session is closing' };
    expect(play(...early, abort, cannot).asked).toContain('end-caller');
    expect(play(abort, cannot).asked).toContain('end-caller');
  });
});

describe('an agent that is disconnected from the caller room', () => {
  it('says so, and not that the caller hung up', () => {
    const { state, asked } = play(...begin(list('ada')), ...of('1', opened, answered), gone);
    expect(asked).toContain('settle(aborted, left)');
    expect(asked).toContain('1:close(canceled)');
    expect(state).toMatchObject({ over: { status: 'aborted', cause: 'the room was closed' } });
    expect(play(gone).asked).toContain('settle(aborted, left)');
  });

  it('ends a call by the line, with the cause', () => {
    const over = { by: 'line', caller: 'left', cause: 'the room was closed' };
    expect(play(...connect, gone).state).toMatchObject({ over });
  });
});

describe('a caller whose phone has left for a cold transfer', () => {
  const left: readonly TransferEvent[] = [...sendOn, { type: 'caller-left' }];

  it('is not called back by an abort, which is kept', () => {
    const { state, asked } = play(...left, { type: 'aborted', cause: 'enough' });
    expect([state.phase, asked]).toEqual(['cold-transferring', ['add-warning']]);
    expect(play(...left, { type: 'aborted', cause: 'enough' }, { type: 'cold-transferred' }).asked).toContain(
      'settle(busy, cold-transferred)',
    );
    expect(play(...sendOn, { type: 'aborted', cause: 'enough' }).asked).toContain('restore-caller');
  });

  it('does not hear the AI on the old line, which lives for another second', () => {
    const { state, asked } = play(...sendOn, { type: 'cold-transferred' });
    expect(asked).toEqual(['clear-total', 'stop-hold', 'clear-limit', 'settle(busy, cold-transferred)']);
    expect(getCallerState(state)).toBe('inactive');
  });

  it('is not said to be back when time is over', () => {
    const { asked } = play(...left, { type: 'limit-reached', limit: 'total' });
    expect(asked).toContain('settle(timed-out, left)');
  });
});

it('a merge that cannot even be prepared fails as a merge, with its cause', () => {
  const failed = of('1', { type: 'briefing-failed', cause: 'no track' });
  const { state } = play(...begin(list('ada')), ...of('1', opened, answered, accepted), ...failed);
  expect(state).toMatchObject({ phase: 'deciding', ending: { status: 'merge-failed', cause: 'no track' } });
});
