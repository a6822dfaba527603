import { llm } from '@livekit/agents';
import type { ScriptedReply } from './scripted-llm.js';
import { ScriptedRealtimeSession } from './scripted-realtime-session.js';
import type { ScriptedTurn } from './scripted-turn.js';
import type { ToneWords } from './tone-word-ear.js';

export interface ScriptedRealtimeOptions {
  /** What can be heard: transcript → frequency in Hz of the tone that says it. */
  words: ToneWords;
  /** The frequency in Hz that is this voice. */
  frequency: number;
  /** Asked once per turn. What it throws becomes a failure of the model. */
  reply: (turn: ScriptedTurn) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;
  /** Length of the tone per character of what is said. Default 20 ms. */
  msPerCharacter?: number;
  /** What the model can do, where that differs from: hears turns, transcribes, speaks. */
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
  /** Every turn the model was asked, oldest first. */
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
    // Nothing is held: what there is belongs to the sessions.
  }
}
