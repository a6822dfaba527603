import { BriefingError, type BriefingErrorCode } from '../briefing-error.js';
import type { BriefingLike } from '../briefing-like.js';
import type { BriefingResult } from '../decision/briefing-result.js';

/** A briefing and its human agent, real or scripted. Every case gets a new one, and the runner disposes of it. */
export interface BriefingHarness extends AsyncDisposable {
  /** A briefing that has not been started. */
  readonly briefing: BriefingLike;
  /** Puts the human agent on the line. */
  answer(): Promise<void>;
  press(key: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** One case of the contract. */
export interface BriefingContractCase {
  readonly title: string;
  /** Runs the case. Rejects when the contract is broken. */
  run(harness: BriefingHarness): Promise<void>;
}

/** The contract of every briefing, in cases for any test runner. */
export const briefingContract: readonly BriefingContractCase[] = [
  {
    title: 'accepts with key 1, ignores key 2 after it, and has timings',
    async run(harness) {
      await begin(harness);
      await harness.press('1');
      const result = await expectResult(harness, 'accepted');
      if (result.timings.answeredAt === undefined || result.timings.decidedMs === undefined)
        fail('timings are missing');
      await harness.press('2');
      await expectResult(harness, 'accepted');
    },
  },
  {
    title: 'declines with key 2, and says sentences after that until it is muted',
    async run(harness) {
      await begin(harness);
      await harness.press('2');
      await expectResult(harness, 'declined');
      await harness.briefing.sayFixed('declined');
      await harness.briefing.say('Goodbye.');
      harness.briefing.mute();
      harness.briefing.mute();
      await harness.briefing.say('Not heard.');
    },
  },
  {
    title: 'counts a key that was pressed after the answer and before brief(), once',
    async run(harness) {
      await harness.briefing.start();
      await harness.answer();
      await harness.press('1');
      harness.briefing.brief();
      harness.briefing.brief();
      await harness.press('2');
      await expectResult(harness, 'accepted');
    },
  },
  {
    title: 'reports a human agent who hangs up as disconnected',
    async run(harness) {
      await begin(harness);
      await harness.hangUp();
      const result = await expectResult(harness, 'disconnected');
      if (result.type === 'disconnected' && result.how !== 'hung-up') fail(`disconnected by ${result.how}`);
    },
  },
  {
    title: 'is canceled when closed early, any number of times, and says nothing more',
    async run(harness) {
      await begin(harness);
      await Promise.all([harness.briefing.close(), harness.briefing.close()]);
      await expectResult(harness, 'canceled');
      harness.briefing.brief();
      harness.briefing.mute();
      await harness.briefing.say('Too late.');
      await harness.briefing.close();
    },
  },
  {
    title: 'runs once, and only after its start',
    async run(harness) {
      await expectCode('not-started', async () => harness.briefing.brief());
      await harness.briefing.start();
      await expectCode('already-started', () => harness.briefing.start());
    },
  },
  {
    title: 'rejects an aborted start with the reason, and is canceled',
    async run(harness) {
      const reason = new Error('caller left');
      const started = await harness.briefing
        .start({ signal: AbortSignal.abort(reason) })
        .catch((error: unknown) => error);
      if (started !== reason) fail('the reason of the signal is lost');
      await expectResult(harness, 'canceled');
    },
  },
];

async function begin(harness: BriefingHarness): Promise<void> {
  await harness.briefing.start();
  await harness.answer();
  harness.briefing.brief();
}

async function expectResult({ briefing }: BriefingHarness, type: BriefingResult['type']): Promise<BriefingResult> {
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
