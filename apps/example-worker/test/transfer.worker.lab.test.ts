import type { Signature } from '@org/phone-lab';
import { describe, expect, it } from 'vitest';
import { parties } from '../lab/parties.js';
import { askAgainOnHold, askForPerson, takeAtOnce, takeTheCall } from '../lab/phone-scripts.js';
import { useWorker } from './support/worker-on-lab.js';

const example = useWorker();

/** A tone that breaks off, as it does on a busy machine, sounds for a moment in the band of the music. */
function strayMs(party: Signature): number {
  return party === parties.hold ? 300 : 0;
}

describe('a caller who asks for a person', () => {
  it('is connected to a human agent who accepts, unheard before that, and hung up on when the human agent hangs up', async () => {
    const human = example.humanPhone(takeTheCall);
    const caller = await example.callerPhones(askAgainOnHold);
    const humanCall = await human.nextCall({ timeoutMs: 60_000, signal: example.worker.gone });
    const accepted = await example.worker.waitFor('merging', 60_000);
    await example.worker.waitFor('connected');
    await Promise.all([
      humanCall.waitToHear(parties.caller, { forMs: 1000 }),
      caller.waitToHear(parties.human, { forMs: 1000 }),
    ]);
    const connectedBy = Date.now();
    await humanCall.wait(1000);
    await humanCall.hangUp();
    await Promise.all([caller.finished, humanCall.finished]);

    const before = { to: accepted.at };
    for (const party of [parties.briefing, parties.human]) {
      expect(caller.ear.heardMs(party, before), `${party.name} at the caller before the accept`).toBe(0);
    }
    for (const party of [parties.caller, parties.words, parties.hold, parties.receptionist]) {
      expect(humanCall.ear.heardMs(party, before), `${party.name} at the human before the accept`).toBe(0);
    }
    expect(caller.ear.heardMs(parties.hold, before)).toBeGreaterThan(1000);
    expect(humanCall.ear.heardMs(parties.briefing, before)).toBeGreaterThan(1000);
    const together = { from: connectedBy, to: connectedBy + 1000 };
    for (const party of [parties.hold, parties.receptionist, parties.briefing]) {
      const [atCaller, atHuman] = [caller, humanCall].map(({ ear }) => ear.heardMs(party, together));
      expect(atCaller, `${party.name} at the caller while connected`).toBeLessThanOrEqual(strayMs(party));
      expect(atHuman, `${party.name} at the human while connected`).toBeLessThanOrEqual(strayMs(party));
    }
    expect(await example.worker.waitFor('call-ended')).toMatchObject({ by: 'human', callerIs: 'hung-up' });
    // What the caller said on hold reached no model: it would have asked for a second transfer.
    expect(await example.countOf('outcome')).toBe(1);
    await example.expectNoRoomLeft();
  }, 120_000);

  it('releases the human agent when the caller hangs up after the merge', async () => {
    const human = example.humanPhone(takeAtOnce);
    const caller = await example.callerPhones(askForPerson);
    const humanCall = await human.nextCall({ timeoutMs: 60_000, signal: example.worker.gone });
    await example.worker.waitFor('connected', 60_000);
    await caller.hangUp();
    await humanCall.finished;
    expect(humanCall.ended).toMatchObject({ how: 'disconnected' });
    expect(await example.worker.waitFor('call-ended')).toMatchObject({ by: 'caller', callerIs: 'left' });
    await example.expectNoRoomLeft();
  }, 120_000);
});
