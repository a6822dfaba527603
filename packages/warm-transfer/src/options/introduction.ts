import type { AudioFrame } from '@livekit/rtc-node';

/** A text, or audio frames. */
type IntroductionContent = string | AsyncIterable<AudioFrame>;

/** The context of an introduction. Names and identities are personal data. */
export interface IntroductionContext {
  readonly transferId: string;
  readonly humanAgentIdentity: string;
  /** Name of the target, if it has one. */
  readonly humanAgentName?: string;
}

/** Played to caller and human agent when they are connected; a function may return nothing. */
export type Introduction =
  | IntroductionContent
  | ((
      who: IntroductionContext,
    ) => IntroductionContent | null | undefined | PromiseLike<IntroductionContent | null | undefined>);
