import type { AudioFrame } from '@livekit/rtc-node';

/** A text to be spoken, or the audio itself. */
export type IntroductionWords = string | AsyncIterable<AudioFrame>;

/** Who is introduced to whom. Names, identities and what was said are personal data. */
export interface Introduced {
  readonly transferId: string;
  readonly humanAgentIdentity: string;
  /** Of the target, if it has one. */
  readonly humanAgentName?: string;
}

/** What both hear first when they are connected; a function may say nothing. */
export type Introduction =
  | IntroductionWords
  | ((who: Introduced) => IntroductionWords | null | undefined | PromiseLike<IntroductionWords | null | undefined>);
