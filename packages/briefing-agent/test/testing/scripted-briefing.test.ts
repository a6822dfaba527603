import { describe, expect, it } from 'vitest';
import { BriefingError } from '../../src/index.ts';
import { briefingContract, type BriefingHarness, ScriptedBriefing } from '../../src/testing.ts';

function scriptedHarness(): BriefingHarness {
  const briefing = new ScriptedBriefing();
  return {
    briefing,
    answer: async () => undefined,
    press: async (key) => briefing.press(key),
    hangUp: async () => briefing.leave('hung-up'),
    [Symbol.asyncDispose]: () => briefing.close(),
  };
}

describe('a scripted briefing keeps the contract: it', () => {
  it.each(briefingContract.map((contract) => [contract.title, contract] as const))('%s', async (_, contract) => {
    await using harness = scriptedHarness();
    await contract.run(harness);
  });
});

describe('a scripted briefing', () => {
  it('settles the scripted decision, and records what was said', async () => {
    await using briefing = new ScriptedBriefing({ decision: { type: 'declined', via: 'voice', reason: 'busy' } });
    await briefing.start();
    briefing.brief();
    expect(await briefing.result).toMatchObject({ type: 'declined', reason: 'busy', transcript: [] });
    await briefing.say('Goodbye.');
    await briefing.sayFixed('declined');
    briefing.mute();
    await briefing.say('Not said.');
    expect(briefing.said).toEqual(['Goodbye.', 'declined']);
  });

  it('is canceled when it is closed before the decision', async () => {
    const briefing = new ScriptedBriefing({ decision: { type: 'accepted', via: 'key' }, afterMs: 60_000 });
    await briefing.start();
    briefing.brief();
    await briefing.close();
    expect((await briefing.result).type).toBe('canceled');
  });

  it('fails to start when that is scripted', async () => {
    const cause = new Error('no room');
    const briefing = new ScriptedBriefing({ startFails: cause });
    const error = await briefing.start().catch((thrown: unknown) => thrown);
    expect(BriefingError.isInstance(error) && [error.code, error.cause]).toEqual(['start-failed', cause]);
    expect(await briefing.result).toMatchObject({ type: 'failed', cause });
  });
});
