export type {
  AnnouncedText,
  Announcement,
  AnnouncementItem,
  AnnouncementOptions,
  AnnouncementOutcome,
  Synthesize,
} from './options/announcement.js';
export { BuiltinAudioClip } from './source/builtin-audio-clip.js';
export { HoldAudio, type HoldAudioState } from './hold-audio.js';
export { HoldAudioError, type HoldAudioErrorCode, type HoldAudioOptionProblem } from './hold-audio-error.js';
export type { DegradedHold, HoldAudioEvents, HoldStopReason } from './play/hold-audio-events.js';
export { type HoldAudioOptions, holdAudioDefaults, validateHoldAudioOptions } from './options/hold-audio-options.js';
export type { HoldRoom } from './options/hold-room.js';
export type { AudioConfig, PlainSource } from './source/audio-config.js';
export type { HoldSource } from './source/hold-source.js';
export { type Sequence, type SequenceItem, sequence } from './source/sequence.js';
