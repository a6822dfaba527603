import { voice, type llm } from '@livekit/agents';

/** An agent that always listens, but replies only between the answer and the decision. */
export class GatedAgent extends voice.Agent {
  /** Words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  #gate: 'early' | 'open' | 'shut' = 'early';

  allowReplies(): void {
    this.#gate = 'open';
  }

  forbidReplies(): void {
    this.#gate = 'shut';
  }

  override async onUserTurnCompleted(_chatCtx: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    if (this.#gate === 'open') return;
    if (this.#gate === 'early') {
      this.heardEarly = true;
      const chatCtx = this.chatCtx.copy();
      chatCtx.insert(message);
      await this.updateChatCtx(chatCtx);
    }
    throw new voice.StopResponse();
  }
}
