import type { llm } from '@livekit/agents';
import type { HoldSource } from '@org/hold-audio';
import type { SipConnection } from '@org/sip-dialer';
import type { OnJobEnd } from './on-job-end.js';
import type { SharedOptions } from '../options/transfer-options.js';

/** Parts of the briefing's prompt that can be replaced separately; an empty string removes the part. */
export interface InstructionParts {
  /** The role and the goal of the briefing agent. */
  persona?: llm.Instructions | string;
  /** Added at the end. */
  extra?: llm.Instructions | string;
}

/** A trunk given with the call: a plain object, or the `SIPOutboundConfig` of LiveKit's protocol. */
export interface TaskSipConnection extends Omit<SipConnection, 'transport'> {
  /** A name, or the number of `SIPTransport`. Default `auto`. */
  readonly transport?: SipConnection['transport'] | number;
}

/**
 * The options of {@link WarmTransferTask}: those of LiveKit's task, with the same names and meanings, and those of this
 * package. `null` for a model means that of the caller's session.
 */
export interface WarmTransferTaskOptions extends Omit<SharedOptions, 'instructions' | 'sipConnection'> {
  /** Trunk given with the call; comes before the environment. `sipTrunkId` comes before it, with a warning. */
  readonly sipConnection?: TaskSipConnection | undefined;
  /** The caller. Default: the participant that the session is linked to, else the only caller in the room. */
  readonly callerIdentity?: string | undefined;
  /** Prompt of the briefing: a string replaces persona and wording; history and tool rules are always appended. */
  readonly instructions?: InstructionParts | string | undefined;
  /** Added to `instructions.extra`. */
  readonly extraInstructions?: string | undefined;
  /** Alias of `sipCallTo`. */
  readonly transferTo?: string | undefined;
  /** Alias of `holdAudio`: path or URL of a WAV file or, with `@ffmpeg/core` installed, an MP3 file. */
  readonly holdMusicUrl?: HoldSource | undefined;
  /** What to do with a connected call when the job ends. Default `leave`. */
  readonly onJobEnd?: OnJobEnd | undefined;
}
