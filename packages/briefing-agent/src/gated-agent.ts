import { TransformStream, type ReadableStream } from 'node:stream/web';
import { voice, type llm } from '@livekit/agents';
import type { ModelScope } from './model-scope.js';

/** An agent that always listens, but replies only between the answer and the decision. */
export class GatedAgent extends voice.Agent {
  /** Words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  /** Told of each piece of an answer of a language model. */
  onAnswer: ((piece: 'words' | 'tool-call') => void) | undefined;
  readonly #scope: ModelScope;
  #gate: 'early' | 'open' | 'shut' = 'early';

  /** Streams of models are begun in the scope, whatever they are begun by. */
  constructor(options: voice.AgentOptions<unknown>, scope: ModelScope) {
    super(options);
    this.#scope = scope;
  }

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

  override sttNode(...request: Parameters<voice.Agent['sttNode']>): ReturnType<voice.Agent['sttNode']> {
    return this.#scope.run(() => super.sttNode(...request));
  }

  override ttsNode(...request: Parameters<voice.Agent['ttsNode']>): ReturnType<voice.Agent['ttsNode']> {
    return this.#scope.run(() => super.ttsNode(...request));
  }

  override async llmNode(...request: Parameters<voice.Agent['llmNode']>): ReturnType<voice.Agent['llmNode']> {
    const answer = await this.#scope.run(() => super.llmNode(...request));
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
