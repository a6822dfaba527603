import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgePair, measureDelays, report } from '../support/bridge-delays.ts';
import { until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe.sequential('a bridge on an idle machine', () => {
  it('adds less than 750 ms of delay in every merge, from its first sound on', async () => {
    const rounds = [];
    for (let round = 0; round < 2; round += 1) {
      await using pair = await bridgePair(lab);
      const { bridge, atHuman, atCaller } = pair;
      const mergeAt = performance.now();
      const result = await bridge.merge();
      expect(result).toMatchObject({ merged: true });
      await until('both hear', () => [atHuman, atCaller].every(({ audibleAt }) => audibleAt !== undefined));
      rounds.push({
        provenMs: result.merged ? Math.round(result.tookMs) : undefined,
        humanHearsMs: Math.round((atHuman.audibleAt ?? Number.NaN) - mergeAt),
        callerHearsMs: Math.round((atCaller.audibleAt ?? Number.NaN) - mergeAt),
        ...(await measureDelays(pair, 3)),
      });
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
});
