import { voice } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Briefing, BriefingError } from '../../src/index.ts';
import { briefingContract, type BriefingHarness, ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import { Consult, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, ENDLESS, HUMAN_VOICE, openLab, words } from '../support/lab.ts';
import { joinRoom } from '../support/simulated-human.ts';
import { until, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** Counts listeners without the one of each subscribed track of the room itself. */
const listenersOn = (room: Room): unknown[] => room.eventNames().filter((name) => name !== RoomEvent.TokenRefreshed);

describe('the agent', () => {
  it('begins with the greeting, within 5 s of brief()', async () => {
    await using consult = await Consult.open(lab);
    const call = await consult.dial(async (phone) => phone.answer());
    await wait(500);
    const from = Date.now();
    consult.briefing.brief();
    await until(() => call.ear.firstHeardAt(AGENT_VOICE, { from }) !== undefined);
    const afterMs = (call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity) - from;
    expect(afterMs).toBeGreaterThan(0);
    expect(afterMs).toBeLessThan(5000);
  });

  it('waits for brief(), and loses no words that come before it', async () => {
    await using consult = await Consult.open(lab, { greeting: null });
    const call = await consult.dial(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('hello');
    });
    await wait(1000);
    expect(consult.model.turns).toEqual([]);
    expect(call.ear.heard(AGENT_VOICE)).toBe(false);
    consult.briefing.brief();
    await until(() => call.ear.heard(AGENT_VOICE));
    expect(consult.model.turns.map(({ userText, toolNames }) => [userText, toolNames.length])).toEqual([['hello', 3]]);
  });

  it('leaves the greeting to a function that gets the session', async () => {
    await using consult = await Consult.open(lab, { greeting: (session) => session.say('Mine.') });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE) && consult.briefing.transcript.length > 0);
    await consult.briefing.close();
    expect((await consult.briefing.result).transcript).toEqual([{ speaker: 'agent', text: 'Mine.' }]);
  });
});

describe('say()', () => {
  it('interrupts the agent, is heard, and asks no model, also after the decision', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.press('2');
    });
    await consult.briefing.result;
    const from = Date.now();
    await consult.briefing.say('Thank you for your time. I will tell the caller. Goodbye now.');
    const saidMs = Date.now() - from;
    expect(saidMs).toBeGreaterThan(400);
    expect(saidMs).toBeLessThan(2500);
    await wait(500);
    const heard = call.ear.heardMs(AGENT_VOICE, { from });
    expect(heard).toBeGreaterThanOrEqual(300);
    expect(heard).toBeLessThan(1500);
    expect(consult.model.turns).toEqual([]);
  });

  it('ends at its timeout when the voice hangs', async () => {
    const tts = agentTts({ delayMs: 30_000 });
    await using consult = await Consult.open(lab, { models: { tts } });
    await consult.brief(async (phone) => phone.answer());
    const from = Date.now();
    await consult.briefing.say('Goodbye.', { timeoutMs: 300 });
    expect(Date.now() - from).toBeLessThan(5000);
  });

  it('ends with its signal', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(async (phone) => phone.answer());
    const from = Date.now();
    await consult.briefing.say(ENDLESS, { signal: AbortSignal.timeout(200) });
    expect(Date.now() - from).toBeLessThan(3000);
  });
});

describe('mute()', () => {
  it('silences the agent within its sentence, and stops it from listening', async () => {
    const heard: string[] = [];
    await using consult = await Consult.open(lab, {
      greeting: ENDLESS,
      onTranscript: (text) => void heard.push(text),
    });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.press('1');
      await phone.wait(600);
      await phone.say('hello');
    });
    await consult.briefing.result;
    consult.briefing.mute();
    const from = Date.now() + 500;
    await wait(1500);
    expect(call.ear.heardMs(AGENT_VOICE, { from })).toBe(0);
    expect(heard).toEqual([]);
    expect(consult.model.turns).toEqual([]);
  });
});

/** A real briefing, as the contract needs it. */
async function realHarness(): Promise<BriefingHarness> {
  const consult = await Consult.join(lab);
  let call: PhoneCall | undefined;
  return {
    briefing: consult.briefing,
    answer: async () => void (call = await consult.dial(async (phone) => phone.answer())),
    press: async (key) => {
      const pressed = new Promise((resolve) => consult.room.once(RoomEvent.DtmfReceived, resolve));
      await call?.press(key);
      await pressed;
    },
    hangUp: async () => call?.hangUp(),
    [Symbol.asyncDispose]: () => consult[Symbol.asyncDispose](),
  };
}

describe('a real briefing', () => {
  it.each(briefingContract.map((contract) => [contract.title, contract] as const))('%s', async (_, contract) => {
    await using harness = await realHarness();
    await contract.run(harness);
  });
});

describe('close()', () => {
  it('resolves within 2.5 s, leaves no track and no listener, and cancels the briefing', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    await consult.brief(async (phone) => phone.answer());
    await until(() => consult.room.localParticipant?.trackPublications.size === 1);
    const from = Date.now();
    await Promise.all([consult.briefing.close(), consult.briefing.close()]);
    expect(Date.now() - from).toBeLessThan(2500);
    expect((await consult.briefing.result).type).toBe('canceled');
    expect([...(consult.room.localParticipant?.trackPublications.values() ?? [])]).toEqual([]);
    expect(listenersOn(consult.room)).toEqual([]);
    expect(consult.room.isConnected).toBe(true);
  });

  it('resolves within 2.5 s on a phone that was not answered', async () => {
    await using consult = await Consult.open(lab);
    const dialed = consult.dial((phone) => phone.neverAnswer()).catch((error: unknown) => error);
    await until(() => consult.room.localParticipant?.trackPublications.size === 1);
    const from = Date.now();
    await consult.briefing.close();
    expect(Date.now() - from).toBeLessThan(2500);
    expect(listenersOn(consult.room)).toEqual([]);
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    expect(await dialed).toBeInstanceOf(Error);
  });

  it('stops a start that is going on', async () => {
    const room = await joinRoom(lab, 'closed-early', 'agent');
    const models = {
      stt: new ScriptedSTT({ words }),
      llm: new ScriptedLLM({ reply: plainModel }),
      tts: agentTts(),
    };
    const briefing = new Briefing({ room, humanIdentity: 'human', models });
    const started = briefing.start().catch((error: unknown) => error);
    await briefing.close();
    expect(BriefingError.isInstance(await started)).toBe(true);
    expect((await briefing.result).type).toBe('canceled');
    expect(listenersOn(room)).toEqual([]);
    await room.disconnect();
  });
});

describe('a briefing beside the caller session, with the same models,', () => {
  it('does not hear the caller, and leaves the caller session open', async () => {
    const stt = new ScriptedSTT({ words });
    const tts = agentTts();
    const callerRoom = await joinRoom(lab, 'caller-room', 'agent');
    const caller = await lab.call({ from: '+15550', roomName: 'caller-room', identity: 'caller', voice: 2000 });
    const callerLlm = new ScriptedLLM({ reply: ({ userText }) => ({ say: `You said ${userText}.` }) });
    const session = new voice.AgentSession({
      stt,
      tts,
      llm: callerLlm,
      vad: null,
      userAwayTimeout: null,
      turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
    });
    await session.start({
      agent: new voice.Agent({ instructions: 'x' }),
      room: callerRoom,
      record: false,
      inputOptions: { participantIdentity: 'caller', closeOnDisconnect: false },
    });
    await caller.connected();
    {
      await using consult = await Consult.open(lab, { models: { stt, tts } });
      const human = await consult.brief(async (phone) => phone.answer());
      await caller.say('yes');
      await until(() => callerLlm.turns.length === 1);
      await human.press('2');
      expect(await consult.briefing.result).toMatchObject({ type: 'declined', via: 'key' });
      expect(consult.model.turns).toEqual([]);
      expect(human.ear.heard(2000)).toBe(false);
    }
    await caller.say('hello');
    await until(() => callerLlm.turns.length === 2);
    await until(() => caller.ear.heard(AGENT_VOICE));
    expect(caller.ear.heard(HUMAN_VOICE)).toBe(false);
    await session.close();
    await caller.hangUp();
    await callerRoom.disconnect();
  });
});
