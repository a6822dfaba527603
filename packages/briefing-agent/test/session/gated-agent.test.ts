import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelScope } from '../../src/models/model-scope.ts';
import { GatedAgent, type ReplyChunk } from '../../src/session/gated-agent.ts';
import { ScriptedLLM, type ScriptedLLMOptions } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

let session: voice.AgentSession | undefined;
afterEach(async () => session?.close());

interface Answered {
  /** The agent's words, by the conversation. */
  readonly said: readonly string[];
  readonly chunks: readonly ReplyChunk[];
  readonly calls: number;
}

/** Runs one turn of a model in a real session without a room. */
async function turnOf(
  model: ScriptedLLMOptions,
  turnTaker: 'tools' | 'model',
  fillerAfterMs = 10_000,
): Promise<Answered> {
  let calls = 0;
  const chunks: ReplyChunk[] = [];
  const mark = llm.tool({ name: 'voicemail_detected', description: '.', execute: async () => void (calls += 1) });
  const languageModel = new ScriptedLLM(model);
  const scope = new ModelScope([languageModel]);
  const filler = { text: 'One moment, please.', afterMs: fillerAfterMs };
  const agent = new GatedAgent({ instructions: '', tools: [mark] }, scope, filler);
  agent.onReplyChunk = (chunk) => void chunks.push(chunk);
  agent.setTurnTaker(turnTaker);
  session = new voice.AgentSession({ llm: languageModel, vad: null, turnHandling: { turnDetection: 'manual' } });
  await session.start({ agent, record: false });
  await session.generateReply({ userInput: 'You have reached Ann.' }).waitForPlayout();
  const said = agent.chatCtx.items.flatMap((item) =>
    item.type === 'message' && item.role === 'assistant' ? [item.textContent ?? ''] : [],
  );
  return { said, chunks, calls };
}

const tellsAndCalls = ({ toolResult }: { toolResult?: object }): { say: string; call?: { name: string } } =>
  toolResult === undefined ? { say: 'Jane is calling.', call: { name: 'voicemail_detected' } } : { say: 'Jane.' };

describe('a turn of something that may be a recording', () => {
  it('reaches the tools of the model, and none of its words is said', async () => {
    expect(await turnOf({ reply: tellsAndCalls }, 'tools')).toMatchObject({ said: [], calls: 1 });
  });

  it('has no filler', async () => {
    expect(await turnOf({ reply: tellsAndCalls, delayMs: 200 }, 'tools', 20)).toMatchObject({ said: [], calls: 1 });
  });
});

describe('a turn of a person', () => {
  it('reaches the model and its tools', async () => {
    expect(await turnOf({ reply: tellsAndCalls }, 'model')).toMatchObject({ said: ['Jane is calling.'], calls: 1 });
  });

  it('gets a filler before a late answer, and both are in the context', async () => {
    const { said, chunks } = await turnOf({ reply: () => ({ say: 'An invoice.' }), delayMs: 300 }, 'model', 20);
    expect(said).toEqual(['One moment, please. An invoice.']);
    expect(chunks).toEqual(['requested', 'filler', 'words']);
  });
});
