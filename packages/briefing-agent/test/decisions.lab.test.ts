import { llm } from '@livekit/agents';
import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedSTT, toneFrames } from '../src/testing.ts';
import { Consult, QUESTION } from './consult.ts';
import { AGENT_VOICE, ENDLESS, GREETING, LONG_GREETING, openLab, words } from './lab.ts';
import { joinRoom } from './person.ts';
import { until, untilSaid } from './until.ts';

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

/** Three sounds with gaps in between, as speech has. */
const syllables = Int16Array.from(
  [180, 220, 200]
    .flatMap((lengthMs) => [
      ...toneFrames({ frequency: 310, lengthMs, sampleRate: 24_000 }),
      ...toneFrames({ frequency: 310, lengthMs: 80, sampleRate: 24_000, amplitude: 0 }),
    ])
    .flatMap(({ data }) => [...data]),
);

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

  it('accepts by speech whose words the recognizer gives 0.6 s after it ended', async () => {
    const stt = new ScriptedSTT({ speech: { texts: ['yes'] }, finalDelayMs: 600, interimResults: true });
    await using consult = await Consult.open(lab, { models: { stt } });
    let spokenAt = Infinity;
    await consult.brief(
      greeted(async (call) => {
        await call.play(syllables, 24_000);
        spokenAt = Date.now();
      }),
    );
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', by: 'voice' });
    expect(Date.now() - spokenAt).toBeGreaterThanOrEqual(550);
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

  it('declines by pressing 2', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(greeted((call) => call.press('2')));
    expect(await consult.briefing.result).toMatchObject({ type: 'declined', by: 'key', reason: 'pressed 2' });
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

  it.each([
    ['a short greeting', GREETING],
    ['a long greeting', LONG_GREETING],
  ])('that is a mailbox talking over %s is no human, also to an obedient model', async (_, greeting) => {
    await using consult = await Consult.open(lab, {
      greeting,
      // Whatever it hears, it connects; once refused, it looks again.
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

  it('who hangs up has left', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(greeted((call) => call.hangUp()));
    expect(await consult.briefing.result).toMatchObject({ type: 'left', how: 'hung-up' });
  });

  it('whose line is lost has left otherwise', async () => {
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
    await using consult = await Consult.open(lab, { limits: { firstSpeechMs: 1200 } });
    await consult.brief(async (call) => call.answer());
    const other = await lab.call({
      from: '+15559',
      roomName: consult.roomName,
      script: async (call) => {
        await call.connected();
        await call.press('1');
        await call.say('yes');
      },
    });
    expect((await consult.briefing.result).type).toBe('silent');
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

  it('can be served by tools of the user', async () => {
    const lookUp = llm.tool({ name: 'look_up', description: 'Looks up.', execute: async () => 'invoice 7' });
    await using consult = await Consult.open(lab, {
      tools: [lookUp],
      reply: ({ toolResult }) =>
        toolResult === undefined ? { call: { name: 'look_up' } } : { say: `It is ${toolResult.output}.` },
    });
    await consult.brief(greeted((call) => call.say('hello')));
    await until(() => consult.model.turns.length === 2);
    expect(consult.model.turns[1]?.toolResult).toEqual({ name: 'look_up', output: '"invoice 7"', isError: false });
  });
});
