import type { Room } from '@livekit/rtc-node';
import {
  type AnnouncementOptions,
  HoldAudio,
  type HoldAudioOptions,
  type Synthesize,
  validateHoldAudioOptions,
} from '@org/hold-audio';
import { holdOptionName } from '../options/delegated.js';
import { collectProblems, throwIfInvalid } from '../options/checks/validate.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { announcementsOnly } from './say-in-room.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/**
 * Creates the hold audio of a caller. Starts nothing.
 *
 * @throws WarmTransferError `invalid-option` for a text without a TTS.
 */
export function createHoldAudio(
  options: WarmTransferOptions,
  room: Room,
  synthesize: Synthesize | undefined,
): HoldAudio {
  const settings = toHoldAudioOptions(options, synthesize);
  // Texts among the announcements without a TTS were rejected above.
  throwIfInvalid(collectProblems(() => validateHoldAudioOptions(settings), holdOptionName));
  return new HoldAudio({ ...settings, room });
}

/** Restarts the hold audio once, on another track, if its track fails. */
export function restartOnceOnTrackFailure(hold: HoldAudio, warn: (cause: unknown) => void): void {
  let broken = false;
  hold.on('stopped', ({ reason, error }) => {
    if (reason !== 'track-failed') return;
    warn(new Error('the hold audio broke off', { cause: error }));
    if (!broken) hold.start().catch(warn);
    broken = true;
  });
}

function toHoldAudioOptions(
  options: WarmTransferOptions,
  synthesize: Synthesize | undefined,
): Omit<HoldAudioOptions, 'room'> {
  const { holdAudio, comfortMessage, phaseAnnouncements = {} } = options;
  const announcements = toAnnouncements(options);
  if (synthesize === undefined) {
    if (Object.values(phaseAnnouncements).some((text) => text !== undefined))
      throw missingVoiceError('phaseAnnouncements');
    if (comfortMessage !== undefined) throw missingVoiceError('comfortMessage');
    const items: readonly unknown[] = Array.isArray(announcements?.items) ? announcements.items : [];
    const text = items.findIndex((item) => typeof item === 'object' && item !== null && 'text' in item);
    if (text >= 0) throw missingVoiceError(`holdAnnouncements.items[${text}]`);
  }
  return {
    fadeInMs: FADE_IN_MS,
    fadeOutMs: FADE_OUT_MS,
    ...(comfortMessage !== undefined ? { source: null } : holdAudio === undefined ? {} : { source: holdAudio }),
    ...(announcements === undefined ? {} : { announcements }),
    ...(synthesize === undefined ? {} : { synthesize }),
  };
}

function toAnnouncements(options: WarmTransferOptions): AnnouncementOptions | undefined {
  const { comfortMessage, holdAnnouncements, phaseAnnouncements, holdAudio } = options;
  if (comfortMessage === undefined) {
    return (
      holdAnnouncements ?? (holdAudio === null && phaseAnnouncements !== undefined ? announcementsOnly : undefined)
    );
  }
  const { text, intervalMs = COMFORT_INTERVAL_MS } =
    typeof comfortMessage === 'string' ? { text: comfortMessage } : comfortMessage;
  return { items: [{ text }], intervalMs, firstAfterMs: 0 };
}

/** Fade-in, so short that the caller hears the hold immediately and without a click. */
const FADE_IN_MS = 20;

/** Fade-out: the caller already hears the human agent when the hold audio is stopped. */
const FADE_OUT_MS = 20;

const COMFORT_INTERVAL_MS = 15_000;

/** Creates the error about a text without a TTS. */
export function missingVoiceError(option: string): WarmTransferError {
  return new WarmTransferError(
    'invalid-option',
    `\`${option}\` needs a TTS: give \`announcementTts\`, as neither the session nor the briefing has one`,
  );
}
