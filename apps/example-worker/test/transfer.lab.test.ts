import {
  startPhoneLab,
  type Phone,
  type PhoneCall,
  type PhoneLab,
  type PhoneScript,
  type Signature,
} from '@org/phone-lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_NAME } from '../src/agent-name.js';
import { voices } from '../src/voices.js';
import { CALLER_NUMBER, HUMAN_NUMBER, parties, vocabulary } from '../lab/parties.js';
import { askAgainOnHold, askForPerson, takeAtOnce, takeTheCall } from '../lab/phone-scripts.js';
import { ExampleWorker } from '../lab/example-worker.js';

let lab: PhoneLab;
let worker: ExampleWorker;
let rooms = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
  worker = await ExampleWorker.start(lab);
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await lab.close();
});

beforeEach(() => worker.skipEvents());
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    process.stderr.write(`the worker's events: ${JSON.stringify(await worker.events(), undefined, 1)}\n`);
});

function callerPhones(script: PhoneScript): Promise<PhoneCall> {
  rooms += 1;
  return lab.call({
    from: CALLER_NUMBER,
    roomName: `call-${rooms}`,
    agentName: AGENT_NAME,
    metadata: JSON.stringify({ transferTo: HUMAN_NUMBER }),
    voice: voices.caller,
    vocabulary,
    script,
  });
}

const humanPhone = (script: PhoneScript): Phone => lab.phone(HUMAN_NUMBER, script, { voice: voices.human, vocabulary });

/** Every room is gone, by listing, once everybody had the time to leave. */
async function expectNoRoomLeft(): Promise<void> {
  await expect
    .poll(async () => (await lab.leftNothing()).filter(({ kind }) => kind !== 'socket'), {
      timeout: 10_000,
      interval: 50,
    })
    .toEqual([]);
}

/** Resolves when the AI has finished what it says. */
async function untilQuiet({ ear }: PhoneCall): Promise<void> {
  await expect
    .poll(() => ear.heard(parties.receptionist, { from: Date.now() - 500 }), { timeout: 10_000, interval: 50 })
    .toBe(false);
}

const countOf = async (event: string): Promise<number> =>
  (await worker.events()).filter((logged) => logged.event === event).length;

/** A tone that breaks off, as it does on a busy machine, sounds for a moment in the band of the music. */
function strayMs(party: Signature): number {
  return party === parties.hold ? 300 : 0;
}

describe('a caller who asks for a person', () => {
  it('is connected to one who accepts, heard by nobody before that, and hung up on when the person hangs up', async () => {
    const human = humanPhone(takeTheCall);
    const caller = await callerPhones(askAgainOnHold);
    const humanCall = await human.nextCall({ timeoutMs: 30_000, signal: worker.gone });
    const accepted = await worker.waitFor('merging', 60_000);
    await worker.waitFor('connected');
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
    expect(await worker.waitFor('call-ended')).toMatchObject({ by: 'human', callerIs: 'hung-up' });
    // What the caller said on hold reached no model: it would have asked for a second transfer.
    expect(await countOf('outcome')).toBe(1);
    await expectNoRoomLeft();
  }, 120_000);

  it('releases the person when the caller hangs up after the merge', async () => {
    const human = humanPhone(takeAtOnce);
    const caller = await callerPhones(askForPerson);
    const humanCall = await human.nextCall({ timeoutMs: 30_000, signal: worker.gone });
    await worker.waitFor('connected', 60_000);
    await caller.hangUp();
    await humanCall.finished;
    expect(humanCall.ended).toMatchObject({ how: 'disconnected' });
    expect(await worker.waitFor('call-ended')).toMatchObject({ by: 'caller', callerIs: 'left' });
    await expectNoRoomLeft();
  }, 120_000);

  it('has the AI back, with audio both ways, when the line is busy after ringing, and when it is busy at once', async () => {
    const human = humanPhone(async (call) => {
      if (human.calls.length === 1) await call.ring(500);
      await call.reject(486, 'Busy Here');
    });
    const caller = await callerPhones(askForPerson);
    for (let busy = 0; busy < 2; busy += 1) {
      await human.nextCall({ timeoutMs: 30_000, signal: worker.gone });
      const outcome = await worker.waitFor('outcome');
      expect(outcome).toMatchObject({ status: 'busy', sipStatusCode: 486 });
      expect(await countOf('outcome')).toBe(1);
      await worker.skipEvents();

      // The AI explains itself, and hears what is said to it: it answers the next request with another transfer.
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
    await human.nextCall({ timeoutMs: 30_000, signal: worker.gone });
    await worker.waitFor('outcome');
    expect(caller.ended).toBeUndefined();
    await caller.hangUp();
    await expectNoRoomLeft();
  }, 120_000);

  it('stops the phone from ringing by hanging up, and leaves no room', async () => {
    const human = humanPhone((call) => call.neverAnswer());
    const caller = await callerPhones(askForPerson);
    const humanCall = await human.nextCall({ timeoutMs: 30_000, signal: worker.gone });
    await expect.poll(() => humanCall.status.at(-1)?.status, { timeout: 10_000 }).toBe('ringing');
    const hungUpAt = Date.now();
    await caller.hangUp();
    const end = await humanCall.finished;
    // Within 100 ms, as the bench measures; the ring limit is half a minute.
    expect(end.at - hungUpAt).toBeLessThan(5_000);
    expect(await worker.waitFor('outcome')).toMatchObject({ status: 'caller-left' });
    await expectNoRoomLeft();
  }, 120_000);
});
