import { describe, expect, it } from 'vitest';
import { BriefingError } from '../../src/index.ts';
import { briefingContract, type BriefingWorld, ScriptedBriefing } from '../../src/testing.ts';

function scriptedWorld(): BriefingWorld {
  const briefing = new ScriptedBriefing();
  return {
    briefing,
    answer: async () => undefined,
    press: async (key) => briefing.press(key),
    hangUp: async () => briefing.leave('hung-up'),
    [Symbol.asyncDispose]: () => briefing.close(),
  };
}

describe('the contract of a briefing holds for the scripted one:', () => {
  it.each(briefingContract.map((contract) => [contract.title, contract] as const))('%s', async (_, contract) => {
    await using world = scriptedWorld();
    await contract.run(world);
  });
});

describe('a scripted briefing', () => {
  it('comes to the decision that was written, and keeps what was said', async () => {
    await using briefing = new ScriptedBriefing({ decision: { type: 'declined', by: 'voice', reason: 'busy' } });
    await briefing.start();
    briefing.brief();
    expect(await briefing.result).toMatchObject({ type: 'declined', reason: 'busy', transcript: [] });
    await briefing.say('Goodbye.');
    await briefing.sayFixed('declined');
    briefing.mute();
    await briefing.say('Not said.');
    expect(briefing.said).toEqual(['Goodbye.', 'declined']);
  });

  it('that is closed while it waits is canceled', async () => {
    const briefing = new ScriptedBriefing({ decision: { type: 'accepted', by: 'key' }, afterMs: 60_000 });
    await briefing.start();
    briefing.brief();
    await briefing.close();
    expect((await briefing.result).type).toBe('canceled');
  });

  it('fails to start when that was written', async () => {
    const cause = new Error('no room');
    const briefing = new ScriptedBriefing({ startFails: cause });
    const error = await briefing.start().catch((thrown: unknown) => thrown);
    expect(BriefingError.isInstance(error) && [error.code, error.cause]).toEqual(['start-failed', cause]);
    expect(await briefing.result).toMatchObject({ type: 'failed', cause });
  });
});
