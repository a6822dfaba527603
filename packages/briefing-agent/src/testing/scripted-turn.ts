import { llm } from '@livekit/agents';

/** One turn of a model, in a shape for tests to branch on. */
export interface ScriptedTurn {
  /** The last words of the user, or `''` when the agent speaks first. */
  userText: string;
  /** The result of the tool that the model called, if this turn follows a tool call. */
  toolResult?: { name: string; output: string; isError: boolean };
  /** All instructions of the model. */
  instructions: string;
  chatCtx: llm.ChatContext;
  /** The names of the tools that the model may call. */
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
