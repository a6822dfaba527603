import type { inference, tts } from '@livekit/agents';
import type { AnnouncementOptions } from '@org/hold-audio';
import type { WaitKind } from '@org/briefing-agent';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';

/** The phases of which a caller on hold can be told. */
export type ToldPhase = (typeof toldPhases)[number];

export const toldPhases = ['dialing', 'ringing', 'briefing', 'merging', 'redirecting', 'cold-transferring'] as const;

/** What may be on the human agent's line instead of them, of which the caller can be told, too. */
export const toldWaits: readonly WaitKind[] = ['screening', 'queue', 'menu'];

/** A text to be spoken, or a function that gives one; `null` or nothing says nothing. */
export type HoldText<Event = TransferPhaseEvent> = string | ((event: Event) => string | null | undefined);

/** What a caller on hold is told when a phase begins, or when something is on the human agent's line instead of them. */
export type HoldTexts = Readonly<
  Partial<Record<ToldPhase, HoldText | undefined>> & Partial<Record<WaitKind, HoldText<TransferWaitEvent> | undefined>>
>;

/** What a caller on hold hears instead of music. */
export interface ComfortText {
  readonly text: string;
  /** From its end to its next beginning, in milliseconds from 1000. Default 15,000. */
  readonly intervalMs?: number | undefined;
}

/** Words for a caller on hold. The session's own voice is off by then; `announcementVoice` speaks. */
export interface HoldSpeechOptions {
  /** Announcements over the hold audio, again and again: texts, clips, or functions. Default none. */
  readonly holdAnnouncements?: AnnouncementOptions | undefined;
  /** What the caller is told when a phase begins ("it is ringing"). Default nothing. */
  readonly holdTexts?: HoldTexts | undefined;
  /** Spoken to the caller on hold instead of hold audio, again and again. Either this or `holdAudio`. */
  readonly comfortText?: string | ComfortText | undefined;
  /** Speaks these, and the introduction. Default: the voice of the caller's session, then that of the briefing. */
  readonly announcementVoice?: tts.TTS | inference.TTSModelString | undefined;
}
