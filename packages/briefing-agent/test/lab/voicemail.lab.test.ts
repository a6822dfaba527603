import type { PhoneCall, PhoneLab, VoicemailMessage } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MachineOptions } from '../../src/index.ts';
import { tonePower } from '../../src/testing/goertzel.ts';
import { Consult, type ConsultOptions, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, GREETING, openLab } from '../support/lab.ts';
import { untilSaid } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const BEEP = 900;
const never = (): Promise<never> => new Promise(() => undefined);
const isMachine = async (): Promise<'machine'> => 'machine';
const brokenDetector = (): never => {
  throw new Error('no detector');
};

/** The model also tells machines for the detection of the framework: who says "beep" is one. */
const amdModel: ConsultOptions['reply'] = (turn) => {
  if (!turn.toolNames.includes('save_prediction')) return plainModel(turn);
  const heard = JSON.stringify(turn.chatCtx.items);
  return { call: { name: 'save_prediction', args: { label: heard.includes('beep') ? 'machine-vm' : 'human' } } };
};

/** Milliseconds of the agent's voice in a recording. */
function agentMsIn({ pcm }: VoicemailMessage): number {
  let heardMs = 0;
  for (let at = 0; at + 320 <= pcm.length; at += 320) {
    if (tonePower(pcm.subarray(at, at + 320), 16_000, AGENT_VOICE) > 0.001) heardMs += 20;
  }
  return heardMs;
}

async function acceptAfterGreeting(call: PhoneCall): Promise<void> {
  await untilSaid(call, AGENT_VOICE);
  await call.say('yes');
}

describe('a machine that a function detects', () => {
  it('decides before the agent has said a word', async () => {
    await using consult = await Consult.open(lab, { greeting: null, machine: { detect: isMachine } });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'voicemail', by: 'detection', messageLeft: false, transcript: [] });
  });

  it('is left the message after the beep', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      machine: { detect: isMachine, onMachine: 'leave-message' },
    });
    let message: VoicemailMessage | undefined;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.say('hello', 'hello');
      message = await phone.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: BEEP });
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'voicemail', by: 'detection', messageLeft: true });
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    await call.finished;
    // 89 characters of 8 ms.
    expect(message && agentMsIn(message)).toBeGreaterThan(500);
    // The agent may hear the beep's end sooner than the phone has played it.
    expect(call.ear.heardMs(AGENT_VOICE, { to: (message?.from ?? 0) - 500 })).toBe(0);
  });

  it('without a beep is left the message after a while', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      sentences: { voicemail: 'Please call back when you have a moment to talk about an invoice.' },
      machine: { detect: isMachine, onMachine: 'leave-message', beepMs: 400 },
    });
    const call = await consult.brief(async (phone) => phone.answer());
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', messageLeft: true });
    expect(call.ear.heard(AGENT_VOICE)).toBe(true);
  });

  it('with a menu is passed by keys, and whoever comes then has to accept for themselves', async () => {
    let asked = false;
    const detect: MachineOptions['detect'] = async () => {
      asked = true;
      return 'machine';
    };
    await using consult = await Consult.open(lab, {
      greeting: GREETING,
      reply: () => ({ call: { name: 'connect_to_caller' } }),
      machine: { detect, onMachine: { press: 'w5' } },
      limits: { silenceMs: 3000 },
    });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitForKey();
      await phone.wait(500);
      await phone.say('hello');
      await acceptAfterGreeting(phone);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'voice' });
    expect([asked, call.keys.map(({ key }) => key)]).toEqual([true, ['5']]);
  });
});

describe('a detector that', () => {
  it.each<[string, NonNullable<MachineOptions['detect']>]>([
    ['finds a human', async () => 'human'],
    ['knows nothing', async () => 'unknown'],
    ['hangs', never],
    ['fails', brokenDetector],
  ])('%s neither delays the briefing nor accepts', async (_, detect) => {
    await using consult = await Consult.open(lab, {
      machine: { detect, limitMs: 20_000 },
      limits: { firstSpeechMs: 500 },
      sentences: { hello: null },
    });
    await consult.brief(async (call) => call.answer());
    const result = await consult.briefing.result;
    expect(result.type).toBe('silent');
    expect(result.timings.firstWordMs).toBeLessThan(5000);
  });
});

describe('the detection of the framework', () => {
  it('tells a machine by its greeting, before the agent has said anything', async () => {
    await using consult = await Consult.open(lab, { reply: amdModel, machine: { detect: 'amd' } });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.wait(300);
      await phone.say('beep', 'beep');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', by: 'detection' });
    expect(call.ear.heard(AGENT_VOICE)).toBe(false);
  });

  it('lets the agent greet a human, who then accepts', async () => {
    await using consult = await Consult.open(lab, { reply: amdModel, machine: { detect: 'amd' } });
    await consult.brief(async (call) => {
      await call.answer();
      await call.say('hello');
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'voice' });
  });

  it('does not hold the agent back beyond its limit', async () => {
    await using consult = await Consult.open(lab, {
      reply: amdModel,
      machine: { detect: 'amd', limitMs: 500 },
    });
    await consult.brief(async (call) => {
      await call.answer();
      await acceptAfterGreeting(call);
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', by: 'voice' });
    expect(result.timings.firstWordMs).toBeLessThan(2500);
  });
});

describe('a machine that the model hears', () => {
  it.each(['comes late', 'has come already'])(
    'is left a message once it is over, after a beep that %s',
    async (when) => {
      await using consult = await Consult.open(lab, {
        sentences: { voicemail: 'Please call back, thank you very much. '.repeat(3) },
        machine: { listenForBeep: true },
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
      // 116 characters of 8 ms, the first of which may come before the phone's own beep is over.
      expect(message && agentMsIn(message)).toBeGreaterThan(200);
    },
  );

  it('is left the message after the beep, too', async () => {
    await using consult = await Consult.open(lab, {
      sentences: { voicemail: 'Please call back, thank you very much. '.repeat(3) },
      machine: { onMachine: 'leave-message' },
    });
    let message: VoicemailMessage | undefined;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.say('beep');
      message = await phone.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: BEEP });
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail', by: 'voice', messageLeft: true });
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    await call.finished;
    expect(message && agentMsIn(message)).toBeGreaterThan(200);
  });
});
