import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../support/bridge-delays.ts';
import { type RemoteBridge, remoteBridge } from '../support/stalled-bridge.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** The number of measurements, three seconds each; a busy machine delays one of them, a lasting lag all of them. */
const looks = 4;

async function growthMs(bridge: RemoteBridge, before: number): Promise<number> {
  let growth = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks && growth > 100; look += 1) growth = (await bridge.delay()) - before;
  return growth;
}

describe('a bridge', () => {
  it('returns to its delay after its event loop was blocked for 300 ms, and counts the dropped frames', async () => {
    await using bridge = await remoteBridge(lab);
    const before = await bridge.delay();
    const { callerToHuman } = await bridge.block(300);
    const growth = await growthMs(bridge, before);
    report('bridge-blocked', { before, growth, callerToHuman });
    expect(growth).toBeLessThan(100);
    expect(callerToHuman.droppedFrames).toBeGreaterThanOrEqual(15);
    expect(callerToHuman.failedFrames).toBe(0);
  });
});
