import { llm } from '@livekit/agents';

/**
 * Replaces the session's model while a caller is on hold. It is never called: the task replies in its place. It
 * excludes a realtime model, which would process the input itself.
 */
export class UnusedLlm extends llm.LLM {
  label(): string {
    return 'warm-transfer.silent';
  }

  chat(): llm.LLMStream {
    throw new Error('a caller on hold gets no reply');
  }
}
