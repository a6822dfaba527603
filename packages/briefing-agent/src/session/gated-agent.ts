import { ReadableStream, TransformStream } from 'node:stream/web';
import { type llm, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { ModelScope } from '../models/model-scope.js';
import { LineEar, type LineSound } from './line-ear.js';
import { withFiller } from './with-filler.js';

/**
 * Who takes the turns of the line: nobody; the model's tools, without a word of it being said; or the model.
 */
export type TurnTaker = 'nobody' | 'tools' | 'model';

/** The model is asked; a part of its answer; or what is said while it takes its time. */
export type AnswerPiece = 'asked' | 'words' | 'tool-call' | 'filler';

/** What is said when an answer takes longer than `afterMs` to begin; null: nothing. */
export interface FillerOptions {
  readonly text: string | null;
  readonly afterMs: number;
}

/**
 * How long a detector of turns may hold one open that sounds unfinished, as "Acme support" does: nobody who picks up says
 * more before they hear somebody. In milliseconds.
 */
const UNFINISHED_MS = 1_000;

/** What the model is told with a turn of something that may be no person. */
const PERHAPS_A_MACHINE =
  'It is not known yet whether a person is there. Say nothing. If this is a recording, a mailbox or a menu, call voicemail_detected.';

/** An agent that always listens, but replies only between the answer and the decision. */
export class GatedAgent extends voice.Agent {
  /** Words were understood before the agent was allowed to reply; they are in its context. */
  heardEarly = false;
  /** Called with each piece of an answer of a language model. */
  onAnswer: ((piece: AnswerPiece) => void) | undefined;
  /** Called when a turn of the line is complete, before it is handed to anybody. */
  onTurnOver: (() => void) | undefined;
  /** Called when the line begins to sound, and when it has fallen quiet. */
  onLineSound: ((sound: LineSound) => void) | undefined;
  /** The line is heard also while the agent says what cannot be interrupted. */
  listensWhileSpeaking = false;
  readonly #scope: ModelScope;
  readonly #filler: FillerOptions;
  #turns: TurnTaker = 'nobody';
  #isShut = false;

  /** Streams of models are begun in the scope, whatever they are begun by. */
  constructor(options: voice.AgentOptions<unknown>, scope: ModelScope, filler: FillerOptions) {
    super(options);
    this.#scope = scope;
    this.#filler = filler;
  }

  /** The model may speak now, of its own accord. */
  get answers(): boolean {
    return this.#turns === 'model' && !this.#isShut;
  }

  /** `session`: the one that runs, whose delays of the end of a turn change with it. */
  handTurnsTo(whom: TurnTaker, session?: voice.AgentSession): void {
    this.#turns = whom;
    session?.updateOptions({ turnHandling: { endpointing: {} } });
  }

  /** Delays of the end of a turn, which the framework reads when a session starts and when it is told to. */
  override get turnHandling(): voice.Agent['turnHandling'] {
    if (this.#turns === 'model') return super.turnHandling;
    return {
      ...super.turnHandling,
      endpointing: { maxDelay: UNFINISHED_MS },
      ...(this.listensWhileSpeaking ? { interruption: { discardAudioIfUninterruptible: false } } : {}),
    };
  }

  /** For good. */
  forbidReplies(): void {
    this.#isShut = true;
  }

  override async onUserTurnCompleted(chatCtx: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    this.onTurnOver?.();
    if (this.answers) return;
    if (!this.#isShut && this.#turns === 'tools') {
      // Also makes worthless what the model was asked ahead of the end of the turn.
      chatCtx.addMessage({ role: 'system', content: PERHAPS_A_MACHINE });
      return;
    }
    if (!this.#isShut) {
      this.heardEarly = true;
      await this.know(message);
    }
    throw new voice.StopResponse();
  }

  /** Puts into its context what the line said. */
  async know(message: llm.ChatMessage): Promise<void> {
    const known = this.chatCtx.copy();
    known.insert(message);
    await this.updateChatCtx(known);
  }

  override sttNode(...[audio, settings]: Parameters<voice.Agent['sttNode']>): ReturnType<voice.Agent['sttNode']> {
    return this.#scope.run(() => super.sttNode(this.#overheard(audio), settings));
  }

  override ttsNode(...request: Parameters<voice.Agent['ttsNode']>): ReturnType<voice.Agent['ttsNode']> {
    return this.#scope.run(() => super.ttsNode(...request));
  }

  override async llmNode(...request: Parameters<voice.Agent['llmNode']>): ReturnType<voice.Agent['llmNode']> {
    const isSaid = this.#turns !== 'tools';
    if (this.answers) this.onAnswer?.('asked');
    const answer = await this.#scope.run(() => super.llmNode(...request));
    type Piece = NonNullable<typeof answer> extends ReadableStream<infer P> ? P : never;
    const listen = new TransformStream<Piece, Piece>({
      transform: (piece, controller) => {
        const calls = typeof piece === 'object' && 'delta' in piece ? (piece.delta?.toolCalls ?? []) : [];
        this.onAnswer?.(calls.length > 0 ? 'tool-call' : 'words');
        if (isSaid) controller.enqueue(piece);
        else if (calls.length > 0) controller.enqueue({ id: 'tools', delta: { role: 'assistant', toolCalls: calls } });
      },
    });
    const { text, afterMs } = this.#filler;
    const heard = answer?.pipeThrough(listen) ?? null;
    if (heard === null || text === null) return heard;
    return withFiller(heard, { text: `${text} `, afterMs, isWanted: () => isSaid && this.#fill() });
  }

  #overheard(audio: Parameters<voice.Agent['sttNode']>[0]): ReadableStream<AudioFrame> {
    const frames = audio instanceof ReadableStream ? audio : ReadableStream.from(audio);
    const ear = new LineEar();
    const listen = new TransformStream<AudioFrame, AudioFrame>({
      transform: (frame, controller) => {
        controller.enqueue(frame);
        if (this.#turns !== 'nobody') return;
        for (const sound of ear.hear(firstChannel(frame), frame.sampleRate)) this.onLineSound?.(sound);
      },
    });
    return frames.pipeThrough(listen);
  }

  #fill(): boolean {
    if (this.answers) this.onAnswer?.('filler');
    return this.answers;
  }
}

function firstChannel({ data, channels }: AudioFrame): Int16Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0);
}
