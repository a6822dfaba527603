import { AgentSession as pb } from '@livekit/protocol';
import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { deferred } from '../src/deferred.js';
import { WarmTransfer } from '../src/index.js';
import { joinFromBrowser } from './browser-caller.js';
import { startSession, voices } from './call-center.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

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

it('a caller in a browser cannot reach the model by the session protocol on hold or in the call, and can before and after', async () => {
  const roomName = 'session-protocol';
  await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
  const model = new ScriptedLLM({ reply: () => ({ say: 'I am here.' }) });
  await using center = await startSession(lab, roomName, model);
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
    await call.waitToHear(voices.briefing);
    briefed = true;
    await accept.promise;
    await call.press('1');
  });
  await using transfer = new WarmTransfer(center.options);
  const running = transfer.run();
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
  expect(model.turns.map(({ userText }) => userText)).toEqual(['a person, please']);
  const outcome = await running;
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
  await (await human.nextCall()).line.lose('removed');
  await outcome.call.ended;
  await send('after', run('what about my order?'));
  expect(await answered('after')).toBeUndefined();
  await send('io after', allOn());
  expect(await answered('io after')).toBeUndefined();
}, 60_000);
