import { initializeLogger, llm, log, voice } from '@livekit/agents';
import { ScriptedLLM } from '@org/briefing-agent/testing';
import { expect, it, vi } from 'vitest';
import { type FailedOutcome, describeOutcome, WarmTransferToolError } from '../../src/index.js';

const WORDS = 'I am with Mr. Miller.';

const declined: FailedOutcome = {
  status: 'declined',
  reason: WORDS,
  caller: 'returned',
  transferId: 'one',
  timings: { startedAt: 0, settledAt: 0, phasesMs: {} },
  attempts: [],
  transcript: [],
  warnings: [],
  describe: () => describeOutcome({ status: 'declined', reason: WORDS, caller: 'returned' }),
};

it('WarmTransferToolError is what the model gets when a tool returns it, and the framework writes the words of a human agent only to fields of personal data', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const levels = (['debug', 'info', 'warn', 'error'] as const).map((level) => vi.spyOn(log(), level));
  const tool = llm.tool({
    name: 'transfer',
    description: 'Fetches a person.',
    execute: async () => new WarmTransferToolError(declined),
  });
  const model = new ScriptedLLM({
    reply: ({ toolResult }) => (toolResult === undefined ? { call: { name: 'transfer' } } : undefined),
  });
  const session = new voice.AgentSession({ llm: model, vad: null });
  await session.start({ agent: new voice.Agent({ instructions: '', tools: [tool] }), record: false });
  await session.run({ userInput: 'a person, please' }).wait();
  expect(model.turns.at(-1)?.toolResult).toMatchObject({
    isError: true,
    output: `The person I reached cannot take the call. They said: "${WORDS}"`,
  });
  const written = levels.flatMap(({ mock }) => mock.calls);
  expect(written.length).toBeGreaterThan(0);
  const open = JSON.stringify(written, (field, value: unknown) => (field.startsWith('lk.pii.') ? undefined : value));
  expect(open).not.toContain(WORDS);
  await session.close();
});
