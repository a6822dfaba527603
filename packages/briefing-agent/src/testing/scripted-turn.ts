import { llm } from '@livekit/agents';

/** What a model is asked in one turn, in the shape a test wants to branch on. */
export interface ScriptedTurn {
  /** What the user said last, or `''` when the agent is to speak first. */
  userText: string;
  /** The outcome of the tool that the model called just before, if this turn follows a tool call. */
  toolResult?: { name: string; output: string; isError: boolean };
  /** All instructions that the model was given. */
  instructions: string;
  chatCtx: llm.ChatContext;
  /** Names of the tools that the model may call. */
  toolNames: string[];
}

export function readTurn(chatCtx: llm.ChatContext, tools?: llm.ToolContextLike): ScriptedTurn {
  const messages = chatCtx.items.filter((item) => item.type === 'message');
  const last = chatCtx.items.at(-1);
  return {
    userText: messages.findLast((message) => message.role === 'user')?.textContent ?? '',
    ...(last?.type === 'function_call_output'
      ? { toolResult: { name: last.name, output: last.output, isError: last.isError } }
      : {}),
    instructions: messages
      .filter((message) => message.role === 'system' || message.role === 'developer')
      .map((message) => message.textContent ?? '')
      .join('\n'),
    chatCtx,
    toolNames: tools === undefined ? [] : Object.keys(llm.toToolContext(tools).functionTools),
  };
}
