import { countAudioSources, type PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Consult } from '../support/fixture.ts';
import { AGENT_VOICE, openLab } from '../support/lab.ts';
import { until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

it('a briefing leaves no audio source running when it is closed', async () => {
  const before = countAudioSources();
  for (let round = 0; round < 3; round += 1) {
    await using consult = await Consult.open(lab);
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    // One of the phone and one of the agent.
    expect(countAudioSources()).toBe(before + 2);
    await call.hangUp();
    await consult.briefing.close();
    await vi.waitFor(() => expect(countAudioSources()).toBe(before), { timeout: 1_000, interval: 10 });
  }
});
