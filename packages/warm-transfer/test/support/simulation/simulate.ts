import { defaultLimits } from '../../../src/options/limits.js';
import { transition } from '../../../src/machine/transition.js';
import { TransferRunner } from '../../../src/runtime/transfer-runner.js';
import { settlePromises, type FakeAttempt } from '../../../src/testing.js';
import { Random } from './random.js';
import { happen } from './event-generator.js';
import { Witness } from './invariant-checker.js';
import { makeWorld } from './harness.js';

/** The sum of all limits, with the attempts one after another: by then everything must be over. */
const forEver = Object.values(defaultLimits).reduce((sum, ms) => sum + ms, 0) * 6;

/**
 * One transfer in a world made from a seed: people, networks and ports do what they like, in any order. Returns the
 * contracts that were broken; none is good.
 */
export async function simulate(seed: number, step: typeof transition = transition): Promise<readonly string[]> {
  const random = new Random(seed);
  const { ports, setup, faulty } = makeWorld(random);
  const abort = new AbortController();
  const witness = new Witness(ports, setup, faulty);
  const run = new TransferRunner({
    ports,
    limits: defaultLimits,
    setup,
    signal: abort.signal,
    onWarning: () => undefined,
    step: (state, event) => witness.step(state, event, step(state, event)),
  });
  void run.settled.then((settlement) => witness.settled(settlement));
  void run.ended.then(() => witness.ended());
  if (random.chance(0.02)) ports.callerLeaves();
  if (random.chance(0.02)) abort.abort(new Error('beforehand'));
  const answered = new Set<FakeAttempt>();
  run.start();
  for (let left = random.whole(3, 30); left > 0 && !witness.isOver && witness.broken.length === 0; left -= 1) {
    const stimulus = await happen({ ports, run, abort, random, answered });
    witness.look(answered);
    if (stimulus === 'abort' || stimulus === 'caller-leaves') {
      await settlePromises();
      witness.expectNoPhoneRings(answered);
    }
  }
  if (witness.broken.length > 0) return witness.broken;
  await ports.clock.advance(forEver);
  witness.look(answered);
  // Only a call of two people may last.
  run.dispatch({ type: 'hang-up' });
  await ports.clock.advance(forEver);
  witness.conclude(answered);
  return witness.broken;
}

/** The first few seeds with which a contract is broken, and which. */
export async function brokenBy(first: number, runs: number): Promise<Readonly<Record<number, readonly string[]>>> {
  const broken: Record<number, readonly string[]> = {};
  for (let seed = first; seed < first + runs && Object.keys(broken).length < 5; seed += 1) {
    const found = await simulate(seed);
    if (found.length > 0) broken[seed] = found;
  }
  return broken;
}
