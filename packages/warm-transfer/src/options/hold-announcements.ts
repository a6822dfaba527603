import type { inference, tts } from '@livekit/agents';
import type { AnnouncementOptions } from '@org/hold-audio';
import type { WaitKind } from '@org/briefing-agent';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';

/** The phases that can be announced to a caller on hold. */
type AnnouncedPhase = (typeof announcedPhases)[number];

export const announcedPhases = [
  'dialing',
  'ringing',
  'briefing',
  'merging',
  'redirecting',
  'cold-transferring',
] as const;

/** The waits that can be announced to the caller. */
export const announcedWaits: readonly WaitKind[] = ['screening', 'queue', 'menu'];

/** A text, or a function that returns one; `null` or `undefined` announces nothing. */
export type PhaseAnnouncement<Event = TransferPhaseEvent> = string | ((event: Event) => string | null | undefined);

/**
 * Announcements to a caller on hold when a phase begins, or when a queue, a menu or a call screening is on the line
 * before the human agent.
 */
export type PhaseAnnouncements = Readonly<
  Partial<Record<AnnouncedPhase, PhaseAnnouncement | undefined>> &
    Partial<Record<WaitKind, PhaseAnnouncement<TransferWaitEvent> | undefined>>
>;

/** A message that is repeated to a caller on hold instead of music. */
interface ComfortMessage {
  readonly text: string;
  /** Milliseconds from its end to its next beginning, from 1000. Default 15,000. */
  readonly intervalMs?: number | undefined;
}

/** Announcements to a caller on hold. The output of the session is off; `announcementTts` speaks. */
export interface HoldAnnouncementOptions {
  /** Announcements that are repeated over the hold audio: texts, clips, or functions. Default none. */
  readonly holdAnnouncements?: AnnouncementOptions | undefined;
  /** Announcements when a phase begins ("it is ringing"). Default none. */
  readonly phaseAnnouncements?: PhaseAnnouncements | undefined;
  /** Repeated to the caller on hold instead of hold audio. Either this or `holdAudio`. */
  readonly comfortMessage?: string | ComfortMessage | undefined;
  /** Synthesizes these, and the introduction. Default: the TTS of the caller's session, then the briefing's. */
  readonly announcementTts?: tts.TTS | inference.TTSModelString | undefined;
}
