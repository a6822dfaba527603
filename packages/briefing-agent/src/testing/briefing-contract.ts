import { BriefingError, type BriefingErrorCode } from '../briefing-error.js';
import type { BriefingLike } from '../briefing-like.js';
import type { BriefingResult } from '../decision/briefing-result.js';

/** A briefing and the human in front of it, real or scripted. Every case gets a new one, and disposes of it. */
export interface BriefingWorld extends AsyncDisposable {
  /** Not started. */
  readonly briefing: BriefingLike;
  /** Puts the human on the line. */
  answer(): Promise<void>;
  press(key: string): Promise<void>;
  hangUp(): Promise<void>;
}

export interface BriefingContractCase {
  readonly title: string;
  /** Rejects when the contract is broken. */
  run(world: BriefingWorld): Promise<void>;
}

/** What holds for every briefing, in cases for any test runner. */
export const briefingContract: readonly BriefingContractCase[] = [
  {
    title: 'key 1 accepts, key 2 after it changes nothing, and there is something to tell',
    async run(world) {
      await begin(world);
      await world.press('1');
      const result = await expectResult(world, 'accepted');
      if (result.timings.answeredAt === undefined || result.timings.decidedMs === undefined)
        fail('timings are missing');
      await world.press('2');
      await expectResult(world, 'accepted');
    },
  },
  {
    title: 'key 2 declines, and sentences are said after that until it is muted',
    async run(world) {
      await begin(world);
      await world.press('2');
      await expectResult(world, 'declined');
      await world.briefing.sayFixed('declined');
      await world.briefing.say('Goodbye.');
      world.briefing.mute();
      world.briefing.mute();
      await world.briefing.say('Not heard.');
    },
  },
  {
    title: 'a key pressed after the answer and before brief() counts, once',
    async run(world) {
      await world.briefing.start();
      await world.answer();
      await world.press('1');
      world.briefing.brief();
      world.briefing.brief();
      await world.press('2');
      await expectResult(world, 'accepted');
    },
  },
  {
    title: 'a human who hangs up has left',
    async run(world) {
      await begin(world);
      await world.hangUp();
      const result = await expectResult(world, 'left');
      if (result.type === 'left' && result.how !== 'hung-up') fail(`left is ${result.how}`);
    },
  },
  {
    title: 'closed early it is canceled, any number of times, and has nothing more to say',
    async run(world) {
      await begin(world);
      await Promise.all([world.briefing.close(), world.briefing.close()]);
      await expectResult(world, 'canceled');
      world.briefing.brief();
      world.briefing.mute();
      await world.briefing.say('Too late.');
      await world.briefing.close();
    },
  },
  {
    title: 'it runs once, in order',
    async run(world) {
      await expectCode('not-started', async () => world.briefing.brief());
      await world.briefing.start();
      await expectCode('already-started', () => world.briefing.start());
    },
  },
  {
    title: 'an aborted start rejects with the reason, and is canceled',
    async run(world) {
      const reason = new Error('caller left');
      const started = await world.briefing
        .start({ signal: AbortSignal.abort(reason) })
        .catch((error: unknown) => error);
      if (started !== reason) fail('the reason of the signal is lost');
      await expectResult(world, 'canceled');
    },
  },
];

async function begin(world: BriefingWorld): Promise<void> {
  await world.briefing.start();
  await world.answer();
  world.briefing.brief();
}

async function expectResult({ briefing }: BriefingWorld, type: BriefingResult['type']): Promise<BriefingResult> {
  const result = await briefing.result;
  if (result.type !== type) fail(`expected ${type}, got ${result.type}`);
  return result;
}

async function expectCode(code: BriefingErrorCode, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (BriefingError.isInstance(error) && error.code === code) return;
    throw error;
  }
  fail(`expected ${code}`);
}

function fail(message: string): never {
  throw new Error(`the contract is broken: ${message}`);
}
