import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { withDefaults } from '@org/support';

/** The result of a detector. */
export type VoicemailVerdict = 'human' | 'voicemail' | 'unknown';

/** The input of a detector. */
export interface VoicemailDetection {
  readonly session: voice.AgentSession;
  readonly room: Room;
  readonly humanIdentity: string;
  /** Stop when it is aborted. */
  readonly signal: AbortSignal;
}

/** Detects whether a voicemail has answered. An error counts as `unknown`. */
export type DetectVoicemail = (call: VoicemailDetection) => Promise<VoicemailVerdict>;

/** The detection and handling of voicemail. */
export interface BriefingVoicemailOptions {
  /**
   * The detector, from the answer on. `amd` is the answering machine detection of `@livekit/agents` with the session's own
   * models; the agent's first words wait for it, up to `detectTimeoutMs`. A function runs beside the briefing.
   * Default none: the model has its tool.
   */
  detect?: 'amd' | DetectVoicemail;
  /**
   * Time for the detection, in milliseconds; then it is `unknown`, and the briefing continues. With `amd` less than
   * `limits.replyMs`. Default 5000.
   */
  detectTimeoutMs?: number;
  /**
   * The action after a detection, also by the model. `decide`: `voicemail` immediately. `leave-message`: the sentence
   * `voicemail` after the beep, then `voicemail`. `{ dtmf }`: DTMF through a menu (`w` waits half a second), and the
   * briefing starts again with the person who answers. Default `decide`.
   */
  onDetected?: 'decide' | 'leave-message' | { readonly dtmf: string };
  /** Time for the beep from the detection, in milliseconds; then the message is left without it. Default 8000. */
  beepTimeoutMs?: number;
  /**
   * Whether to listen for the beep from the answer on, so that a beep before the decision is not missed: for
   * `sayFixed('voicemail', { afterBeep: true })`. Default only with `leave-message`.
   */
  listenForBeep?: boolean;
}

const defaults = Object.freeze({ detectTimeoutMs: 5000, onDetected: 'decide', beepTimeoutMs: 8000 } as const);

export type ParsedVoicemailOptions = BriefingVoicemailOptions & Required<Omit<BriefingVoicemailOptions, 'detect'>>;

/** Adds the defaults to validated options. */
export function withVoicemailDefaults(given: BriefingVoicemailOptions = {}): ParsedVoicemailOptions {
  const listenForBeep = given.onDetected === 'leave-message';
  return withDefaults<ParsedVoicemailOptions>({ ...defaults, listenForBeep }, given);
}
