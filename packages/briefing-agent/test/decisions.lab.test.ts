import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consult, QUESTION } from './consult.ts';
import { AGENT_VOICE, ENDLESS, GREETING, LONG_GREETING, openLab, words } from './lab.ts';
import { joinRoom } from './person.ts';
import { until, untilSaid, wait } from './until.ts';

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

describe.concurrent('a human on the phone', () => {
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

  it('declines by saying no, and the reason and the department named come back as data', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(greeted((call) => call.say('no')));
    expect(await consult.briefing.result).toMatchObject({
      type: 'declined',
      by: 'voice',
      reason: 'too busy',
      redirectTo: 'billing',
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
    await using consult = await Consult.open(lab, {
      greeting: LONG_GREETING,
      // Once refused, it looks again.
      reply: ({ toolResult }) => ({
        call: { name: toolResult === undefined ? 'connect_to_caller' : 'voicemail_detected' },
      }),
    });
    await consult.brief(async (call) => {
      await call.answer();
      call.tone(words.hello);
      await call.wait(3000);
      call.quiet();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'voicemail' });
    expect(consult.model.turns.at(-1)?.toolResult?.output).toMatch(/no answer of a person/);
  });

  it('whose line is lost has left, by a lost line', async () => {
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
