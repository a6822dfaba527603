import { expect, it, vi } from 'vitest';
import type { ConsultRoomError } from '../../src/index.ts';
import { ListenerSubscription } from '../../src/merge/listener-subscription.ts';
import { FakeRoom } from '../support/fake-room.ts';

const noResponse = (): Error => Object.assign(new Error('no response'), { name: 'ServerError', status: 503 });

/** A server that does not respond to the first requests. */
function subscribing(unanswered: number): { ask: () => void; asked: () => number; warnings: ConsultRoomError[] } {
  const room = new FakeRoom('main');
  room.join('caller');
  const warnings: ConsultRoomError[] = [];
  const updateSubscriptions = vi.fn(() =>
    updateSubscriptions.mock.calls.length > unanswered ? Promise.resolve() : Promise.reject(noResponse()),
  );
  const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
  const subscription = new ListenerSubscription(
    { room, identity: 'caller' },
    { participants: { updateSubscriptions }, onWarning },
  );
  return { ask: () => subscription.ask('TR_1'), asked: () => updateSubscriptions.mock.calls.length, warnings };
}

it('the subscription of a listener is asked for again, without a warning, when the server does not know a listener who has just joined', async () => {
  const { ask, asked, warnings } = subscribing(2);
  await vi.waitFor(() => {
    ask();
    expect(asked()).toBe(3);
  });
  ask();
  await Promise.resolve();
  expect([asked(), warnings]).toEqual([3, []]);
});

it('the subscription of a listener causes one warning when the server does not respond for longer than a merge waits', async () => {
  const { ask, warnings } = subscribing(Number.POSITIVE_INFINITY);
  await vi.waitFor(
    () => {
      ask();
      expect(warnings).toMatchObject([{ code: 'server' }]);
    },
    { timeout: 5_000 },
  );
});
