import { llm } from '@livekit/agents';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  WarmTransferStop,
  WarmTransferTask,
  type WarmTransferTaskOptions,
  WarmTransferToolError,
} from '../../src/index.js';
import { freshNumber, hearOut, phoneOf, voices } from '../support/call-center.js';
import { LabJob, startToolJob } from '../drop-in/job.js';
import { newProgram, supervisor, words } from '../drop-in/new-program.js';
import { entry } from '../drop-in/program.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', lab.trunkId);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await lab.close();
});

interface Failure {
  readonly at: number;
  readonly error: unknown;
}

/** A tool that runs a transfer, and what its runs failed with. */
function transferTool(options: WarmTransferTaskOptions) {
  const failures: Failure[] = [];
  const tool = llm.tool({
    name: 'transfer',
    description: 'Fetches a person.',
    execute: async () => {
      try {
        await new WarmTransferTask(options).run();
      } catch (error) {
        failures.push({ at: Date.now(), error });
        throw error;
      }
    },
  });
  return { tool, failures };
}

const call = { name: 'transfer' };

describe('a transfer in a tool', () => {
  it('says nothing to a caller whom the policy cold-transfers, while their old line lives on, and has not failed', async () => {
    const sipCallTo = freshNumber();
    phoneOf(lab, sipCallTo, (phone) => phone.reject(486));
    const roomName = 'cold-transferred-by-policy';
    const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller });
    // The gateway hangs up the old line a second after the new call was answered.
    caller.onRefer({ notify: 200 });
    const { tool, failures } = transferTool({ sipCallTo, policy: { busy: { coldTransfer: '+15550177' } } });
    const model = new ScriptedLLM({
      reply: ({ userText, toolResult }) =>
        toolResult === undefined && userText === 'person'
          ? { call }
          : { say: 'I am sorry, I could not reach anybody, what else can I do for you today?' },
    });
    await using job = await startToolJob(lab, roomName, { llm: model, tools: [tool] });
    await caller.connected();
    job.session.generateReply({ userInput: 'person' });
    await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: 20_000 });
    const { error } = failures[0] ?? {};
    expect(error).toBeInstanceOf(WarmTransferStop);
    expect(error).not.toBeInstanceOf(llm.ToolError);
    expect(error).toMatchObject({ outcome: { status: 'busy', caller: 'cold-transferred' } });
    await caller.finished;
    expect(caller.ear.heard(voices.agent)).toBe(false);
    expect(model.turns).toHaveLength(1);
  }, 60_000);

  it('is rejected beside another of the same turn of the model, which continues, and the model gets the error that one is running', async () => {
    const roomName = 'two-calls-of-one-turn';
    const sipCallTo = freshNumber();
    const human = phoneOf(lab, sipCallTo, async (phone) => {
      await phone.ring(2000);
      await phone.reject(486);
    });
    const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller });
    const { tool, failures } = transferTool({ sipCallTo });
    const model = new ScriptedLLM({
      reply: ({ userText, toolResult }) =>
        userText === 'person' && toolResult === undefined ? { call: [call, call] } : undefined,
    });
    await using job = await startToolJob(lab, roomName, { llm: model, tools: [tool] });
    await caller.connected();
    await job.session.generateReply({ userInput: 'person' }).waitForPlayout();
    const [first, second] = failures;
    expect(failures.map(({ error }) => error instanceof WarmTransferToolError)).toEqual([true, true]);
    expect(first).toMatchObject({ error: { outcome: { status: 'already-running' } } });
    expect(second).toMatchObject({ error: { outcome: { status: 'busy' } } });
    expect(human.calls).toHaveLength(1);
    expect(first?.at).toBeLessThan(human.calls[0]?.ended?.at ?? 0);
    await caller.hangUp();
  }, 60_000);

  it('is canceled when its session closes: the phone stops ringing, the caller is hung up on, and nothing waits for it', async () => {
    const { program, told } = newProgram();
    const roomName = 'closed-while-it-rings';
    const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller, vocabulary: words });
    await using job = await LabJob.start(lab, roomName, (ctx) => entry(ctx, program));
    const human = lab.phone(supervisor, (phone) => phone.neverAnswer());
    await caller.connected();
    await hearOut(caller);
    await caller.say('person');
    const ringing = await human.nextCall();
    const since = Date.now();
    await job.session.close();
    const error = await told;
    expect(error).toBeInstanceOf(WarmTransferToolError);
    expect(error).toMatchObject({ outcome: { status: 'aborted' } });
    await Promise.all([ringing.untilEnded(), caller.finished]);
    expect(Date.now() - since).toBeLessThan(10_000);
  }, 60_000);
});
