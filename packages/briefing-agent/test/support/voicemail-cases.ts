import type { PhoneLab, VoicemailMessage } from '@org/phone-lab';
import { expect } from 'vitest';
import type { BriefingVoicemailOptions } from '../../src/index.ts';
import { agentMsIn } from './agent-ms-in.ts';
import { Consult } from './fixture.ts';
import { AGENT_VOICE } from './lab.ts';

export const BEEP = 900;

/** Expects that a briefing with this detector begins in time and ends without an accept. */
export async function expectNoDelayBy(
  lab: PhoneLab,
  detect: NonNullable<BriefingVoicemailOptions['detect']>,
): Promise<void> {
  await using consult = await Consult.open(lab, {
    voicemail: { detect, detectTimeoutMs: 20_000 },
    limits: { firstSpeechMs: 500 },
    sentences: { areYouThere: null },
  });
  await consult.brief(async (call) => call.answer());
  const result = await consult.briefing.result;
  expect(result.type).toBe('no-speech');
  expect(result.timings.firstWordMs).toBeLessThan(5000);
}

/** Expects a message on a voicemail that the model hears, whose beep comes after the decision, or before it. */
export async function expectMessageAfterBeep(lab: PhoneLab, when: 'comes late' | 'has come already'): Promise<void> {
  await using consult = await Consult.open(lab, {
    sentences: { voicemail: 'Please call back, thank you very much. '.repeat(3) },
    voicemail: { listenForBeep: true },
  });
  let message: VoicemailMessage | undefined;
  const call = await consult.brief(async (phone) => {
    await phone.answer();
    await phone.waitToHear(AGENT_VOICE);
    await phone.say('beep');
    if (when === 'comes late') await consult.briefing.result.then(() => phone.wait(500));
    message = await phone.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: BEEP });
  });
  expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', messageLeft: false });
  if (when !== 'comes late') await call.wait(1500);
  const askedAt = Date.now();
  await consult.briefing.sayFixed('voicemail', { afterBeep: true });
  expect(Date.now() - askedAt).toBeLessThan(5000);
  await consult.rooms.removeParticipant(consult.roomName, 'human');
  await call.finished;
  // 116 characters of 8 ms, the first of which may come before the end of the phone's own beep.
  expect(message && agentMsIn(message)).toBeGreaterThan(200);
}
