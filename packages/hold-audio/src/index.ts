// For applications.
export { HoldAudio } from './hold-audio.js';
export type { HoldAudioEvents } from './play/hold-audio-events.js';
export type { HoldAudioOptions } from './options/hold-audio-options.js';
export type { Announcement, AnnouncementOptions, AnnouncementOutcome, Synthesize } from './options/announcement.js';
export type { AudioConfig } from './source/audio-config.js';
export { BuiltinAudioClip } from './source/builtin-audio-clip.js';
export type { HoldSource } from './source/hold-source.js';
export { type ClipSequence, clipSequence } from './source/clip-sequence.js';
export { HoldAudioError, type HoldAudioErrorCode } from './hold-audio-error.js';

// For libraries and tests.
export { validateHoldAudioOptions } from './options/hold-audio-options.js';
