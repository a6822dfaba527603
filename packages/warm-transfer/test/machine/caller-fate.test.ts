import { describe, expect, it } from 'vitest';
import type { TransferEvent } from '../../src/machine/event.js';
import { accepted, answered, begin, busy, list, merged, of, opened, play } from './play.js';

const connect = [...begin(list('ada')), ...of('1', opened, answered, accepted, merged)];
const sendOn: readonly TransferEvent[] = [
  ...begin(list('ada')),
  ...of('1', opened, busy),
  { type: 'decided', actions: [{ type: 'cold-transfer', to: '+1' }] },
];
const gone: TransferEvent = { type: 'cut-off', cause: 'the room was closed' };

describe('a call that is over', () => {
  it('is told of as soon as the caller has the AI back, whatever is still to be closed', () => {
    const lost = [...connect, ...of('1', { type: 'human-left', how: 'lost' })];
    expect(play(...lost).asked).not.toContain('call-over');
    const { state, asked } = play(...lost, { type: 'caller-restored' });
    expect(asked).toContain('call-over');
    expect(state.phase).toBe('releasing');
  });

  it('is told of at once when the caller has left', () => {
    expect(play(...connect, { type: 'caller-left' }).asked).toContain('call-over');
  });

  it.each<TransferEvent>([{ type: 'caller-hung-up' }, { type: 'caller-left' }])(
    'by hanging up leaves the AI as it was, for whoever comes back ($type)',
    (event) => {
      const hungUp = [...connect, ...of('1', { type: 'human-left', how: 'hung-up' })];
      expect(play(...hungUp).asked).toContain('hang-up-caller');
      expect(play(...hungUp, event).asked).toEqual(['restore-caller', 'clear-limit', 'call-over']);
    },
  );
});

describe('whoever is cut off from the caller', () => {
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

describe('a caller whose phone has left to call somebody else', () => {
  const left: readonly TransferEvent[] = [...sendOn, { type: 'caller-left' }];

  it('is not called back by an abort, which is kept', () => {
    const { state, asked } = play(...left, { type: 'aborted', cause: 'enough' });
    expect([state.phase, asked]).toEqual(['cold-transferring', ['note']]);
    expect(play(...left, { type: 'aborted', cause: 'enough' }, { type: 'cold-transferred' }).asked).toContain(
      'settle(busy, cold-transferred)',
    );
    expect(play(...sendOn, { type: 'aborted', cause: 'enough' }).asked).toContain('restore-caller');
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
