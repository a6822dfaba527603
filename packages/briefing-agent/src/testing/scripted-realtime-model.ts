import { llm } from '@livekit/agents';
import type { ScriptedReply } from './scripted-llm.js';
import { ScriptedRealtimeSession } from './scripted-realtime-session.js';
import type { ScriptedTurn } from './scripted-turn.js';
import type { ToneWords } from './tone-word-ear.js';

/** Options of a {@link ScriptedRealtimeModel}. */
export interface ScriptedRealtimeOptions {
  /** The vocabulary: transcript → frequency in Hz of its tone. */
  words: ToneWords;
  /** The frequency of the voice, in Hz. */
  frequency: number;
  /** Called once per turn. An error becomes a failure of the model. */
  reply: (turn: ScriptedTurn) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;
  /** Length of the tone per character, in milliseconds. Default 20. */
  msPerCharacter?: number;
  /** Capabilities that differ from the default: hears turns, transcribes, speaks. */
  capabilities?: Partial<llm.RealtimeCapabilities>;
}

const CAPABILITIES: llm.RealtimeCapabilities = {
  messageTruncation: false,
  turnDetection: true,
  userTranscription: true,
  autoToolReplyGeneration: false,
  audioOutput: true,
  manualFunctionCalls: false,
  midSessionChatCtxUpdate: true,
  midSessionInstructionsUpdate: true,
  midSessionToolsUpdate: true,
};

/** A realtime model for tests: it hears tones as words, finds the ends of turns itself, and speaks in a tone. */
export class ScriptedRealtimeModel extends llm.RealtimeModel {
  /** The turns that the model was asked for, oldest first. */
  readonly turns: ScriptedTurn[] = [];
  readonly #options: ScriptedRealtimeOptions;

  constructor(options: ScriptedRealtimeOptions) {
    super({ ...CAPABILITIES, ...options.capabilities });
    this.#options = options;
  }

  get model(): string {
    return 'scripted-realtime';
  }

  session(): llm.RealtimeSession {
    const { reply, ...options } = this.#options;
    const answer: ScriptedRealtimeOptions['reply'] = (turn) => {
      this.turns.push(turn);
      return reply(turn);
    };
    return new ScriptedRealtimeSession(this, { ...options, reply: answer });
  }

  async close(): Promise<void> {
    // The sessions own all resources.
  }
}
