// For applications.
export { HoldAudio, type HoldAudioState } from './hold-audio.js';
export type { DegradedHold, HoldAudioEvents, HoldStopReason } from './play/hold-audio-events.js';
export { type HoldAudioOptions, validateHoldAudioOptions } from './options/hold-audio-options.js';
export type {
  AnnouncedText,
  Announcement,
  AnnouncementItem,
  AnnouncementOptions,
  AnnouncementOutcome,
  Synthesize,
} from './options/announcement.js';
export type { AudioConfig, PlainSource } from './source/audio-config.js';
export { BuiltinAudioClip } from './source/builtin-audio-clip.js';
export type { HoldSource } from './source/hold-source.js';
export { type ClipSequence, type ClipSequenceItem, clipSequence } from './source/clip-sequence.js';
export { HoldAudioError, type HoldAudioErrorCode, type HoldAudioOptionProblem } from './hold-audio-error.js';

// For libraries and tests: the part of a room that hold audio needs.
export type { HoldRoom } from './options/hold-room.js';
