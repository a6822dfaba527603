import type { Room } from '@livekit/rtc-node';
import {
  type AnnouncementOptions,
  HoldAudio,
  type HoldAudioOptions,
  type Synthesize,
  validateHoldAudioOptions,
} from '@org/hold-audio';
import { holdOptionName } from '../options/delegated.js';
import { problemsOf, refuse } from '../options/checks/validate.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { nothingButTexts } from './say-in-room.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/**
 * What a caller hears on hold. Nothing is begun.
 *
 * @throws WarmTransferError `invalid-option` for a text that nobody can speak.
 */
export function newHold(options: WarmTransferOptions, room: Room, synthesize: Synthesize | undefined): HoldAudio {
  const settings = holdOptionsOf(options, synthesize);
  // What is left to refuse is a text among the announcements that nobody can speak.
  refuse(problemsOf(() => validateHoldAudioOptions(settings), holdOptionName));
  return new HoldAudio({ ...settings, room });
}

/** A track that takes no more audio, with the caller still on hold: another one may. */
export function playOnceMoreIfBroken(hold: HoldAudio, note: (cause: unknown) => void): void {
  let broken = false;
  hold.on('stopped', ({ reason, error }) => {
    if (reason !== 'track-failed') return;
    note(new Error('the hold audio broke off', { cause: error }));
    if (!broken) hold.start().catch(note);
    broken = true;
  });
}

function holdOptionsOf(
  options: WarmTransferOptions,
  synthesize: Synthesize | undefined,
): Omit<HoldAudioOptions, 'room'> {
  const { holdAudio, comfortText, holdTexts = {} } = options;
  const announcements = announcementsOf(options);
  if (synthesize === undefined) {
    if (Object.values(holdTexts).some((text) => text !== undefined)) throw speechless('holdTexts');
    if (comfortText !== undefined) throw speechless('comfortText');
    const items: readonly unknown[] = Array.isArray(announcements?.items) ? announcements.items : [];
    const text = items.findIndex((item) => typeof item === 'object' && item !== null && 'text' in item);
    if (text >= 0) throw speechless(`holdAnnouncements.items[${text}]`);
  }
  return {
    fadeInMs: FADE_IN_MS,
    fadeOutMs: FADE_OUT_MS,
    ...(comfortText !== undefined ? { source: null } : holdAudio === undefined ? {} : { source: holdAudio }),
    ...(announcements === undefined ? {} : { announcements }),
    ...(synthesize === undefined ? {} : { synthesize }),
  };
}

function announcementsOf(options: WarmTransferOptions): AnnouncementOptions | undefined {
  const { comfortText, holdAnnouncements, holdTexts, holdAudio } = options;
  if (comfortText === undefined) {
    return holdAnnouncements ?? (holdAudio === null && holdTexts !== undefined ? nothingButTexts : undefined);
  }
  const { text, intervalMs = COMFORT_INTERVAL_MS } =
    typeof comfortText === 'string' ? { text: comfortText } : comfortText;
  return { items: [{ text }], intervalMs, firstAfterMs: 0 };
}

/** Whoever has just been told to hold hears at once that they are; so short a fade only keeps it from clicking. */
const FADE_IN_MS = 20;

/** The caller hears the human agent already when the hold audio is stopped. Clicks as little as the fade-in. */
const FADE_OUT_MS = 20;

const COMFORT_INTERVAL_MS = 15_000;

/** Refuses a text that nobody can speak. */
export function speechless(option: string): WarmTransferError {
  return new WarmTransferError(
    'invalid-option',
    `\`${option}\` needs a voice: give \`announcementVoice\`, as neither the session nor the briefing has one`,
  );
}
