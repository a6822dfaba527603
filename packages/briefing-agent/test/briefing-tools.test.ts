import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { briefingTools } from '../src/briefing-tools.ts';

const names = (tools: readonly llm.ToolContextEntry[]): string[] =>
  Object.keys(new llm.ToolContext([...tools]).functionTools);

describe('the tools', () => {
  it('have schemas that strict providers take', () => {
    const { functionTools } = new llm.ToolContext(briefingTools(() => undefined, []));
    for (const { parameters } of Object.values(functionTools)) {
      expect(llm.toJsonSchema(parameters, true, true)).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('stand beside those of the user, whose tool replaces ours of the same name', () => {
    const lookUp = llm.tool({ name: 'look_up', description: 'x', execute: async () => 'found' });
    const mailbox = llm.tool({ name: 'voicemail_detected', description: 'mine', execute: async () => undefined });
    const tools = briefingTools(() => undefined, [lookUp, mailbox]);
    expect(names(tools).toSorted()).toEqual(['connect_to_caller', 'decline_transfer', 'look_up', 'voicemail_detected']);
    expect(tools).toContain(mailbox);
  });
});
