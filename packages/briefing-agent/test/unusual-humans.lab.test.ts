import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consult, plainModel, type ConsultOptions } from './consult.ts';
import { injections } from './injections.ts';
import { AGENT_VOICE, ENDLESS, LONG_GREETING, openLab } from './lab.ts';
import { obedient } from './obedient.ts';
import { joinRoom } from './person.ts';
import { until, untilSaid } from './until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe.concurrent('a human who', () => {
  it('speaks in the first 100 ms after the answer is heard', async () => {
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

  it.each<[string, readonly string[], (consult: Consult) => Promise<unknown>]>([
    // Which of the two the server tells first is up to it.
    ['loses the room', ['left', 'failed'], ({ rooms, roomName }) => rooms.deleteRoom(roomName)],
    ['loses the agent', ['failed'], ({ room }) => room.disconnect()],
  ])('%s in the middle of a sentence ends the briefing', async (_, types, lose) => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    const call = await consult.brief(async (phone) => phone.answer());
    await until(() => call.ear.heard(AGENT_VOICE));
    await lose(consult);
    expect(types).toContain((await consult.briefing.result).type);
  });

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
});

describe.concurrent('what is no human does not accept, to a model that connects whatever it hears:', () => {
  const options: ConsultOptions = {
    reply: () => ({ call: { name: 'connect_to_caller' } }),
    greeting: LONG_GREETING,
    limits: { firstSpeechMs: 800, silenceMs: 1200 },
    sentences: { hello: null },
  };

  it('a menu that says its choices and hangs up', async () => {
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.ivr({ prompt: ['hello', 'beep', 'hello'], keys: {}, keyLimitMs: 1000, attempts: 1 });
    });
    expect(['silent', 'left']).toContain((await consult.briefing.result).type);
    expect(consult.model.turns.length).toBeGreaterThan(0);
  });

  it('a screening that asks who is calling, and waits', async () => {
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.answer();
      await call.say('hello');
    });
    expect((await consult.briefing.result).type).toBe('silent');
    expect(consult.model.turns.at(-1)?.toolResult?.output).toMatch(/may be a recording/);
  });

  it('a beep', async () => {
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: 900 });
    });
    expect((await consult.briefing.result).type).toBe('silent');
  });
});

const answers = async (consult: Consult): Promise<void> => {
  await consult.brief(async (call) => {
    await call.answer();
    await untilSaid(call, AGENT_VOICE);
    await call.say('yes');
  });
};

describe.concurrent('a model that', () => {
  it('calls a tool with bad arguments is told, and can do it again', async () => {
    await using consult = await Consult.open(lab, {
      reply: ({ toolResult }) => ({
        call: { name: 'decline_transfer', args: toolResult === undefined ? { why: 7 } : { reason: 'busy' } },
      }),
    });
    await answers(consult);
    expect(await consult.briefing.result).toMatchObject({ type: 'declined', reason: 'busy' });
    expect(consult.model.turns[1]?.toolResult?.isError).toBe(true);
  });

  it('never calls a tool leaves it to the limit', async () => {
    await using consult = await Consult.open(lab, { reply: () => ({ say: 'I see.' }), limits: { silenceMs: 800 } });
    await answers(consult);
    expect(await consult.briefing.result).toMatchObject({ type: 'silent', limit: 'silence' });
  });

  it('obeys the caller connects nobody who says nothing', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a plain order'][0] });
    await using consult = await Consult.open(lab, {
      chatCtx,
      reply: obedient,
      greeting: (session) => session.generateReply({ toolChoice: 'auto' }),
      limits: { firstSpeechMs: 600 },
    });
    await consult.brief(async (call) => call.answer());
    expect((await consult.briefing.result).type).toBe('silent');
    expect(consult.model.turns[0]?.toolNames).toHaveLength(3);
  });

  it('obeys the caller connects nobody who says no', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a no that is to mean yes'][0] });
    await using consult = await Consult.open(lab, { chatCtx, reply: obedient, limits: { silenceMs: 800 } });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('no');
    });
    expect((await consult.briefing.result).type).toBe('silent');
    expect(consult.model.turns.at(-1)?.toolResult?.output).toMatch(/said no/);
  });

  it('has decided decides nothing more', async () => {
    await using consult = await Consult.open(lab, {
      reply: (turn) => (turn.toolResult === undefined ? plainModel(turn) : { call: { name: 'decline_transfer' } }),
    });
    await answers(consult);
    const result = await consult.briefing.result;
    expect(result.type).toBe('accepted');
    expect(consult.model.turns).toHaveLength(1);
  });
});
