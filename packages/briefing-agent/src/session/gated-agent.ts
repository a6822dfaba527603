import { ReadableStream, TransformStream } from 'node:stream/web';
import { type llm, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { ModelScope } from '../models/model-scope.js';
import { LineEar, type LineSound } from './line-ear.js';
import { withFiller } from './with-filler.js';

/** The receiver of the line's turns: none; the model's tools, of whose words none is said; or the model. */
export type TurnTaker = 'none' | 'tools' | 'model';

/** A request to the model; a part of its answer; or a filler that is said while the model takes its time. */
export type ReplyChunk = 'requested' | 'words' | 'tool-call' | 'filler';

/** The filler that is said when an answer takes longer than `afterMs` to begin; null for none. */
export interface FillerOptions {
  readonly text: string | null;
  readonly afterMs: number;
}

/**
 * The longest time for which a turn detector may keep a turn open that sounds unfinished, as "Acme support" does. A person
 * who picks up says no more before they hear a voice. In milliseconds.
 */
const UNFINISHED_MS = 1_000;

/** Instruction that accompanies a turn of something that may not be a person. */
const PERHAPS_VOICEMAIL =
  'It is not known yet whether a person is there. Say nothing. If this is a recording, a mailbox or a menu, call voicemail_detected.';

/** An agent that always listens, but replies only between the answer and the decision. */
export class GatedAgent extends voice.Agent {
  /** Whether words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  /** Called with each chunk of a language model's answer. */
  onReplyChunk: ((chunk: ReplyChunk) => void) | undefined;
  /** Called when a turn of the line is complete, before it reaches the turn taker. */
  onTurnEnd: (() => void) | undefined;
  /** Called when the line begins to sound, and when it becomes quiet. */
  onLineSound: ((sound: LineSound) => void) | undefined;
  /** Whether the line is heard also during speech of the agent that cannot be interrupted. */
  listensWhileSpeaking = false;
  readonly #scope: ModelScope;
  readonly #filler: FillerOptions;
  #turnTaker: TurnTaker = 'none';
  #isClosed = false;

  /** @param scope runs every stream of a model that the agent begins */
  constructor(options: voice.AgentOptions<unknown>, scope: ModelScope, filler: FillerOptions) {
    super(options);
    this.#scope = scope;
    this.#filler = filler;
  }

  /** Whether the model answers the line now. */
  get answers(): boolean {
    return this.#turnTaker === 'model' && !this.#isClosed;
  }

  /** @param session the running session, whose endpointing delays change with the turn taker */
  setTurnTaker(turnTaker: TurnTaker, session?: voice.AgentSession): void {
    this.#turnTaker = turnTaker;
    session?.updateOptions({ turnHandling: { endpointing: {} } });
  }

  /** The endpointing delays, which the framework reads when a session starts and when its options are updated. */
  override get turnHandling(): voice.Agent['turnHandling'] {
    if (this.#turnTaker === 'model') return super.turnHandling;
    return {
      ...super.turnHandling,
      endpointing: { maxDelay: UNFINISHED_MS },
      ...(this.listensWhileSpeaking ? { interruption: { discardAudioIfUninterruptible: false } } : {}),
    };
  }

  /** Forbids replies from now on. */
  forbidReplies(): void {
    this.#isClosed = true;
  }

  override async onUserTurnCompleted(chatCtx: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    this.onTurnEnd?.();
    if (this.answers) return;
    if (!this.#isClosed && this.#turnTaker === 'tools') {
      // Also invalidates the request that was sent ahead of the end of the turn.
      chatCtx.addMessage({ role: 'system', content: PERHAPS_VOICEMAIL });
      return;
    }
    if (!this.#isClosed) {
      this.heardEarly = true;
      await this.addToContext(message);
    }
    throw new voice.StopResponse();
  }

  /** Adds a message of the line to the context. */
  async addToContext(message: llm.ChatMessage): Promise<void> {
    const known = this.chatCtx.copy();
    known.insert(message);
    await this.updateChatCtx(known);
  }

  override sttNode(...[audio, settings]: Parameters<voice.Agent['sttNode']>): ReturnType<voice.Agent['sttNode']> {
    return this.#scope.run(() => super.sttNode(this.#listenTo(audio), settings));
  }

  override ttsNode(...request: Parameters<voice.Agent['ttsNode']>): ReturnType<voice.Agent['ttsNode']> {
    return this.#scope.run(() => super.ttsNode(...request));
  }

  override async llmNode(...request: Parameters<voice.Agent['llmNode']>): ReturnType<voice.Agent['llmNode']> {
    const isSaid = this.#turnTaker !== 'tools';
    if (this.answers) this.onReplyChunk?.('requested');
    const answer = await this.#scope.run(() => super.llmNode(...request));
    type Piece = NonNullable<typeof answer> extends ReadableStream<infer P> ? P : never;
    const listen = new TransformStream<Piece, Piece>({
      transform: (piece, controller) => {
        const calls = typeof piece === 'object' && 'delta' in piece ? (piece.delta?.toolCalls ?? []) : [];
        this.onReplyChunk?.(calls.length > 0 ? 'tool-call' : 'words');
        if (isSaid) controller.enqueue(piece);
        else if (calls.length > 0) controller.enqueue({ id: 'tools', delta: { role: 'assistant', toolCalls: calls } });
      },
    });
    const { text, afterMs } = this.#filler;
    const heard = answer?.pipeThrough(listen) ?? null;
    if (heard === null || text === null) return heard;
    return withFiller(heard, { text: `${text} `, afterMs, isWanted: () => isSaid && this.#fill() });
  }

  #listenTo(audio: Parameters<voice.Agent['sttNode']>[0]): ReadableStream<AudioFrame> {
    const frames = audio instanceof ReadableStream ? audio : ReadableStream.from(audio);
    const ear = new LineEar();
    const listen = new TransformStream<AudioFrame, AudioFrame>({
      transform: (frame, controller) => {
        controller.enqueue(frame);
        if (this.#turnTaker !== 'none') return;
        for (const sound of ear.hear(firstChannel(frame), frame.sampleRate)) this.onLineSound?.(sound);
      },
    });
    return frames.pipeThrough(listen);
  }

  #fill(): boolean {
    if (this.answers) this.onReplyChunk?.('filler');
    return this.answers;
  }
}

function firstChannel({ data, channels }: AudioFrame): Int16Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0);
}
