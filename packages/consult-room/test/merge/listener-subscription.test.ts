import { expect, it, vi } from 'vitest';
import type { ConsultRoomError } from '../../src/index.ts';
import { ListenerSubscription } from '../../src/merge/listener-subscription.ts';
import { SeenRoom } from '../support/fake-room.ts';

const noResponse = (): Error => Object.assign(new Error('no response'), { name: 'ServerError', status: 503 });

/** A server whose answer to the first requests is that there was no response. */
function subscribing(unanswered: number): { ask: () => void; asked: () => number; warnings: ConsultRoomError[] } {
  const room = new SeenRoom('main');
  room.join('caller');
  const warnings: ConsultRoomError[] = [];
  const updateSubscriptions = vi.fn(() =>
    updateSubscriptions.mock.calls.length > unanswered ? Promise.resolve() : Promise.reject(noResponse()),
  );
  const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
  const subscription = new ListenerSubscription(
    { room, identity: 'caller' },
    { people: { updateSubscriptions }, onWarning },
  );
  return { ask: () => subscription.ask('TR_1'), asked: () => updateSubscriptions.mock.calls.length, warnings };
}

it('asks again, and does not warn, where the server has not met a listener who has just come', async () => {
  const { ask, asked, warnings } = subscribing(2);
  await vi.waitFor(() => {
    ask();
    expect(asked()).toBe(3);
  });
  ask();
  await Promise.resolve();
  expect([asked(), warnings]).toEqual([3, []]);
});

it('warns once of a server that does not respond for longer than a merge waits for it', async () => {
  const { ask, warnings } = subscribing(Number.POSITIVE_INFINITY);
  await vi.waitFor(
    () => {
      ask();
      expect(warnings).toMatchObject([{ code: 'server' }]);
    },
    { timeout: 5_000 },
  );
});
