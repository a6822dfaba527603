import { llm } from '@livekit/agents';

/**
 * Stands in for the session's model while a caller is on hold. It is never asked: the task that has it answers in its
 * place. It keeps a realtime model out, which hears and reads for itself.
 */
export class SilentModel extends llm.LLM {
  label(): string {
    return 'warm-transfer.silent';
  }

  chat(): llm.LLMStream {
    throw new Error('a caller on hold is answered by nobody');
  }
}
