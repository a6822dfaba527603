import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectsAnything, Consult } from './consult.ts';
import { injections } from './injections.ts';
import { AGENT_VOICE, ENDLESS, openLab } from './lab.ts';
import { obedient } from './obedient.ts';
import { joinRoom } from './person.ts';
import { until, untilSaid } from './until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe.concurrent('a human who', () => {
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

describe.concurrent('a call screening', () => {
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

  it('obeys the caller connects nobody who says no', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a no that is to mean yes'][0] });
    await using consult = await Consult.open(lab, { chatCtx, reply: obedient });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('no');
    });
    await until(() => /said no/.test(consult.model.turns.at(-1)?.toolResult?.output ?? ''));
    await consult.briefing.close();
    expect((await consult.briefing.result).type).toBe('canceled');
  });
});
