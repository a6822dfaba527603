import { llm, voice } from '@livekit/agents';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WarmTransferTask, WarmTransferToolError } from '../src/index.js';
import { freshNumber, voices } from './call-center.js';
import { LabJob } from './drop-in/job.js';
import { words } from './drop-in/new-program.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

it('refuses the second of two transfers that a model asks for in one turn while the first goes on, and says that one is running', async () => {
  const roomName = 'two-calls';
  const sipCallTo = freshNumber();
  const human = lab.phone(sipCallTo, async (call) => {
    await call.ring(2000);
    await call.reject(486);
  });
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller });
  const errors: { readonly at: number; readonly error: unknown }[] = [];
  const transfer = llm.tool({
    name: 'transfer',
    description: 'Fetches a person.',
    execute: async () => {
      try {
        await new WarmTransferTask({ sipCallTo, sipTrunkId: lab.trunkId }).run();
      } catch (error) {
        errors.push({ at: Date.now(), error });
        throw error;
      }
    },
  });
  const call = { name: 'transfer' };
  const model = new ScriptedLLM({
    reply: ({ userText, toolResult }) =>
      userText === 'person' && toolResult === undefined ? { call: [call, call] } : undefined,
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
  await job.session.generateReply({ userInput: 'person' }).waitForPlayout();
  expect(errors.map(({ error }) => error)).toEqual([
    expect.any(WarmTransferToolError),
    expect.any(WarmTransferToolError),
  ]);
  const [first, second] = errors;
  expect(first).toMatchObject({ error: { outcome: { status: 'already-running' } } });
  expect(second).toMatchObject({ error: { outcome: { status: 'busy' } } });
  expect(human.calls).toHaveLength(1);
  expect(first?.at).toBeLessThan(human.calls[0]?.ended?.at ?? 0);
  await caller.hangUp();
}, 60_000);
