import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bridgePair, growthMs, measureDelays, measureSteadiness, report } from './support/steady-bridge.ts';
import { pause } from './support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

it('adds a delay that does not grow from one merge to the next', async () => {
  await using pair = await bridgePair(lab);
  const { bridge, atHuman, atCaller } = pair;
  const rounds = [];
  for (let round = 0; round < 2; round += 1) {
    await pause(500);
    for (const listener of [atHuman, atCaller]) listener.audibleAt = undefined;
    const mergeAt = performance.now();
    const result = await bridge.merge();
    expect(result.merged).toBe(true);
    await pause(500);
    rounds.push({
      provenMs: result.merged ? Math.round(result.tookMs) : undefined,
      humanHearsMs: Math.round((atHuman.audibleAt ?? Number.NaN) - mergeAt),
      callerHearsMs: Math.round((atCaller.audibleAt ?? Number.NaN) - mergeAt),
      ...(await measureDelays(pair, 4)),
    });
    await bridge.unmerge();
  }
  report('bridge-delay', rounds);
  // Wanted: 150 ms to the first sound, 150 ms of delay.
  for (const round of rounds) {
    expect(round.humanHearsMs).toBeLessThan(750);
    expect(round.callerHearsMs).toBeLessThan(750);
    expect(round.callerToHumanMs).toBeLessThan(750);
    expect(round.humanToCallerMs).toBeLessThan(750);
  }
});

it('adds a delay that does not grow over a minute', { timeout: 120_000 }, async () => {
  const measured = await measureSteadiness(lab, 60_000, 2_000);
  report('bridge-minute', measured);
  // Wanted: 20 ms, on a machine that does nothing else.
  expect(growthMs(measured)).toBeLessThan(100);
});
