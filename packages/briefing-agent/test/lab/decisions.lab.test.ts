import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compliant } from '../support/compliant-llm.ts';
import { connectsAnything, Consult, QUESTION } from '../support/fixture.ts';
import { AGENT_VOICE, ENDLESS, GREETING, LONG_GREETING, openLab } from '../support/lab.ts';
import { injections } from '../support/prompt-injections.ts';
import { joinRoom } from '../support/simulated-human.ts';
import { talkedOver } from '../support/talked-over.ts';
import { until, untilSaid, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** Answers, and resolves at the end of the agent's greeting. */
const greeted =
  (then: (call: PhoneCall) => Promise<void>): PhoneScript =>
  async (call) => {
    await call.answer();
    await untilSaid(call, AGENT_VOICE);
    await then(call);
  };

describe('a human agent', () => {
  // First, since it takes longest.
  it('has not disconnected when they reconnect', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    const again = await joinRoom(lab, consult.roomName, 'human');
    await call.untilEnded();
    // The server reports a departure up to 3 s late when there is no track.
    expect(await Promise.race([consult.briefing.result, delay(4000, 'there')])).toBe('there');
    await again.disconnect();
    expect(await consult.briefing.result).toMatchObject({ type: 'disconnected' });
  });

  it('is heard when they speak at the moment of the answer', async () => {
    await using consult = await Consult.open(lab, { greeting: null });
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.answer();
      await call.say('hello');
    });
    await until(() => consult.model.turns.length > 0);
    expect(consult.model.turns[0]?.userText).toBe('hello');
  });

  it('has accepted when they hang up after the accept, also while the agent says a last sentence', async () => {
    await using consult = await Consult.open(lab);
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.press('1');
      await phone.hangUp();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted' });
    await call.untilEnded();
    await consult.briefing.sayFixed('mergeFailed', { timeoutMs: 500 });
    expect((await consult.briefing.result).type).toBe('accepted');
  });

  it('is left by a briefing that fails when the agent is disconnected in the middle of a sentence', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    await consult.room.disconnect();
    expect((await consult.briefing.result).type).toBe('failed');
  });
});

describe('a human agent on the phone', () => {
  it('accepts by saying yes after the greeting', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(greeted((call) => call.say('yes')));
    expect(await consult.briefing.result).toMatchObject({
      type: 'accepted',
      via: 'voice',
      transcript: expect.arrayContaining([
        { speaker: 'agent', text: GREETING },
        { speaker: 'human', text: 'yes' },
      ]),
      timings: { answeredAt: expect.any(Number), firstWordMs: expect.any(Number), firstHeardMs: expect.any(Number) },
    });
  });

  it('accepts by pressing 1, also while the agent speaks', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    await consult.brief(async (call) => {
      await call.answer();
      await call.waitToHear(AGENT_VOICE);
      await call.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    expect(consult.model.turns).toEqual([]);
  });

  it('accepts by a key while the room still shows a ringing phone, once brief() was called', async () => {
    await using consult = await Consult.open(lab);
    const human = await joinRoom(lab, consult.roomName, 'human', { 'sip.callStatus': 'ringing' });
    await until(() => consult.room.remoteParticipants.has('human'));
    consult.briefing.brief();
    await human.localParticipant?.publishDtmf(1, '1');
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    await human.disconnect();
  });

  it('does not accept by a word over the greeting; the model learns what is missing and asks', async () => {
    await using consult = await Consult.open(lab, { greeting: LONG_GREETING });
    await consult.brief(async (call) => {
      await call.answer();
      // Over its beginning: the agent must not have been heard yet.
      await call.say('yes');
      await until(() => consult.model.turns.length === 2);
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(result.transcript.map(({ text }) => text)).toContain(QUESTION);
    const [first, refused, last, ...more] = consult.model.turns;
    expect([first?.userText, refused?.toolResult?.output, last?.userText]).toEqual([
      'yes',
      expect.stringMatching(/no answer of a person/),
      'yes',
    ]);
    expect(more).toEqual([]);
  });

  it('does not accept as a voicemail that talks over the greeting, even with a model that always connects', async () => {
    const { result, refusal } = await talkedOver(lab, LONG_GREETING);
    expect(result).toMatchObject({ type: 'voicemail' });
    expect(refusal).toMatch(/no answer of a person/);
  });

  it('is disconnected without a hang-up when their line is lost', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(async (call) => call.answer());
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    expect(await consult.briefing.result).toMatchObject({ type: 'disconnected', how: 'lost' });
  });

  it('ends the briefing with no-speech when they only hum', async () => {
    await using consult = await Consult.open(lab, { limits: { firstSpeechMs: 700 } });
    await consult.brief(async (call) => {
      await call.answer();
      call.tone();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'no-speech', limit: 'first-speech' });
  });

  it('is the only one whose keys and words count', async () => {
    await using consult = await Consult.open(lab);
    const human = await consult.brief(async (call) => call.answer());
    const other = await lab.call({ from: '+15559', roomName: consult.roomName });
    await other.connected();
    await other.press('1');
    await other.say('yes');
    await wait(1000);
    await human.press('2');
    expect(await consult.briefing.result).toMatchObject({ type: 'declined', via: 'key' });
    expect(consult.model.turns).toEqual([]);
    await other.hangUp();
  });

  it('is not heard when they type in the room: only speech and keys count', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    const human = await joinRoom(lab, consult.roomName, 'human');
    await until(() => consult.room.remoteParticipants.has('human'));
    consult.briefing.brief();
    await human.localParticipant?.sendText('Yes, put her through.', { topic: 'lk.chat' });
    await wait(500);
    await human.localParticipant?.publishDtmf(1, '1');
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    expect(consult.model.turns).toEqual([]);
    await human.disconnect();
  });

  it('hears nothing more of the agent after the decision, also when they speak', async () => {
    await using consult = await Consult.open(lab);
    const call = await consult.brief(
      greeted(async (phone) => {
        await phone.press('1');
        await phone.say('hello');
      }),
    );
    await consult.briefing.result;
    const from = Date.now();
    await call.wait(1500);
    expect(call.ear.heardMs(AGENT_VOICE, { from })).toBe(0);
    expect(consult.model.turns).toEqual([]);
  });
});

describe('a call screening', () => {
  it('accepts nothing when it asks who is calling and waits, even with a model that always connects', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.answer();
      await call.say('hello');
    });
    expect((await consult.briefing.result).type).toBe('no-speech');
    expect(consult.model.turns.at(-1)?.toolResult?.output).toMatch(/may be a recording/);
  });
});

describe('a model', () => {
  it('can repeat a tool call with invalid arguments, and its reason and department are in the result', async () => {
    await using consult = await Consult.open(lab, {
      reply: ({ toolResult }) => ({
        call: {
          name: 'decline_transfer',
          args: toolResult === undefined ? { why: 7 } : { reason: 'busy', redirect_to: 'billing' },
        },
      }),
    });
    await consult.brief(greeted((call) => call.say('yes')));
    expect(await consult.briefing.result).toMatchObject({
      type: 'declined',
      via: 'voice',
      reason: 'busy',
      redirectTo: 'billing',
    });
    expect(consult.model.turns[1]?.toolResult?.isError).toBe(true);
  });

  it('that obeys the caller does not connect a human agent who says no', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a no that is to mean yes'][0] });
    await using consult = await Consult.open(lab, { chatCtx, reply: compliant });
    await consult.brief(greeted((call) => call.say('no')));
    await until(() => /said no/.test(consult.model.turns.at(-1)?.toolResult?.output ?? ''));
    await consult.briefing.close();
    expect((await consult.briefing.result).type).toBe('canceled');
  });
});
