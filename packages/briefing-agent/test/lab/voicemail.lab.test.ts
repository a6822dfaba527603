import type { PhoneCall, PhoneLab, VoicemailMessage } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BriefingVoicemailOptions } from '../../src/index.ts';
import { agentMsIn } from '../support/agent-ms-in.ts';
import { Consult, type ConsultOptions, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, openLab } from '../support/lab.ts';
import { untilSaid } from '../support/until.ts';
import { BEEP, expectMessageAfterBeep, expectNoDelayBy } from '../support/voicemail-cases.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const never = (): Promise<never> => new Promise(() => undefined);
const isVoicemail = async (): Promise<'voicemail'> => 'voicemail';

/** A model that also serves the framework's detection: a line that says "beep" is a voicemail. */
const amdModel: ConsultOptions['reply'] = (turn) => {
  if (!turn.toolNames.includes('save_prediction')) return plainModel(turn);
  const heard = JSON.stringify(turn.chatCtx.items);
  return { call: { name: 'save_prediction', args: { label: heard.includes('beep') ? 'machine-vm' : 'human' } } };
};

async function acceptAfterGreeting(call: PhoneCall): Promise<void> {
  await untilSaid(call, AGENT_VOICE);
  await call.say('yes');
}

describe('a voicemail that a function detects', () => {
  it('decides before the agent has said a word', async () => {
    await using consult = await Consult.open(lab, { greeting: null, voicemail: { detect: isVoicemail } });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'voicemail', via: 'detection', messageLeft: false, transcript: [] });
  });

  it('gets the message after the beep', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      voicemail: { detect: isVoicemail, onDetected: 'leave-message' },
    });
    let message: VoicemailMessage | undefined;
    const call = await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('hello', 'hello');
      message = await phone.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: BEEP });
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'voicemail', via: 'detection', messageLeft: true });
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    await call.finished;
    // 89 characters of 8 ms.
    expect(message && agentMsIn(message)).toBeGreaterThan(500);
    // The agent may hear the end of the beep before the phone has played it.
    expect(call.ear.heardMs(AGENT_VOICE, { to: (message?.from ?? 0) - 500 })).toBe(0);
  });

  it('gets the message after the timeout when there is no beep', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      sentences: { voicemail: 'Please call back when you have a moment to talk about an invoice.' },
      voicemail: { detect: isVoicemail, onDetected: 'leave-message', beepTimeoutMs: 400 },
    });
    const call = await consult.brief(async (phone) => phone.answer());
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', messageLeft: true });
    expect(call.ear.heard(AGENT_VOICE)).toBe(true);
  });
});

describe('a detector that', () => {
  it.each<[string, NonNullable<BriefingVoicemailOptions['detect']>]>([
    ['finds a human', async () => 'human'],
    ['hangs', never],
  ])('%s neither delays the briefing nor accepts', (_, detect) => expectNoDelayBy(lab, detect));
});

describe('the detection of the framework', () => {
  it('detects a voicemail by its greeting, before the agent has said anything', async () => {
    await using consult = await Consult.open(lab, { reply: amdModel, voicemail: { detect: 'amd' } });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.wait(300);
      await phone.say('beep', 'beep');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', via: 'detection' });
    expect(call.ear.heard(AGENT_VOICE)).toBe(false);
  });

  it('lets the agent greet a human agent, who then accepts', async () => {
    await using consult = await Consult.open(lab, { reply: amdModel, voicemail: { detect: 'amd' } });
    await consult.brief(async (call) => {
      await call.ring(300);
      await call.answer();
      await call.say('hello');
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
  });

  it('does not delay the agent beyond its timeout', async () => {
    await using consult = await Consult.open(lab, {
      reply: amdModel,
      voicemail: { detect: 'amd', detectTimeoutMs: 500 },
    });
    await consult.brief(async (call) => {
      await call.answer();
      await acceptAfterGreeting(call);
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.timings.firstWordMs).toBeLessThan(2500);
  });
});

describe('a voicemail that the model hears', () => {
  it('is left a message once it is over, after a beep that comes late', () =>
    expectMessageAfterBeep(lab, 'comes late'));

  it('gets the message after the beep, too', async () => {
    await using consult = await Consult.open(lab, {
      sentences: { voicemail: 'Please call back, thank you very much. '.repeat(3) },
      voicemail: { onDetected: 'leave-message' },
    });
    let message: VoicemailMessage | undefined;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.say('beep');
      message = await phone.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: BEEP });
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', via: 'voice', messageLeft: true });
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    await call.finished;
    expect(message && agentMsIn(message)).toBeGreaterThan(200);
  });
});
