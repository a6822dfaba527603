import { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { scriptedCalls, type ScriptedReply } from './scripted-llm.js';
import type { ScriptedRealtimeOptions } from './scripted-realtime-model.js';
import { readTurn } from './scripted-turn.js';
import { streamOf } from './stream-of.js';
import { toneFrames } from './tone-frames.js';
import { ToneWordEar } from './tone-word-ear.js';

const SAMPLE_RATE = 24_000;
const SHORTEST_MS = 200;

/** One conversation with a {@link ScriptedRealtimeModel}. */
export class ScriptedRealtimeSession extends llm.RealtimeSession {
  static #items = 0;
  readonly #options: ScriptedRealtimeOptions;
  readonly #ear: ToneWordEar;
  #chatCtx: llm.ChatContext = llm.ChatContext.empty();
  #tools: llm.ToolContext = llm.ToolContext.empty();
  #instructions = '';
  /** Ends the current speech. */
  #stopTalking: () => void = () => {};

  constructor(owner: llm.RealtimeModel, options: ScriptedRealtimeOptions) {
    super(owner);
    this.#options = options;
    this.#ear = new ToneWordEar(options.words);
  }

  get chatCtx(): llm.ChatContext {
    return this.#chatCtx.copy();
  }

  get tools(): llm.ToolContext {
    return this.#tools;
  }

  async updateInstructions(instructions: string): Promise<void> {
    this.#instructions = instructions;
  }

  async updateChatCtx(chatCtx: llm.ChatContext): Promise<void> {
    this.#chatCtx = chatCtx.copy();
  }

  async updateTools(tools: llm.ToolContext): Promise<void> {
    this.#tools = tools;
  }

  updateOptions(): void {
    // The script chooses the tool.
  }

  pushAudio({ data, channels, sampleRate }: AudioFrame): void {
    const mono = channels === 1 ? data : data.filter((_, index) => index % channels === 0);
    for (const event of this.#ear.hear(mono, sampleRate)) {
      if (event.type === 'started') this.emit('input_speech_started', {});
      else void this.#takeTurn(event.word);
    }
  }

  async generateReply(instructions?: string): Promise<llm.GenerationCreatedEvent> {
    return this.#generation(await this.#ask(instructions), true);
  }

  async commitAudio(): Promise<void> {
    // Ends of turns are heard, not reported.
  }

  async clearAudio(): Promise<void> {
    // Nothing is buffered.
  }

  async interrupt(): Promise<void> {
    // Speech is generated immediately; the session stops its playout.
  }

  async truncate(): Promise<void> {
    // Not a capability.
  }

  async #takeTurn(word: string): Promise<void> {
    const { userTranscription } = this.realtimeModel.capabilities;
    this.emit('input_speech_stopped', { userTranscriptionEnabled: userTranscription });
    const itemId = this.#nextId();
    this.#chatCtx.addMessage({ role: 'user', content: word, id: itemId });
    if (userTranscription) {
      this.emit('input_audio_transcription_completed', { itemId, transcript: word, isFinal: true });
    }
    try {
      const reply = await this.#ask();
      // A model that speaks over the person stops by itself, when it has something else to say.
      if (this.realtimeModel.capabilities.supportsOverlappingSpeech === true) this.#stopTalking();
      if (reply !== undefined) this.emit('generation_created', this.#generation(reply, false));
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const label = this.realtimeModel.label();
      this.emit('error', { type: 'realtime_model_error', timestamp: Date.now(), label, error, recoverable: false });
    }
  }

  async #ask(extra = ''): Promise<ScriptedReply | undefined> {
    const turn = readTurn(this.#chatCtx, this.#tools);
    const instructions = [this.#instructions, extra].filter((text) => text !== '').join('\n');
    return this.#options.reply({ ...turn, instructions });
  }

  #generation(reply: ScriptedReply | undefined, userInitiated: boolean): llm.GenerationCreatedEvent {
    const messages = reply?.say === undefined ? [] : [this.#message(reply.say)];
    const calls = scriptedCalls(reply ?? {});
    for (const call of calls) this.#chatCtx.insert(call);
    return { messageStream: streamOf(messages), functionStream: streamOf(calls), userInitiated };
  }

  #message(text: string): llm.MessageGeneration {
    const { frequency, msPerCharacter = 20 } = this.#options;
    const lengthMs = Math.max(SHORTEST_MS, text.length * msPerCharacter);
    let isOver = false;
    this.#stopTalking = () => (isOver = true);
    return {
      messageId: this.#nextId(),
      textStream: streamOf([text]),
      audioStream: streamOf(toneFrames({ frequency, lengthMs, sampleRate: SAMPLE_RATE }), () => isOver),
      modalities: Promise.resolve(['audio', 'text']),
    };
  }

  #nextId(): string {
    ScriptedRealtimeSession.#items += 1;
    return `scripted_item_${ScriptedRealtimeSession.#items}`;
  }
}
