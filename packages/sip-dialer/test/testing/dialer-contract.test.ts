import { describe, expect, test } from 'vitest';
import { dialerContract } from '../../src/testing.js';
import { scriptedWorld } from '../support/scripted-harness.js';

describe.each([
  { kind: 'a watched room', watched: true },
  { kind: 'the participant list', watched: false },
])('on scripted clients, by $kind', ({ watched }) => {
  test.each(dialerContract)('$title', async (contractCase) => {
    await using world = scriptedWorld({ watched });
    await contractCase.run(world);
    await world.sleep(60_000);
    expect(world.server.room('consult-1').listenerCount, 'listeners left').toBe(0);
    expect(world.clock.pending, 'timers left').toBe(0);
  });
});
