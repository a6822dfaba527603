import { AgentSession as pb } from '@livekit/protocol';
import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import '@org/phone-lab/vitest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deferred } from '@org/support';
import { WarmTransfer } from '../../src/index.js';
import { joinFromBrowser } from '../support/browser-caller.js';
import { accepts, callerTurns, connect, joinAs, ofItsOwn, startSession, voices } from '../support/call-center.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

/** Answers the caller. The briefing, which is accepted by a key, asks nothing. */
const answering = (): ScriptedLLM => new ScriptedLLM({ reply: () => ({ say: 'I am here.' }) });

const TOPIC = 'lk.agent.session';

/** A client that speaks the framework's session protocol, and the errors that it was answered with, by request. */
function protocolOf(room: Room): {
  readonly answers: Map<string, string | undefined>;
  readonly send: (requestId: string, request: pb.SessionRequest['request']) => Promise<void>;
} {
  const answers = new Map<string, string | undefined>();
  const read = async (reader: Pick<ByteStreamReader, 'readAll'>): Promise<void> => {
    const { message } = pb.AgentSessionMessage.fromBinary(Buffer.concat(await reader.readAll()));
    if (message.case === 'response') answers.set(message.value.requestId, message.value.error);
  };
  room.registerByteStreamHandler(TOPIC, (reader) => void read(reader));
  return {
    answers,
    send: async (requestId, request) => {
      const value = new pb.SessionRequest({ requestId, request });
      const bytes = new pb.AgentSessionMessage({ message: { case: 'request', value } }).toBinary();
      const writer = await room.localParticipant?.streamBytes({ topic: TOPIC, name: requestId });
      await writer?.write(bytes);
      await writer?.close();
    },
  };
}

const run = (text: string): pb.SessionRequest['request'] => ({
  case: 'runInput',
  value: new pb.SessionRequest_RunInput({ text }),
});
const allOn = (): pb.SessionRequest['request'] => ({
  case: 'updateIo',
  value: new pb.SessionRequest_UpdateIO({
    input: { audioEnabled: true },
    output: { audioEnabled: true, transcriptionEnabled: true },
  }),
});

describe('a caller in a browser', () => {
  it('is held, joined and returned like one on the phone, and can type before and after', async () => {
    const roomName = 'browser-room';
    await using heard = await lab.listen(roomName, 'browser');
    await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
    const callerModel = answering();
    await using center = await startSession(lab, roomName, { llm: callerModel });
    // Each look costs a look through all that was heard.
    const hears = (hz: number, from: number): Promise<void> =>
      vi.waitFor(() => expect(heard.hears).toHear(hz, { from }), { timeout: 10_000, interval: 250 });
    const types = async (text: string): Promise<void> => {
      const from = Date.now();
      await browser.type(text);
      await hears(voices.agent, from);
      expect(callerTurns(callerModel).at(-1)).toMatchObject({ userText: text });
    };
    // Speech of the agent before anyone listens is lost.
    await vi.waitFor(() => expect(heard.hears.tracks.map(({ publisher }) => publisher)).toContain('agent'), {
      timeout: 10_000,
    });
    await types('a person, please');

    let acceptedAt = 0;
    const human = center.phone(async (call) => {
      await call.answer();
      call.tone();
      await call.waitToHear(voices.briefing);
      acceptedAt = Date.now();
      await call.press('1');
    });
    const startedAt = Date.now();
    // Neither may be heard by who talks to the other.
    await using transfer = new WarmTransfer({ ...center.options, ...ofItsOwn() });
    const outcome = await connect(transfer);
    const call = await human.nextCall();
    await Promise.all([call.waitToHear(voices.caller), hears(voices.human, startedAt)]);
    expect(heard.hears.heard(voices.briefing)).toBe(false);
    expect(call.ear.heard(voices.caller, { to: acceptedAt })).toBe(false);
    expect(heard.hears.heard(voices.human, { to: acceptedAt })).toBe(false);
    expect(call.ear.heard(voices.agent)).toBe(false);

    await call.line.lose('removed');
    expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'returned' });
    await types('what about my order?');
  }, 60_000);

  it('is not taken for one who has left while they have not published, and the server has not reported them', async () => {
    const roomName = 'unseen-room';
    await using center = await startSession(lab, roomName);
    center.phone((call) => call.reject(486));
    const browser = await joinAs(lab, roomName, 'browser');
    await using _browser = { [Symbol.asyncDispose]: () => browser.disconnect() };
    await using transfer = new WarmTransfer({ ...center.options, callerIdentity: 'browser' });
    expect(await transfer.run()).toMatchObject({ status: 'busy', caller: 'returned' });
  }, 60_000);

  it('reaches no model by typing on hold, or to the human agent', async () => {
    const roomName = 'typing-room';
    await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
    const model = answering();
    await using center = await startSession(lab, roomName, { llm: model });
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer({
      ...center.options,
      onPhase: ({ phase }) =>
        void (['dialing', 'briefing', 'merging'].includes(phase) && browser.type('are you there?')),
    });
    const outcome = await connect(transfer);
    const [call] = human.calls;
    await browser.type('and now?');
    await call?.waitToHear(voices.caller);
    expect(callerTurns(model)).toEqual([]);
    await call?.line.lose('removed');
    await outcome.call.ended;
    await browser.type('what about my order?');
    await vi.waitFor(
      () => expect(callerTurns(model).map(({ userText }) => userText)).toEqual(['what about my order?']),
      {
        timeout: 5000,
      },
    );
  }, 60_000);

  it('reaches no model by the session protocol on hold or in the call, and does before and after', async () => {
    const roomName = 'session-protocol';
    await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
    const model = answering();
    await using center = await startSession(lab, roomName, { llm: model });
    const { answers, send } = protocolOf(browser.room);
    const answered = async (requestId: string): Promise<string | undefined> => {
      await vi.waitFor(() => expect(answers.has(requestId)).toBe(true), { timeout: 10_000 });
      return answers.get(requestId);
    };
    await send('before', run('a person, please'));
    expect(await answered('before')).toBeUndefined();

    const accept = deferred<void>();
    let briefed = false;
    const human = center.phone(async (call) => {
      await call.answer();
      call.tone();
      await call.waitToHear(voices.agent);
      briefed = true;
      await accept.promise;
      await call.press('1');
    });
    await using transfer = new WarmTransfer(center.options);
    const running = connect(transfer);
    await vi.waitFor(() => expect(briefed).toBe(true), { timeout: 20_000 });
    const io = (): boolean[] => {
      const { input, output } = center.session;
      return [input.audioEnabled, output.audioEnabled, output.transcriptionEnabled];
    };
    for (const when of ['on hold', 'in the call']) {
      await send(`run ${when}`, run('are you there?'));
      await send(`io ${when}`, allOn());
      expect([await answered(`run ${when}`), await answered(`io ${when}`)]).toEqual(
        Array.from({ length: 2 }, () => 'the caller is in a transfer'),
      );
      expect(io()).toEqual([false, false, false]);
      accept.resolve();
      await running;
    }
    expect(callerTurns(model).map(({ userText }) => userText)).toEqual(['a person, please']);
    const { call } = await running;
    await (await human.nextCall()).line.lose('removed');
    await call.ended;
    await send('after', run('what about my order?'));
    expect(await answered('after')).toBeUndefined();
    await send('io after', allOn());
    expect(await answered('io after')).toBeUndefined();
  }, 60_000);
});
