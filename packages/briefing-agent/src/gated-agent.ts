import { TransformStream, type ReadableStream } from 'node:stream/web';
import { voice, type llm } from '@livekit/agents';

/** An agent that always listens, but replies only between the answer and the decision. */
export class GatedAgent extends voice.Agent {
  /** Words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  /** Told of each piece of an answer of a language model. */
  onAnswer: ((piece: 'words' | 'tool-call') => void) | undefined;
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

  override async llmNode(...request: Parameters<voice.Agent['llmNode']>): ReturnType<voice.Agent['llmNode']> {
    const answer = await super.llmNode(...request);
    type Piece = NonNullable<typeof answer> extends ReadableStream<infer P> ? P : never;
    const listen = new TransformStream<Piece, Piece>({
      transform: (piece, controller) => {
        const isCall = typeof piece === 'object' && 'delta' in piece && (piece.delta?.toolCalls?.length ?? 0) > 0;
        this.onAnswer?.(isCall ? 'tool-call' : 'words');
        controller.enqueue(piece);
      },
    });
    return answer === null ? null : answer.pipeThrough(listen);
  }
}
