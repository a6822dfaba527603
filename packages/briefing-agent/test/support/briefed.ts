import { llm } from '@livekit/agents';
import { englishBriefing } from '../../src/index.ts';
import { ScriptedLLM, type ScriptedLLMOptions } from '../../src/testing.ts';
import type { ConsultOptions } from './fixture.ts';

export const HEADLINE = 'Jane Doe is on the line about an invoice of March.';
/** The first words of the agent. */
export const TOLD = `Hello, this is the assistant of Acme. ${HEADLINE} May I connect you?`;

/** A briefing with default options, about a conversation. */
export function briefed(reply: ScriptedLLMOptions['reply'], more: Partial<ConsultOptions> = {}): ConsultOptions {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  const { greeting } = englishBriefing.sentences;
  return {
    chatCtx,
    greeting,
    names: { company: 'Acme' },
    models: { llm: new ScriptedLLM({ reply, headline: HEADLINE }) },
    ...more,
  };
}
