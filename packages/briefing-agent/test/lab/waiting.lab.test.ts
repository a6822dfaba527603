import type { PhoneLab } from '@org/phone-lab';
import { queueMusic } from '@org/phone-lab/tones';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consult } from '../support/fixture.ts';
import { AGENT_VOICE, openLab } from '../support/lab.ts';
import { untilSaid } from '../support/until.ts';
import {
  agentLines,
  ANN,
  hearing,
  MENU,
  QUEUE,
  SCREENING,
  takeCall,
  TOLD,
  type Waits,
  YES,
} from '../support/waiting.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe('a human agent', { timeout: 60_000 }, () => {
  it('behind a menu is reached by DTMF, and hears who is calling when they have spoken', async () => {
    const waits: Waits = [];
    const texts = [MENU, ANN, YES];
    const voicemail = { onDetected: { dtmf: '23' } };
    await using consult = await Consult.open(lab, hearing(texts, waits, { voicemail }));
    let spokenAt = Infinity;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(MENU);
      await phone.waitForKey();
      await phone.waitForKey();
      await phone.play(queueMusic(1000, 8000), 8000);
      spokenAt = Date.now();
      await takeCall(phone, spokenAt);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(agentLines(consult)).toEqual([TOLD]);
    expect(call.ear.heardMs(AGENT_VOICE, { to: spokenAt })).toBe(0);
    const [first, second] = call.keys;
    expect([first?.key, second?.key]).toEqual(['2', '3']);
    // The gateway takes 540 ms for a key.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(450);
    expect(waits).toEqual(['menu', null]);
  });

  it('behind a queue with music and announcements hears nothing of the agent until they speak', async () => {
    const waits: Waits = [];
    const texts = [QUEUE, 'You are number two in line.', ANN, YES];
    await using consult = await Consult.open(lab, hearing(texts, waits));
    let spokenAt = Infinity;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(QUEUE);
      await phone.play(queueMusic(1000, 8000), 8000);
      await phone.speak('You are number two in line.');
      await phone.play(queueMusic(2500, 8000), 8000);
      spokenAt = Date.now();
      await takeCall(phone, spokenAt);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(agentLines(consult)).toEqual([TOLD]);
    expect(call.ear.heardMs(AGENT_VOICE, { to: spokenAt })).toBe(0);
    expect(waits).toEqual(['queue', null]);
  });

  it('behind a call screening hears who is calling when they have spoken; the screening does not', async () => {
    const waits: Waits = [];
    const texts = [SCREENING, 'Please stay on the line.', ANN, YES];
    await using consult = await Consult.open(lab, hearing(texts, waits));
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(SCREENING);
      await untilSaid(phone, AGENT_VOICE);
      await phone.speak('Please stay on the line.');
      await phone.wait(2500);
      await takeCall(phone, Date.now());
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    const answer =
      'Hello, this is the assistant of Acme. I have a caller on the line who would like to speak with you.';
    expect(agentLines(consult)).toEqual([answer, TOLD]);
    expect(waits).toEqual(['screening', null]);
  });

  it('behind a call screening that does not answer is not waited for beyond its limit', async () => {
    const waits: Waits = [];
    const texts = [SCREENING];
    await using consult = await Consult.open(lab, hearing(texts, waits, { limits: { screeningMs: 500 } }));
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(SCREENING);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'timed-out', limit: 'waiting' });
  });
});
