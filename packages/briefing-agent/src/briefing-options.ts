import type { llm, stt, tts, VAD, voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { BriefingError } from './briefing-error.js';
import type { BriefingInstructions } from './instructions.js';
import { requireMs, requireText } from './require.js';

/** Models of the briefing. They are used, never closed; they may be in use by another session at the same time. */
export interface BriefingModels {
  stt: stt.STT;
  llm: llm.LLM;
  tts: tts.TTS;
  /** Voice activity detection. Default none: nothing is loaded that was not given. */
  vad?: VAD | null;
  /** Default `vad` when a VAD is given, else `stt`; `null` for none. */
  turnDetection?: voice.AgentSessionOptions['turnDetection'] | null;
}

/** Limits in milliseconds. */
export interface BriefingLimits {
  /** For the session to start. Default 10 000. */
  startMs?: number;
  /** For nobody speaking, neither the agent nor the human; then the result is `silent`. Default 20 000. */
  silenceMs?: number;
  /** From `brief()` to a decision; then the result is `timed-out`. Default 120 000. */
  totalMs?: number;
  /** For one fixed sentence of `say()`. Default 10 000. */
  sayMs?: number;
  /** For the session to close. Default 5000. */
  closeMs?: number;
}

export interface BriefingOptions {
  /** The consult room, joined by the agent. It stays the property of whoever joined it. */
  room: Room;
  /** Identity of the human in that room; only they are listened to, and only their keys count. */
  humanIdentity: string;
  models: BriefingModels;
  /** The conversation with the caller. Default none. */
  chatCtx?: llm.ChatContext;
  /** Parts of the prompt, or a text that replaces its persona and wording. */
  instructions?: BriefingInstructions | string;
  /**
   * What is said first: a fixed sentence that needs no model, or a function that starts the speech itself.
   * Default a sentence in English. `null`: the agent waits for the human to speak first.
   */
  greeting?: string | ((session: voice.AgentSession) => voice.SpeechHandle) | null;
  /** Tools of your own, beside the three of the briefing; one of the same name replaces ours. */
  tools?: readonly llm.ToolContextEntry[];
  /** Whether the human can interrupt the agent. Default true. */
  allowInterruptions?: boolean;
  limits?: BriefingLimits;
  /** Called with every phrase that was understood on the human's line (personal data). */
  onHeard?: (words: string) => void;
}

export const briefingDefaults: {
  readonly greeting: string;
  readonly allowInterruptions: boolean;
  readonly limits: Readonly<Required<BriefingLimits>>;
} = Object.freeze({
  greeting: 'Hello, I have a caller on the line who needs a person. Press 1 to take the call, 2 to decline, or ask me.',
  allowInterruptions: true,
  limits: Object.freeze({ startMs: 10_000, silenceMs: 20_000, totalMs: 120_000, sayMs: 10_000, closeMs: 5000 }),
});

export type CheckedOptions = BriefingOptions &
  Required<Pick<BriefingOptions, 'greeting' | 'allowInterruptions' | 'tools'>> & { limits: Required<BriefingLimits> };

/** Fills in the defaults, and refuses what cannot be honored. */
export function checkOptions(options: BriefingOptions): CheckedOptions {
  const { greeting = briefingDefaults.greeting, allowInterruptions = briefingDefaults.allowInterruptions } = options;
  const limits = { ...briefingDefaults.limits, ...options.limits };
  for (const [name, value] of Object.entries(limits)) requireMs(`limits.${name}`, value);
  requireText('humanIdentity', options.humanIdentity);
  if (typeof greeting === 'string') requireText('greeting', greeting);
  for (const name of ['stt', 'llm', 'tts'] as const) {
    if (typeof options.models[name] !== 'object') {
      throw new BriefingError('invalid-option', `models.${name} is missing: a briefing needs stt, llm and tts`);
    }
  }
  if (typeof options.models.llm.chat !== 'function') {
    throw new BriefingError('invalid-option', 'models.llm must be an llm.LLM; realtime models are not supported');
  }
  return { ...options, greeting, allowInterruptions, limits, tools: options.tools ?? [] };
}
