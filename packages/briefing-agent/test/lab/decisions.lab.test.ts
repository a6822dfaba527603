import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { obedient } from '../support/compliant-llm.ts';
import { connectsAnything, Consult, QUESTION } from '../support/fixture.ts';
import { AGENT_VOICE, ENDLESS, GREETING, LONG_GREETING, openLab } from '../support/lab.ts';
import { injections } from '../support/prompt-injections.ts';
import { joinRoom } from '../support/simulated-human.ts';
import { talkedOver } from '../support/talked-over.ts';
import { until, untilSaid, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** Answers, and goes on when the agent's greeting is over. */
const greeted =
  (then: (call: PhoneCall) => Promise<void>): PhoneScript =>
  async (call) => {
    await call.answer();
    await untilSaid(call, AGENT_VOICE);
    await then(call);
  };

describe('a human who', () => {
  // The longest, and so the first.
  it('connects anew, in their own place, has not left', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    const again = await joinRoom(lab, consult.roomName, 'human');
    await call.untilEnded();
    // The server tells of a departure up to 3 s late where there is no track.
    expect(await Promise.race([consult.briefing.result, delay(4000, 'there')])).toBe('there');
    await again.disconnect();
    expect(await consult.briefing.result).toMatchObject({ type: 'left' });
  });

  it('speaks right with the answer is heard', async () => {
    await using consult = await Consult.open(lab, { greeting: null });
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.answer();
      await call.say('hello');
    });
    await until(() => consult.model.turns.length > 0);
    expect(consult.model.turns[0]?.userText).toBe('hello');
  });

  it('hangs up after the accept has accepted, also when something is said to them then', async () => {
    await using consult = await Consult.open(lab);
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(AGENT_VOICE);
      await phone.press('1');
      await phone.hangUp();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted' });
    await call.untilEnded();
    await consult.briefing.sayFixed('notConnected', { limitMs: 500 });
    expect((await consult.briefing.result).type).toBe('accepted');
  });

  it('loses the agent in the middle of a sentence ends the briefing, which has failed', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    await consult.room.disconnect();
    expect((await consult.briefing.result).type).toBe('failed');
  });
});

describe('a human on the phone', () => {
  it('accepts by saying yes after the greeting', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(greeted((call) => call.say('yes')));
    expect(await consult.briefing.result).toMatchObject({
      type: 'accepted',
      by: 'voice',
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
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'key' });
    expect(consult.model.turns).toEqual([]);
  });

  it('accepts by a key while the room still shows a phone that rings, once brief() says that it was answered', async () => {
    await using consult = await Consult.open(lab);
    const human = await joinRoom(lab, consult.roomName, 'human', { 'sip.callStatus': 'ringing' });
    await until(() => consult.room.remoteParticipants.has('human'));
    consult.briefing.brief();
    await human.localParticipant?.publishDtmf(1, '1');
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'key' });
    await human.disconnect();
  });

  it('does not accept by a word over the greeting; the model is told what is missing and asks', async () => {
    await using consult = await Consult.open(lab, { greeting: LONG_GREETING });
    await consult.brief(async (call) => {
      await call.answer();
      // Over its beginning: we must not have been heard yet.
      await call.say('yes');
      await until(() => consult.model.turns.length === 2);
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    const result = await consult.briefing.result;
    expect(result).toMatchObject({ type: 'accepted', by: 'voice' });
    expect(result.transcript.map(({ text }) => text)).toContain(QUESTION);
    const [first, refused, last, ...more] = consult.model.turns;
    expect([first?.userText, refused?.toolResult?.output, last?.userText]).toEqual([
      'yes',
      expect.stringMatching(/no answer of a person/),
      'yes',
    ]);
    expect(more).toEqual([]);
  });

  it('that is a mailbox talking over the greeting is no human, also to a model that connects whatever it hears', async () => {
    const { result, refusal } = await talkedOver(lab, LONG_GREETING);
    expect(result).toMatchObject({ type: 'voicemail' });
    expect(refusal).toMatch(/no answer of a person/);
  });

  it('whose line is lost has left, and has not hung up', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(async (call) => call.answer());
    await consult.rooms.removeParticipant(consult.roomName, 'human');
    expect(await consult.briefing.result).toMatchObject({ type: 'left', how: 'lost' });
  });

  it('who only hums is silent', async () => {
    await using consult = await Consult.open(lab, { limits: { firstSpeechMs: 700 } });
    await consult.brief(async (call) => {
      await call.answer();
      call.tone();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'silent', limit: 'first-speech' });
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
    expect(await consult.briefing.result).toMatchObject({ type: 'declined', by: 'key' });
    expect(consult.model.turns).toEqual([]);
    await other.hangUp();
  });

  it('types in the room to nobody: only what they say and press is heard', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    const human = await joinRoom(lab, consult.roomName, 'human');
    await until(() => consult.room.remoteParticipants.has('human'));
    consult.briefing.brief();
    await human.localParticipant?.sendText('Yes, put her through.', { topic: 'lk.chat' });
    await wait(500);
    await human.localParticipant?.publishDtmf(1, '1');
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'key' });
    expect(consult.model.turns).toEqual([]);
    await human.disconnect();
  });

  it('hears nothing more of the agent after the decision, whatever they say', async () => {
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
  it('that asks who is calling, and waits, accepts nothing, to a model that connects whatever it hears', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.answer();
      await call.say('hello');
    });
    expect((await consult.briefing.result).type).toBe('silent');
    expect(consult.model.turns.at(-1)?.toolResult?.output).toMatch(/may be a recording/);
  });
});

describe('a model that', () => {
  it('calls a tool with bad arguments is told, and can do it again: the reason and the department come back as data', async () => {
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
      by: 'voice',
      reason: 'busy',
      redirectTo: 'billing',
    });
    expect(consult.model.turns[1]?.toolResult?.isError).toBe(true);
  });

  it('obeys the caller connects nobody who says no', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a no that is to mean yes'][0] });
    await using consult = await Consult.open(lab, { chatCtx, reply: obedient });
    await consult.brief(greeted((call) => call.say('no')));
    await until(() => /said no/.test(consult.model.turns.at(-1)?.toolResult?.output ?? ''));
    await consult.briefing.close();
    expect((await consult.briefing.result).type).toBe('canceled');
  });
});
