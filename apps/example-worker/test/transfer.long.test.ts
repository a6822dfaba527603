import type { PhoneCall } from '@org/phone-lab';
import { describe, expect, it } from 'vitest';
import { parties } from '../lab/parties.js';
import { askForPerson } from '../lab/phone-scripts.js';
import { useWorker } from './support/worker-on-lab.js';

const example = useWorker();

/** Resolves when the AI has finished what it says. */
async function untilQuiet({ ear }: PhoneCall): Promise<void> {
  await expect
    .poll(() => ear.heard(parties.receptionist, { from: Date.now() - 500 }), { timeout: 10_000, interval: 50 })
    .toBe(false);
}

describe('a caller who asks for a person', () => {
  it('has the AI back, with audio both ways, when the line is busy after ringing, and when it is busy immediately', async () => {
    const human = example.humanPhone(async (call) => {
      if (human.calls.length === 1) await call.ring(500);
      await call.reject(486, 'Busy Here');
    });
    const caller = await example.callerPhones(askForPerson);
    for (let busy = 0; busy < 2; busy += 1) {
      await human.nextCall({ timeoutMs: 30_000, signal: example.worker.gone });
      const outcome = await example.worker.waitFor('outcome');
      expect(outcome).toMatchObject({ status: 'busy', sipStatusCode: 486 });
      expect(await example.countOf('outcome')).toBe(1);
      await example.worker.skipEvents();

      // The AI explains itself, and hears the caller: it answers the next request with another transfer.
      await expect
        .poll(() => caller.ear.heardMs(parties.receptionist, { from: outcome.at }), { timeout: 10_000 })
        .toBeGreaterThan(500);
      const heardAt = caller.ear.firstHeardAt(parties.receptionist, { from: outcome.at });
      expect((heardAt ?? Infinity) - outcome.at).toBeLessThan(5 * 1000);
      expect(caller.ear.heardMs(parties.hold, { from: outcome.at + 1000 })).toBe(0);
      caller.quiet();
      await untilQuiet(caller);
      await caller.say('person');
    }
    await human.nextCall({ timeoutMs: 30_000, signal: example.worker.gone });
    await example.worker.waitFor('outcome');
    expect(caller.ended).toBeUndefined();
    await caller.hangUp();
    await example.expectNoRoomLeft();
  }, 120_000);

  it('stops the phone from ringing by hanging up, and leaves no room', async () => {
    const human = example.humanPhone((call) => call.neverAnswer());
    const caller = await example.callerPhones(askForPerson);
    const humanCall = await human.nextCall({ timeoutMs: 30_000, signal: example.worker.gone });
    await expect.poll(() => humanCall.status.at(-1)?.status, { timeout: 10_000 }).toBe('ringing');
    const hungUpAt = Date.now();
    await caller.hangUp();
    const end = await humanCall.finished;
    // Within 100 ms, as the bench measures; the ring limit is half a minute.
    expect(end.at - hungUpAt).toBeLessThan(5_000);
    expect(await example.worker.waitFor('outcome')).toMatchObject({ status: 'caller-left' });
    await example.expectNoRoomLeft();
  }, 120_000);
});
