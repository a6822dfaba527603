import { voice, type llm } from '@livekit/agents';

/** An agent that listens from the start, but replies only once it may. */
export class SilentUntilAnsweredAgent extends voice.Agent {
  /** Words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  #mayReply = false;

  allowReplies(): void {
    this.#mayReply = true;
  }

  override async onUserTurnCompleted(_chatCtx: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    if (this.#mayReply) return;
    this.heardEarly = true;
    const chatCtx = this.chatCtx.copy();
    chatCtx.insert(message);
    await this.updateChatCtx(chatCtx);
    throw new voice.StopResponse();
  }
}
