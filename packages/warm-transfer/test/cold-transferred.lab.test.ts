import { llm, voice } from '@livekit/agents';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deferred } from '../src/deferred.js';
import { WarmTransferStop, WarmTransferTask } from '../src/index.js';
import { freshNumber, voices } from './call-center.js';
import { LabJob } from './drop-in/job.js';
import { words } from './drop-in/new-program.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

it.concurrent('says nothing to a caller who was sent on by the policy of a task, while their old line lives on, and nothing has failed', async () => {
  const roomName = 'sent-on-by-policy';
  const busy = freshNumber();
  lab.phone(busy, (call) => call.reject(486));
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller });
  // The gateway hangs up the old line a second after the new call was answered.
  caller.onRefer({ notify: 200 });
  const failed = deferred<unknown>();
  const model = new ScriptedLLM({
    reply: ({ userText, toolResult }) =>
      toolResult === undefined && userText === 'person'
        ? { call: { name: 'transfer' } }
        : { say: 'I am sorry, I could not reach anybody, what else can I do for you today?' },
  });
  const transfer = llm.tool({
    name: 'transfer',
    description: 'Fetches a person.',
    execute: async () => {
      try {
        await new WarmTransferTask({
          sipCallTo: busy,
          sipTrunkId: lab.trunkId,
          policy: { busy: { coldTransfer: '+15550177' } },
        }).run();
      } catch (error) {
        failed.resolve(error);
        throw error;
      }
    },
  });
  await using job = await LabJob.start(lab, roomName, async (ctx) => {
    await ctx.connect();
    const session = new voice.AgentSession({
      stt: new ScriptedSTT({ words }),
      llm: model,
      tts: new ScriptedTTS({ frequency: voices.agent }),
      vad: null,
      turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
    });
    const agent = new voice.Agent({ instructions: 'You answer the phone.', tools: [transfer] });
    await session.start({ agent, room: ctx.room, record: false });
    return session;
  });
  await caller.connected();
  job.session.generateReply({ userInput: 'person' });
  const error = await failed.promise;
  expect(error).toBeInstanceOf(WarmTransferStop);
  expect(error).not.toBeInstanceOf(llm.ToolError);
  expect(error).toMatchObject({ outcome: { status: 'busy', caller: 'cold-transferred' } });
  expect(caller.ended).toBeUndefined();
  await caller.finished;
  expect(caller.ear.heard(voices.agent)).toBe(false);
  expect(model.turns).toHaveLength(1);
}, 60_000);
